import { namePattern as name, placePattern as place } from './name-pattern.ts'

/** Something that prose states of what it is about, as who directed a film or where somebody was born. */
export interface Relation {
  readonly id: string
  /** The noun phrases that ask for it. */
  readonly nouns: string
  /** The verbs of "who … it": "directed". */
  readonly verbs?: string
  /** How questions ask for it that use no noun; `#` is whom they ask about. */
  readonly asks?: readonly RegExp[]
  readonly gives: 'person' | 'place' | 'date' | 'name' | 'country' | 'nationality'
  /** How a sentence about something states it, best first; the group `a` is the answer. */
  readonly says: readonly RegExp[]
  /** How a sentence about the answer states it of `{x}`. */
  readonly back?: readonly string[]
  /** The relations that it is made of, one after the other: a mother-in-law is the spouse's mother. */
  readonly path?: readonly string[]
  /** Whom it can only be. */
  readonly gender?: 'she' | 'he'
}

function says(...sources: readonly string[]): readonly RegExp[] {
  return sources.map((source) => new RegExp(source, 'u'))
}

/** What may stand between a role and a name: "married to *the German composer* Clara Schumann". */
const described =
  "(?:(?!(?:he|she|they|it|was|were|is|are|after|before|when|while|who|whom|which|that|in|on|at|and|until|during|but|because|with|from|for)\\b)[\\p{Ll}'’-]+\\s+|[\\p{Lu}][\\p{L}]+(?:an|ish|ese|ch|i)(?:-born)?\\s+(?=\\p{Ll})){0,6}"
const years = '(?:\\s*\\([^)]*\\))?'
const they = '(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he)'
const who = `${described}(?<a>${name})`

