import { isOccupation } from './occupations.ts'
import { type Patterns, patterns } from './patterns.ts'
import type { QuestionReading } from './read-question.ts'

/** A relation that people ask and state in many ways: when a question asks for it, and how sentences say it (the answer is the group `a`; with a group `p` it is no longer so). */
export interface Frame {
  readonly id: string
  /** Stored predicates that state it. */
  readonly predicates: readonly string[]
  readonly asks: (question: QuestionReading) => boolean
  readonly says: Patterns
  /** What an answer must be, beyond matching. */
  readonly accepts?: (answer: string) => boolean
  /** Whether what somebody does as a rule tells it as well: "He repairs trams." */
  readonly hasHabits?: boolean
  /** What it never is. */
  readonly refuses?: RegExp
  /** Whether "was" does not end it: somebody who turned 30 is not what they were before. */
  readonly lasting?: boolean
  /** Whether the answer is a date of the sentence, rather than the group. */
  readonly dated?: boolean
}

const stop =
  'in|at|on|for|with|and|but|since|as|near|because|to|from|by|of|who|which|that|this|these|those|now|every|while|when|where|until|last|so|is|was|are|were|has|had|have|before|after|where|though|although|called|named|outside|till|or|if|not|just|then|today|yesterday|tomorrow|right|over|during|about|too|anymore|ago|back|through|again|together|it|he|she|we|they|i|you|via|instead|lol|haha|up|down|out|off|away|there|here|mostly|mainly|still|also'
const word = `(?!(?:${stop})\\b)[\\p{L}\\p{M}\\d&][\\p{L}\\p{M}\\d'’&.-]*`
/** A noun phrase, up to a preposition, a conjunction or a mark. */
const phrase = `(?:(?:a|an|the|my|our|his|her|their)\\s+)?${word}(?:\\s+(?!(?:a|an|the|my|our|his|her)\\b)${word}){0,4}`
const phraseOf = `${phrase}(?:\\s+(?:of|de|da|do|di|del|la|&|d')\\s+${phrase})?`
const proper = `(?:the\\s+)?\\p{Lu}[\\p{L}\\p{M}\\d'’&.-]*(?:\\s+(?:(?:de|da|do|dos|di|del|la|of|the|&|van|von|el)\\s+){0,2}\\p{Lu}[\\p{L}\\p{M}\\d'’&.-]*)*`
const place = `(?:the\\s+)?(?:${proper}|${phraseOf})`
const be = `(?:am|is|are|was|were|been|being|be|['’]m|['’]s|['’]re)`
const number =
  '(?:\\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\\s-](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)'
const makes =
  'Toyota|Honda|Ford|Nissan|Mazda|Hyundai|Kia|VW|Volkswagen|Audi|BMW|Mercedes|Skoda|Škoda|Seat|SEAT|Cupra|Renault|Peugeot|Citroën|Citroen|Fiat|Alfa|Opel|Vauxhall|Volvo|Saab|Mini|MINI|Land Rover|Range Rover|Jaguar|Tesla|Subaru|Suzuki|Mitsubishi|Lexus|Dacia|Lada|Chevrolet|Chevy|Dodge|Jeep|GMC|Buick|Cadillac|Chrysler|Lincoln|Ram|Porsche|Ferrari|Lamborghini|Maserati|Bentley|Rolls-Royce|Polestar|BYD|MG|Smart|Tata|Mahindra|Maruti|Holden|Isuzu|Daihatsu|Prius|Corolla|Civic|Golf|Polo|Passat|Fiesta|Focus|Clio|Yaris|Octavia|Mustang|Camry|Tacoma|Transit'
const within = `(?:\\s+[^\\s,;:.!?()]+){0,6}?`

function says(...sources: readonly string[]): Patterns {
  return patterns('gu', sources)
}

function has(question: QuestionReading, lemmas: RegExp): boolean {
  return question.terms.some((term) => lemmas.test(term.token.lemma)) || (question.typeNoun !== undefined && lemmas.test(question.typeNoun))
}

function verb(question: QuestionReading, lemmas: RegExp): boolean {
  return question.tokens.some(
    (token) => (token.pos === 'VERB' || token.pos === 'NOUN' || token.pos === 'ADJ' || token.pos === 'AUX') && lemmas.test(token.lemma),
  )
}

function only(question: QuestionReading, lemmas: RegExp): boolean {
  return question.terms.every((term) => term.weight < 0.5 || lemmas.test(term.token.lemma))
}

const jobNouns = /^(job|profession|occupation|career|living|work|role|position|title|trade)$/
const workWords = /^(work|employ|employer|company|workplace|job|firm|office|employed)$/

export const frames: readonly Frame[] = [
  {
    id: 'employer',
    predicates: ['works_at', 'worked_at'],
    asks: (question) =>
      (['place', 'person'].includes(question.expected) && verb(question, /^(work|employ|employed)$/) && only(question, workWords)) ||
      (question.expected === 'thing' &&
        (question.typeNoun === undefined
          ? has(question, /^(employer|workplace)$/)
          : /^(company|employer|firm|organi[sz]ation|hospital|restaurant|business)$/.test(question.typeNoun) &&
            verb(question, /^(work|employ)$/))) ||
      (question.expected === 'place' && has(question, /^(job|workplace|office)$/) && only(question, workWords)) ||
      (question.expected === 'person' && has(question, /^employer$/)),
    says: says(
      `\\b[Ww]ork(?:s|ed|ing)?\\b${within}\\s+(?:at|for|with|@)\\s+(?:a (?:place|company|firm|startup|shop|bar|caf[eé]|restaurant|agency|bakery|studio|pub|hotel|school|clinic) called\\s+)?(?<a>${phraseOf})`,
      `\\b[Ww]ork(?:s|ed|ing)?\\b${within}\\s+(?:in|on|behind)\\s+(?<a>(?:a|an|the|our)\\s+${phraseOf}|${proper})`,
      `\\b[Jj]oin(?:s|ed|ing)?\\s+(?<a>${proper})`,
      `(?:\\b|(?=['’]))(?:${be}|as|became)\\s+(?:(?:now|just|still|currently)\\s+)?(?:(?:a|an|the|one of the)\\s+)?(?:${word}\\s+){1,6}(?:at|with|for)\\s+(?<a>${proper}|(?:a|an|the)\\s+${phraseOf})`,
      `\\b(?:employed|hired)\\s+(?:by|at|with)\\s+(?<a>${phraseOf})`,
      `\\b(?:job|role|position|gig|internship|post|place|interning|intern|started|starting|start|shift|career|contract)\\s+(?:working\\s+)?(?:at|with)\\s+(?<a>${phraseOf})`,
      `(?:\\b|(?=['’]))${be}\\s+(?:(?:now|still|currently|back)\\s+)?(?:at|with)\\s+(?<a>${proper})`,
      `(?:\\b|(?=['’]))${be}\\s+in\\s+\\p{Ll}+(?:\\s+\\p{Ll}+)?\\s+(?:at|with|for)\\s+(?<a>${proper})`,
      `(?:\\b|(?=['’]))${be}\\s+in\\s+(?<a>the\\s+(?:\\p{Lu}?\\p{Ll}+\\s+)?(?:[Nn]avy|[Aa]rmy|[Aa]ir [Ff]orce|[Mm]arines|[Mm]ilitary|[Pp]olice|[Cc]oast [Gg]uard))`,
      `\\b(?:drive|teach|drives|teaches|nurse|nurses|cook|cooks|fly|flies|write|writes|play|plays|bake|bakes|tend|tends|clean|cleans|code|codes|design|designs|manage|manages|sell|sells|deliver|delivers|lecture|lectures)\\b${within}\\s+(?:for|at)\\s+(?<a>${proper}|(?:a|an|the)\\s+${phraseOf})`,
      `(?:\\b|(?=['’]))${be}\\s+(?:a|an|the)\\s+(?:${word}\\s+){1,4}in\\s+(?<a>${proper})`,
      `\\b(?:own|owns|run|runs|opened|founded|started|set up)\\s+(?:a|an|my|his|her|our|their)\\s+(?:${word}\\s+){0,3}(?:called|named)\\s+(?<a>${proper})`,
      `\\b(?:years?|months?|stint|time|decades?|spell)\\s+(?:at|with)\\s+(?<a>${proper}|(?:a|an|the)\\s+${phraseOf})`,
      `\\b(?<p>resigned from|left|quit|leaving|retired from|laid off from|laid off by|fired from|made redundant (?:from|by)|moved from)\\s+(?:my job (?:at|with)\\s+)?(?<a>${proper})`,
      `\\b[Mm]y (?:employer|company|work|workplace|office)(?:\\s+(?:is|was)|['’]s)\\s+(?:called\\s+)?(?<a>${phraseOf})`,
      `\\b(?:shop|caf[eé]|bakery|restaurant|studio|workshop|salon|clinic|practice|garage|pub|bar|firm|agency)(?:\\s+is|['’]s)?\\s+called\\s+(?<a>${proper})`,
    ),
  },
  {
    id: 'occupation',
    predicates: ['job_title'],
    asks: (question) =>
      (question.expected === 'thing' || question.expected === 'kind' || question.expected === 'identity') &&
      ((has(question, jobNouns) && only(question, jobNouns)) ||
        /\b(?:do|does|did|doing)\b[^?]*\b(?:do|doing)\b(?:\s+(?:for (?:a |his |her |my |their )?(?:living|work|job)|now|these days|professionally|before[^?]*|at [^?]+|nowadays|currently))*\s*\?*\s*$/i.test(
          question.text,
        ) ||
        /\b(?:what|what's) (?:is |are |am |was )?(?:\S+ ){1,3}doing (?:for work|for a living)/i.test(question.text)),
    accepts: isOccupation,
    hasHabits: true,
    says: says(
      `\\b(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed)${within}\\s+as\\s+(?:(?:a|an|the|their)\\s+)?(?<a>${word}(?:\\s+${word}){0,4})`,
      `\\b(?:[Jj]oin(?:s|ed|ing)?|[Ss]tart(?:s|ed|ing)?|[Hh]ired|[Pp]romoted|works|got (?:a|the|my) [^.,;]*job)\\b[^.;!?]*?\\s(?:as|to)\\s+(?:(?:a|an|the|their)\\s+)?(?<a>${word}(?:\\s+${word}){0,4})`,
      `\\b(?:years?|months?|stint|time|shift)\\b[^.;!?]*?\\sas\\s+(?:(?:a|an|the)\\s+)?(?<a>${word}(?:\\s+${word}){0,4})`,
      `(?:\\b|(?=['’]))(?:${be}|became|become|becoming|used to be|trained as|qualified as|made)\\s+(?:(?:now|just|actually|still|currently|only|really|also|officially|basically)\\s+)*(?:a|an|the)\\s+(?<a>${word}(?:\\s+${word}){0,5})`,
      `(?:\\b|(?=['’]))(?:${be}|became|made|as)\\s+(?:now\\s+)?(?<a>(?:(?:head|chief|lead|senior|junior|deputy|assistant|vice)\\s+)+${word}(?:\\s+${word}){0,2})`,
      `\\b[Mm]y (?:day |new |current )?(?:job|profession|occupation|trade|title|role)(?:\\s+(?:is|was|title is)|['’]s)\\s+(?:a\\s+|an\\s+|the\\s+)?(?<a>${word}(?:\\s+${word}){0,4})`,
      `\\b(?:study|studying|training|trained|studies) to (?:be|become) (?:a|an)\\s+(?<a>${word}(?:\\s+${word}){0,3})`,
      `,\\s+(?:a|an|the)\\s+(?<a>${word}(?:\\s+${word}){0,3})`,
    ),
  },
  {
    id: 'home',
    predicates: ['lives_in', 'lived_in'],
    asks: (question) =>
      (question.expected === 'place' &&
        verb(question, /^(live|stay|reside|base|based)$/) &&
        only(question, /^(live|stay|reside|base|based|home|day)$/)) ||
      (['place', 'thing'].includes(question.expected) &&
        has(question, /^(home|address|residence|town|hometown)$/) &&
        only(question, /^(home|address|residence|town|city|country|live)$/)),
    says: says(
      `\\b(?:[Ll]iv(?:e|es|ed|ing)|[Rr]esid(?:e|es|ed|ing)|[Ss]tay(?:s|ed|ing)?|[Ss]ettled|[Bb]ased|[Rr]ent(?:s|ed|ing)?)\\b${within}\\s+(?:in|at|on|near|outside|up in|down in|over in)\\s+(?<a>${place})`,
      `\\b(?:[Mm]ov(?:e|ed|es|ing)|[Rr]elocat(?:ed|es|ing|e)|[Ee]migrat(?:ed|es|ing|e)|[Ii]mmigrated|[Tt]ransferred)\\b${within}\\s+to\\s+(?<a>${proper})`,
      `\\b(?:[Hh]ome|[Mm]y place|[Mm]y flat|[Mm]y house|[Mm]y apartment)(?:\\s+is|['’]s)\\s+(?:now\\s+)?(?:in\\s+)?(?<a>${proper})`,
      `\\b(?:house|flat|apartment|place|home|cottage|condo|studio|room)\\s+(?:in|near|outside)\\s+(?<a>${proper})`,
      `(?:\\b|(?=['’]))(?:am|is|are|['’]m|['’]s|['’]re)\\s+(?:(?:now|still|currently|up|over|down|out|back)\\s+)*in\\s+(?<a>${proper})`,
      `\\b(?<p>left|leaving|moved from|moved away from|relocated from|emigrated from)\\s+(?<a>${proper})`,
      `\\b(?:a|an)\\s+(?:${word}\\s+){1,4}(?:up|over|down|out|based)?\\s*in\\s+(?<a>${proper})`,
    ),
  },
  {
    id: 'origin',
    predicates: ['from', 'grew_up_in', 'born_in'],
    asks: (question) =>
      question.expected === 'place' &&
      ((/\bfrom\b/i.test(question.text) && only(question, /^(come|originally|hail|be)$/)) ||
        (verb(question, /^(raise|bear|grow)$/) && only(question, /^(raise|bear|grow|up)$/)) ||
        has(question, /^(hometown|origin|birthplace|homeland)$/)),
    says: says(
      `\\b(?:[Gg]rew up|[Gg]rown up|[Rr]aised|[Bb]rought up|[Bb]orn(?: and (?:raised|bred))?)\\b${within}\\s+(?:in|near|on|outside|at)\\s+(?<a>${place})`,
      `(?:\\b|(?=['’]))(?:${be}|come|comes|came|hail|hails|originally|family['’]s)\\s+(?:originally\\s+)?from\\s+(?<a>${proper})`,
      `\\b(?:hometown|home town|birthplace)(?:\\s+(?:is|of)|['’]s)?\\s+(?<a>${proper})`,
      `\\b(?:native of|roots in)\\s+(?<a>${proper})`,
      `\\b(?:left|moved from|moved away from|emigrated from)\\s+(?<a>${proper})`,
    ),
  },
  {
    id: 'school',
    predicates: ['studied_at'],
    asks: (question) =>
      (question.expected === 'place' &&
        verb(question, /^(study|graduate|attend|major|go|do|degree)$/) &&
        has(
          question,
          /^(study|graduate|attend|college|university|uni|school|degree|bachelor|master|phd|btech|mba|major|nursing|course)$/,
        )) ||
      (question.expected === 'thing' && question.typeNoun !== undefined && /^(university|uni|college|school)$/.test(question.typeNoun)),
    says: says(
      `\\b(?:[Ss]tud(?:y|ied|ies|ying)|[Mm]ajor(?:s|ed|ing)?|[Gg]raduat(?:e|ed|es|ing)|[Ee]nrol+ed|[Dd]egree|[Mm]aster['’]?s|[Bb]achelor['’]?s|[Pp][Hh][Dd]|[Mm][BS][Aac]|[Bb][AaSs]c?|B[Tt]ech|[Dd]octorate|[Dd]iploma|[Ss]emester|[Ff]reshman|[Ss]ophomore|[Ss]tudent|course|class|undergrad|postgrad|apprenticeship|reading|year|did (?:my|his|her) \\p{L}+)\\b${within}\\s+(?:at|from|in)\\s+(?<a>${proper})`,
      `\\b(?:[Ww]ent|[Gg]oes|[Gg]o|[Gg]oing|[Gg]ot in(?:to)?|off)\\s+(?:to|at)\\s+(?<a>${proper})\\s*(?=for|to study|$|[,.;!]|today)`,
      `\\b(?:attend(?:s|ed|ing)?|accepted (?:to|into|at)|starting at|started at|starts at|graduated)\\s+(?<a>${proper})`,
      `\\b[Dd]ropped\\s+\\p{L}+\\s+off\\s+at\\s+(?<a>${proper})`,
      `(?:\\b|(?=['’]))${be}\\s+(?:still\\s+)?(?:at|in)\\s+(?<a>${proper}|(?:secondary|primary|high|middle|elementary|nursery|med|medical|law|grad|art|boarding) school|kindergarten|college|uni|university)`,
    ),
  },
  {
    id: 'subject',
    predicates: ['studies'],
    asks: (question) =>
      (question.expected === 'thing' || question.expected === 'kind') &&
      verb(question, /^(study|major|degree|read)$/) &&
      has(question, /^(study|major|degree|subject|read|college|university|uni|course)$/) &&
      !has(question, /^(book|novel|language)$/) &&
      only(question, /^(study|major|degree|subject|read|college|university|uni|course|school)$/),
    says: says(
      `\\b(?:[Ss]tud(?:y|ied|ies|ying)|[Mm]ajor(?:s|ed|ing)? in|[Rr]eading|[Gg]raduated in|specialis(?:ed|ing) in|specializ(?:ed|ing) in)\\s+(?<a>${word}(?:\\s+${word}){0,3})`,
      `\\b(?:[Dd]egree|[Mm]aster['’]?s|[Bb]achelor['’]?s|[Pp][Hh][Dd]|MA|MSc|BSc|BA|B[Tt]ech|[Dd]octorate|[Dd]iploma|MBA|major|studies)\\s+(?:degree\\s+)?(?:in|of)\\s+(?<a>${word}(?:\\s+${word}){0,3})`,
      `\\b[Ww]ent to\\s+${proper}\\s+for\\s+(?<a>${word}(?:\\s+${word}){0,3})`,
      `\\b(?<a>${word}(?:\\s+${word}){0,2})\\s+(?:major|student|degree)\\b`,
      `\\b(?:in|at)\\s+(?<a>(?:med|medical|law|nursing|art|drama|vet|dental|business) school)`,
    ),
  },
  {
    id: 'birthday',
    predicates: ['born_on'],
    asks: (question) =>
      question.expected === 'date' &&
      (has(question, /^(birthday|birthdate)$/) || (verb(question, /^(bear)$/) && only(question, /^(bear|year)$/))),
    dated: true,
    says: says(
      `\\b(?<a>[Bb]irthday|[Bb]-?day|born|[Bb]orn)\\b`,
      `\\b(?<a>(?:[Tt]urn(?:s|ed|ing)?)\\s+(?:\\d+|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|sixteen|eighteen)\\b)`,
    ),
  },
  {
    id: 'allergy',
    predicates: ['allergic_to'],
    asks: (question) => question.expected !== 'yes-no' && has(question, /^(allergic|allergy|intolerant)$/),
    says: says(
      `\\b[Aa]llerg(?:ic|y|ies)\\s+to\\s+(?<a>(?!it\\b|them\\b|that\\b)${phraseOf}(?:(?:,\\s*|\\s+and\\s+|\\s+or\\s+)${phrase})*)`,
      `\\b(?:[Cc]an['’]?t|[Cc]annot|[Cc]an not|[Cc]ouldn['’]t|not supposed to|mustn['’]t)\\s+(?:eat|have|drink|do|take|touch|be near|be around|go near|handle|stand)\\s+(?:any\\s+)?(?<a>${phrase})(?=[^.!?]*allerg)`,
      `\\b(?:[Aa]void(?:s|ing)?|steer clear of|stay away from|keep away from)\\s+(?:any\\s+)?(?<a>${phrase})(?=[^.!?]*allerg)`,
      `\\b(?<a>${word}(?:\\s+${word})?)\\s+allerg(?:y|ies)\\b`,
      `^(?:[Nn]o\\s+)?(?<a>${phrase})\\s+(?:for me|gives? me|makes? me)[^.!?]*(?:allerg|hives)`,
    ),
  },
  {
    id: 'dislike',
    predicates: ['dislikes'],
    asks: (question) =>
      question.expected !== 'yes-no' &&
      (has(question, /^(hate|dislike|loathe|detest|despise)$/) ||
        /\b(?:can['’]?t|cannot|can not)\b[^?]*\b(?:stand|bear)\b|(?:don['’]?t|doesn['’]?t)\b[^?]*\b(?:like|enjoy)\b|\bnot (?:like|enjoy)\b/i.test(
          question.text,
        )),
    says: says(
      `\\b(?:[Hh]at(?:e|es|ed|ing)|[Dd]islik(?:e|es|ed)|[Ll]oath(?:e|es|ed)|[Dd]etest(?:s|ed)?|[Dd]espis(?:e|es|ed)|not (?:a fan|fond|keen) o[fn])\\s+(?<a>${phraseOf})`,
      `\\b(?:[Cc]an['’]?t|[Cc]annot|[Cc]an not|[Cc]ouldn['’]t)\\s+(?:stand|bear|abide)\\s+(?:the (?:taste|smell|sound|sight) of\\s+)?(?<a>${phraseOf})`,
      `\\b(?:don['’]?t|doesn['’]?t|do not|does not|never)\\s+(?:really\\s+)?(?:like|liked|enjoy|get on with)\\s+(?<a>${phraseOf})`,
    ),
  },
  {
    id: 'fear',
    predicates: ['fears', 'afraid_of', 'scared_of'],
    asks: (question) => question.expected !== 'yes-no' && has(question, /^(afraid|scared|scare|fear|terrified|phobia|frightened)$/),
    says: says(
      `\\b(?:[Aa]fraid|[Ss]cared|[Tt]errified|[Ff]rightened|[Ff]ear|[Pp]etrified|[Pp]hobia)\\s+of\\s+(?<a>${phraseOf})`,
      `\\b(?<a>${phraseOf})\\s+(?:scares?|terrif(?:y|ies)|frightens?|freaks?)\\b`,
    ),
  },
  {
    id: 'age',
    lasting: true,
    predicates: ['age'],
    asks: (question) => question.expected === 'age',
    says: says(
      `(?:\\b|(?=['’]))(?:am|is|are|['’]m|['’]s|['’]re|turn(?:s|ed|ing)?)\\s+(?:(?:now|only|already|just|about|almost|nearly|finally|officially)\\s+)*(?<a>${number})\\b(?!\\s*(?:%|percent|of|km|kilos?|miles|times|hours?|minutes?|days?|weeks?|months?|pounds?|stone|cm|feet|metres|meters|people|kids|children|in the))`,
      `\\b(?<a>${number})[\\s-]+(?:years?|months?|weeks?)[\\s-]+old\\b`,
      `\\b(?:[Bb]irthday|[Aa]ged?)\\b[^.!?\\d]{0,20}?(?<a>\\d{1,3})\\b(?!(?:st|nd|rd|th)|\\s+(?:of\\s+)?\\p{Lu}|/|-|\\d)`,
    ),
  },
  {
    id: 'car',
    refuses: /\b(?:bus|buses|lorry|lorries|train|tram|taxi|cab|forklift|tractor|greenhouse|bargain)\b/i,
    predicates: ['drives'],
    asks: (question) =>
      question.expected !== 'yes-no' &&
      ((has(question, /^(car|vehicle|truck|van)$/) && only(question, /^(car|vehicle|truck|van|drive|own|have|make|model)$/)) ||
        (question.expected === 'thing' && question.typeNoun === undefined && question.verb === 'drive')),
    says: says(
      `\\b[Dd]riv(?:e|es|ing)\\s+(?<a>(?:a|an|the|my|our|his|her|this)\\s+(?:[\\p{Ll}\\d-]+\\s+){0,4}${proper}(?:\\s+\\d+)?)`,
      `\\b(?:[Bb]ought|[Gg]ot|[Oo]wns?|[Hh]ave|has|['’]ve|[Pp]icked up|[Tt]raded|[Ss]witched|[Ss]wapped|[Cc]hanged|[Uu]pgraded|[Ll]eas(?:e|ed|ing))\\b[^.;!?]*?(?:\\bto\\s+|\\bfor\\s+|\\bgot\\s+|\\s)(?<a>(?:a|an|the|my|our|his|her|this)\\s+(?:[\\p{Ll}\\d-]+\\s+){0,4}(?:${makes})(?:[ -][\\p{Lu}\\d][\\p{L}\\d-]*)*)(?!\\s+(?:to|for)\\s+a)`,
      `\\b(?:car|truck|van|ride|motor|vehicle|wheels)(?:\\s+is|['’]s)\\s+(?<a>(?:a|an|the|my)?\\s*(?:[\\p{Ll}\\d-]+\\s+){0,4}${proper})`,
      `\\b[Dd]riv(?:e|es|ing)\\s+(?<a>(?:a|an|the|my|our|his|her)\\s+${phrase})`,
    ),
  },
]