const stated: readonly Relation[] = [
  {
    id: 'birthplace',
    nouns: '(?:place of birth|birth ?place|place where (?:he|she) was born)',
    asks: [
      /\b(?:where|(?:in )?(?:what|which) (?:city|town|village|place|country|state|county|\w+ county)\b.*)(?: was| were| is)? # (?:was )?born\b|\bwhere\b.*# born\b|# was born in (?:what|which)\b/i,
      /# born where\b/i,
    ],
    gives: 'place',
    says: says(
      `\\b[Bb]orn\\b(?:(?!\\bdied\\b|[;–]).)*?\\b(?:in|at|near)\\s+(?:the\\s+)?(?:(?:city|town|village|suburb|municipality)\\s+of\\s+)?(?<a>${place})`,
      `\\((?:[^()–-]*\\d{3,4},?\\s+(?:in\\s+)?)(?<a>${place})\\s*[–-]`,
      `\\((?<a>${place}),\\s+(?:c\\. ?)?(?:\\d{1,2}\\s|\\d{3,4}\\b)`,
      `\\b(?:native|born and raised|raised|grew up|originally)\\b[^.;]*?\\b(?:of|in|from)\\s+(?<a>${place})`,
      `\\b(?<a>${place})-born\\b`,
      `\\b(?:is|was)\\b[^.;]*?\\bfrom\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'deathplace',
    nouns: '(?:place of death|death ?place)',
    asks: [/\b(?:where|(?:in )?(?:what|which) (?:city|town|village|place|country|state)) (?:did|had|does) # (?:die|died|pass away)\b/i],
    gives: 'place',
    says: says(
      `\\b(?:[Dd]ied|[Dd]eath|[Pp]assed away|[Kk]illed|[Mm]urdered|[Ee]xecuted)\\b[^;]*?\\b(?:in|at|near)\\s+(?:(?:his|her|the)\\s+)?(?:[\\p{Ll}]+\\s+){0,4}?(?<a>${place})`,
      `[–-][^()–-]*\\d{3,4},?\\s+(?:in\\s+)?(?<a>${place})\\s*\\)`,
      `\\bburied\\b[^;]*?\\b(?:in|at)\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'birthdate',
    nouns: '(?:date of birth|birth ?date|birthday|year of birth|birth year)',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date|day|month)) (?:was|were|is) # born\b/i,
      /# (?:was )?born (?:in|on) (?:what|which) (?:year|date)\b/i,
    ],
    gives: 'date',
    says: [],
  },
  {
    id: 'deathdate',
    nouns: '(?:date of death|death date|year of death)',
    asks: [/\b(?:when|(?:in |on )?(?:what|which) (?:year|date|day|month)) (?:did|had) # (?:die|died|pass away)\b/i],
    gives: 'date',
    says: [],
  },
  {
    id: 'released',
    nouns: '(?:release date|publication date|date of (?:release|publication)|year of (?:release|publication))',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date)) (?:was|were|did|is) # (?:first )?(?:released|published|made|produced|come out|premiere|premiered|air|aired|written|recorded)\b/i,
    ],
    gives: 'date',
    says: [],
  },
  {
    id: 'founded',
    nouns: '(?:founding date|year of foundation|foundation date|inception)',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date)) (?:was|were|did|is) # (?:first )?(?:founded|established|formed|created|built|opened|open|form|launched|incorporated|started|begin|start)\b/i,
    ],
    gives: 'date',
    says: [],
  },
  {
    id: 'father',
    nouns: 'father',
    gender: 'he',
    gives: 'person',
    says: says(
      `\\b(?:son|daughter|child|heir)\\s+(?:and (?:successor|heir)\\s+)?(?:of|to)\\s+(?:(?:his|her|the)\\s+)?(?:father,?\\s+)?${who}`,
      `\\b${they}\\s+father,?\\s+(?:was\\s+|is\\s+)?${who}`,
      `\\bborn\\b[^.;]*?\\bto\\s+${who}`,
      `\\b(?:son|daughter)\\s+(?:by|with)\\s+${who}`,
    ),
    back: ['\\b(?:father|parent)\\s+of\\b[^.;]*{x}', '\\b(?:his|son|daughter|children)\\b[^.;]*{x}'],
  },
  {
    id: 'mother',
    nouns: 'mother',
    gender: 'she',
    gives: 'person',
    says: says(
      `\\b(?:son|daughter|child)\\s+of\\b[^.;]*?\\s(?:and|by|with)\\s+(?:his|her)?\\s*(?:(?:first|second|third|fourth)\\s+)?(?:wife|consort|spouse|concubine)?,?\\s*${who}`,
      `\\b${they}\\s+mother,?\\s+(?:was\\s+|is\\s+)?${who}`,
      `\\bborn\\b[^.;]*?\\bto\\b[^.;]*?\\band\\s+(?:his wife,?\\s+)?${who}`,
      `\\b(?:son|daughter)\\s+(?:of|by|with)\\s+${who}`,
    ),
    back: ['\\bmother\\s+of\\b[^.;]*{x}', '\\bher\\s+(?:son|daughter|child|children)\\b[^.;]*{x}'],
  },
  {
    id: 'spouse',
    nouns: '(?:spouse|wife|husband|partner|consort|ex-wife|ex-husband|widow)',
    asks: [/\bwho (?:did|is|was) # (?:marry|married(?: to)?)\b/i],
    verbs: 'married',
    gives: 'person',
    says: says(
      `\\b[Mm]arried\\s+(?:to\\s+)?${who}`,
      `\\b(?:wife|husband|spouse|consort|widow|widower)\\b(?:\\s+(?:is|was|of|to),?|,)?\\s+${who}`,
      `\\b[Mm]arried\\b[^;]*?\\bto\\s+${who}`,
      `\\b[Mm]arriage\\s+(?:to|with)\\s+${who}`,
    ),
    back: ['\\b(?:married|wife|husband|spouse|marriage)\\b[^.;]*{x}'],
  },
  {
    id: 'child',
    nouns: '(?:child|son|daughter|children)',
    gives: 'person',
    says: says(
      `\\b(?:father|mother|parents?)\\s+(?:of|to)\\s+${who}`,
      `\\b${they}\\s+(?:[\\p{Ll}-]+\\s+){0,2}(?:son|daughter|child|children|sons|daughters)\\b,?\\s+(?:was\\s+|is\\s+|are\\s+|include\\s+)?${who}`,
      `\\b(?:son|daughter|child|children)\\b,?\\s+(?:named\\s+|called\\s+)?${who}`,
    ),
    back: ['\\b(?:son|daughter|child|children)\\s+of\\b[^.;]*{x}', '\\b(?:father|mother)\\b[^.;]*{x}'],
  },
  {
    id: 'sibling',
    nouns: '(?:sibling|brother|sister|twin)',
    gives: 'person',
    says: says(
      `\\b(?:brother|sister|sibling|twin)\\s+(?:of|to)\\s+${who}`,
      `\\b(?:brother|sister|sibling|brothers|sisters|siblings|twin)\\b,?\\s+(?:is\\s+|was\\s+|are\\s+|named\\s+)?${who}`,
    ),
    back: ['\\b(?:brother|sister|sibling)\\b[^.;]*{x}'],
  },
  { id: 'mother-in-law', nouns: 'mother-in-law', gives: 'person', says: [], path: ['spouse', 'mother'] },
  { id: 'father-in-law', nouns: 'father-in-law', gives: 'person', says: [], path: ['spouse', 'father'] },
  { id: 'child-in-law', nouns: '(?:child|son|daughter)-in-law', gives: 'person', says: [], path: ['child', 'spouse'] },
  { id: 'sibling-in-law', nouns: '(?:sibling|brother|sister)-in-law', gives: 'person', says: [], path: ['spouse', 'sibling'] },
  { id: 'stepchild', nouns: '(?:stepchild|stepson|stepdaughter)', gives: 'person', says: [], path: ['spouse', 'child'] },
  { id: 'stepmother', nouns: 'stepmother', gives: 'person', says: [], path: ['father', 'spouse'] },
  { id: 'stepfather', nouns: 'stepfather', gives: 'person', says: [], path: ['mother', 'spouse'] },
  { id: 'maternal grandfather', nouns: 'maternal grandfather', gives: 'person', says: [], path: ['mother', 'father'] },
  { id: 'maternal grandmother', nouns: 'maternal grandmother', gives: 'person', says: [], path: ['mother', 'mother'] },
  { id: 'paternal grandfather', nouns: '(?:paternal )?grandfather', gives: 'person', says: [], path: ['father', 'father'] },
  { id: 'paternal grandmother', nouns: '(?:paternal )?grandmother', gives: 'person', says: [], path: ['father', 'mother'] },
  { id: 'grandchild', nouns: '(?:grandchild|grandson|granddaughter)', gives: 'person', says: [], path: ['child', 'child'] },
  { id: 'uncle', nouns: 'uncle', gives: 'person', says: [], path: ['father', 'sibling'] },
  { id: 'aunt', nouns: 'aunt', gives: 'person', says: [], path: ['father', 'sibling'] },
  {
    id: 'director',
    nouns: '(?:film )?directors?',
    verbs: 'directed',
    gives: 'person',
    says: says(
      `\\b[Dd]irected\\b(?:\\s+(?:and|,|or)?\\s*[\\p{Ll}-]+)*?\\s+by\\s+${who}`,
      `\\b[Dd]irector\\s+(?<a>${name})`,
      `\\b(?:film|movie|documentary|comedy|drama|short|western|thriller)\\s+(?:[\\p{Ll}-]+\\s+)*by\\s+${who}`,
      `(?<a>${name})${years}\\s+(?:directed|\\(director\\))`,
    ),
    back: ['\\b(?:directed|directorial|director|films?)\\b[^;]*{x}'],
  },
  {
    id: 'screenwriter',
    nouns: '(?:screenwriter|script ?writer)',
    gives: 'person',
    says: says(`\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`, `\\b(?:screenplay|script)\\b[^;.]*?\\bby\\s+${who}`),
  },
  {
    id: 'author',
    nouns: '(?:author|writer|novelist)',
    verbs: '(?:wrote|authored|penned)',
    gives: 'person',
    says: says(
      `\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:novel|book|story|stories|memoir|play|poem|series|essay|work|biography|treatise|collection|comic|manga|song|thriller|article)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:author|writer|novelist|poet|playwright|journalist|philosopher)\\s+(?<a>${name})`,
      `(?<a>${name})(?:['’]s)?\\s+(?:[\\p{Ll}\\d-]+\\s+){0,3}(?:novel|book|memoir|play|poem)\\b`,
      `\\bby\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:wrote|author|written|novels?|books?|works?)\\b[^;]*{x}'],
  },
  {
    id: 'composer',
    nouns: '(?:composer|songwriter|lyricist)',
    verbs: 'composed',
    gives: 'person',
    says: says(
      `\\b(?:[Cc]omposed|[Ss]cored)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:music|score|soundtrack|lyrics|tune|melody)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:opera|symphony|ballet|song|suite|concerto|operetta|musical)\\b[^;.]*?\\bby\\s+${who}`,
      `\\bcomposer\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:composed|composer|wrote|works?)\\b[^;]*{x}'],
  },
  {
    id: 'performer',
    nouns: '(?:performer|singer|artist|band|musician|vocalist)',
    verbs: '(?:performed|sang|sings|recorded|released|made)',
    gives: 'person',
    says: says(
      `\\b(?:song|single|album|track|EP|LP|record|recording|ballad|play|play release|extended play)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:[Pp]erformed|[Rr]ecorded|[Ss]ung|[Rr]eleased)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:singer|artist|band|group|rapper|duo|musician|trio|singer-songwriter)\\s+(?<a>${name})`,
      `\\balbum\\s+(?:of|from)\\s+${who}`,
      `(?<a>${name})['’]s?\\s+(?:[\\p{Ll}\\d-]+\\s+){0,4}(?:album|single|song|EP|record)\\b`,
      `\\bby\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:song|single|album|recorded|released|hit)\\b[^;]*{x}'],
  },
  {
    id: 'producer',
    nouns: '(?:executive )?producer',
    verbs: 'produced',
    gives: 'person',
    says: says(`\\b[Pp]roduced\\b[^;.]*?\\bby\\s+${who}`, `\\b[Pp]roducer\\s+(?<a>${name})`, `\\breleased\\b[^;.]*?\\bby\\s+${who}`),
    back: ['\\b(?:produced|producer)\\b[^;]*{x}'],
  },
  {
    id: 'founder',
    nouns: '(?:founder|co-founder|creator|developer|inventor|designer|architect)',
    verbs: '(?:founded|established|created|started|developed|invented|designed|formed|built)',
    gives: 'person',
    says: says(
      `\\b(?:[Ff]ounded|[Ee]stablished|[Cc]reated|[Ss]tarted|[Dd]eveloped|[Ii]nvented|[Dd]esigned|[Ff]ormed|[Bb]uilt)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:founders?|creator|developer|inventor|designer|architect)\\b,?\\s+(?:is\\s+|was\\s+|were\\s+)?(?<a>${name})`,
    ),
    back: ['\\b(?:founded|founder|created|creator|developed|invented|designed)\\b[^;]*{x}'],
  },
  {
    id: 'nationality',
    nouns: '(?:nationality|citizenship)',
    asks: [/\b(?:what|which) (?:nationality|citizen) (?:is|was|were|does) #/i, /# (?:is|was) (?:of )?(?:what|which) nationality\b/i],
    gives: 'nationality',
    says: [],
  },
  {
    id: 'country',
    nouns: '(?:country of (?:origin|citizenship)|country|homeland|nation|home country)',
    asks: [
      /\b(?:what|which) country (?:is |was |does )?(?:# (?:is |was )?(?:from|come from|located in|found in)|# (?:a )?citizen of)\b/i,
      /\b(?:what|which) country (?:is|was) # (?:from|a citizen of|located|in)\b/i,
    ],
    gives: 'country',
    says: [],
  },
  {
    id: 'education',
    nouns: '(?:alma mater|university|college|school)',
    asks: [
      /\bwhere (?:did|was|does) # (?:study|studied|graduate|educated|go to (?:school|college|university)|attend)\b/i,
      /\b(?:what|which) (?:university|college|school) (?:did|does|has) # (?:attend|graduate|study|go)\b/i,
    ],
    gives: 'name',
    says: says(
      `\\b(?:[Gg]raduated?|[Gg]raduating|[Dd]egree|[Dd]octorate|[Ss]tudied|[Ee]ducated|[Ee]nrolled|J\\.?D\\.?|Ph\\.?D\\.?|B\\.?A\\.?|M\\.?A\\.?)\\b[^;.]*?\\b(?:at|from)\\s+(?:the\\s+)?(?<a>${name})`,
      `\\b[Aa]ttended\\s+(?:the\\s+)?(?<a>${name})`,
      `\\b(?:alma mater|graduate|alumnus|alumna)\\b,?\\s+(?:of\\s+)?(?:the\\s+)?(?<a>${name})`,
    ),
  },
  {
    id: 'employer',
    nouns: '(?:employer|workplace)',
    asks: [/\b(?:where|what company|which company) (?:does|did|is) # (?:work|worked|works|employed)(?: at| for)?\b/i],
    gives: 'name',
    says: says(
      `\\b(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed|[Tt]eaches|[Tt]aught)\\b[^;.]*?\\b(?:at|for|by|with)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+){0,2}?(?<a>${name})`,
      `\\b(?:[Ee]dit(?:s|ed)|professor|editor|journalist|critic|director|lecturer|president|researcher)\\b[^;.]*?\\b(?:at|of|for)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+){0,2}?["“]?(?<a>${name})`,
    ),
  },
  {
    id: 'burial',
    nouns: '(?:place of burial|burial place|burial site)',
    asks: [/\bwhere (?:is|was) # (?:buried|interred)\b/i],
    gives: 'place',
    says: says(`\\b(?:buried|interred|entombed|laid to rest)\\b[^;.]*?\\b(?:in|at)\\s+(?:the\\s+)?(?<a>${place})`),
  },
  {
    id: 'cause',
    nouns: 'cause of death',
    asks: [/\b(?:why|how|of what) did # die\b/i],
    gives: 'name',
    says: says(
      `\\bdied\\b[^;.]*?\\b(?:of|from)\\s+(?:an?\\s+)?(?<a>[\\p{Ll}-]+(?:\\s+(?!(?:in|at|on|and|while)\\b)[\\p{Ll}-]+){0,3})`,
      `\\b(?<a>[\\p{Ll}-]+(?:\\s[\\p{Ll}-]+)?)\\s+death\\b`,
    ),
  },
  {
    id: 'location',
    nouns: '(?:location|headquarters|birthplace of the band)',
    asks: [/\bwhere (?:is|was|are|were) # (?:located|situated|found|based|headquartered|held|set)?\s*\??$/i],
    gives: 'place',
    says: says(
      `\\b(?:located|situated|based|headquartered|lies|held|set|found|stands)\\b[^;.]*?\\b(?:in|at|on|near)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+(?:of\\s+)?){0,3}?(?<a>${place})`,
      `\\b(?:is|was|are|were)\\s+(?:an?|the|one of)\\b[^;.]*?\\b(?:in|of)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+(?:of\\s+)?){0,3}?(?<a>${place})`,
      `\\bin\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'capital',
    nouns: 'capital(?: city)?',
    gives: 'place',
    says: says(`\\bcapital\\b[^;.]*?\\b(?:is|was|,|at|of)\\s+(?<a>${place})`, `(?<a>${place})[^;.]*?\\bcapital\\b`),
    back: ['\\bcapital\\b[^.;]*{x}'],
  },
]

/** Who holds a role in something. */
const roles: readonly Relation[] = [
  'president',
  'leader',
  'chairman',
  'chief executive',
  'CEO',
  'manager',
  'head coach',
  'coach',
  'captain',
  'mayor',
  'governor',
  'prime minister',
  'keyboardist',
  'drummer',
  'guitarist',
  'bassist',
  'vocalist',
  'violinist',
  'pianist',
  'saxophonist',
  'editor',
  'publisher',
  'owner',
  'narrator',
  'host',
  'star',
].map((noun) => {
  const stem = noun.replace(/(?:m?er|ist|eer)$/, '')
  return {
    id: noun,
    nouns: noun,
    gives: 'person',
    says: says(
      `(?<a>${name})\\s*\\([^()]*\\b${stem}`,
      `\\b(?:${noun}|${noun[0]?.toUpperCase()}${noun.slice(1)})\\b,?\\s+(?:is\\s+|was\\s+)?${who}`,
      `(?<a>${name}),?\\s+(?:who\\s+)?(?:is|was|as|became)?\\s*(?:the|its|their|a)?\\s*(?:[\\p{Ll}-]+\\s+){0,3}${noun}\\b`,
    ),
  }
})

/** All relations that are read. */
export const relations: readonly Relation[] = [...stated, ...roles]

const byId = new Map(relations.map((relation) => [relation.id, relation]))

export function relationOf(id: string): Relation | undefined {
  return byId.get(id)
}
