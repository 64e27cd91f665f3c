import { isKin } from './kin.ts'
import { isName, nameAt } from './names.ts'
import { fold, type Token, tokens } from './tokens.ts'

type Expected =
  | 'person'
  | 'place'
  | 'date'
  | 'number'
  | 'age'
  | 'duration'
  | 'yes-no'
  | 'reason'
  | 'manner'
  | 'name'
  | 'identity'
  | 'kind'
  | 'thing'

/** Somebody a question speaks of: "my sister's husband" is `{ root: '@self', kin: ['sister', 'husband'] }`. */
export interface Reference {
  /** `@self` or a name as written. */
  readonly root: string
  readonly kin: readonly string[]
  /** Words that tell which one: "best", "Georgian". */
  readonly modifiers: readonly string[]
  readonly from: number
  readonly until: number
}

/** A word of the question that an answer has to be about. */
export interface Term {
  readonly token: Token
  readonly weight: number
  readonly kind: 'name' | 'verb' | 'noun' | 'other' | 'type'
}

export interface QuestionReading {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly expected: Expected
  /** What the answer is one of, if the question says: "city", "language". */
  readonly typeNoun?: string
  readonly references: readonly Reference[]
  /** Whom it is about; absent where it names nobody. */
  readonly subject?: Reference
  /** Who else does it: "Camila and I". */
  readonly joined?: Reference
  readonly terms: readonly Term[]
  /** The verb asked about, as a lemma; absent for a bare "be". */
  readonly verb?: string
  readonly time: 'now' | 'past' | 'future' | 'any'
  /** Whether it asks what somebody said to another, as advice: "What did Joanna recommend?" */
  readonly isOfTelling: boolean
  /** Words after "before" or "after", for "Where did I work before Swiggy?" */
  readonly before?: readonly Token[]
  /** A year or a month the question is about. */
  readonly when?: { readonly year?: number; readonly month?: number; readonly day?: number }
}

const telling =
  /^(?:recommend|recommendation|suggest|suggestion|advise|advice|tell|say|offer|think|mention|describe|encourage|compliment|congratulate|react|reaction|respond|opinion|thought|invite|ask|propose|remind)$/
const light = new Set(['do', 'have', 'get', 'go', 'make', 'take', 'be', 'give', 'come', 'happen', 'use', 'let', 'keep', 'put', 'become'])
const hollow = new Set(
  'name call kind type sort thing way people person one lot some other many much else mention say tell describe share currently now these days recently ever still usually today specific different various own part time like new make nowadays title living'.split(
    ' ',
  ),
)
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const functionTags = new Set(['DET', 'ADP', 'PRON', 'AUX', 'PART', 'CCONJ', 'SCONJ', 'PUNCT', 'INTJ', 'SYM', 'SPACE'])
const particles = new Set(['up', 'out', 'off', 'down', 'away', 'back', 'over'])

export function readQuestion(text: string): QuestionReading {
  const words = withVerb(tokens(text))
  const { expected, typeNoun, until } = expectedType(words)
  const references = referencesIn(words, text)
  const finalExpected = refine(words, expected, references, typeNoun)
  const subject = references[0]
  const second = references[1]
  const joined =
    subject !== undefined && second !== undefined && words[subject.until]?.word === 'and' && second.from === subject.until + 1
      ? second
      : undefined
  const before = beforePhrase(words)
  const verb = mainVerb(words, until)
  const when = whenOf(words)
  return {
    text,
    tokens: words,
    expected: finalExpected,
    ...(typeNoun === undefined ? {} : { typeNoun }),
    references,
    ...(subject === undefined ? {} : { subject }),
    ...(joined === undefined ? {} : { joined }),
    terms: termsOf(words, joined === undefined ? references.slice(0, 1) : [references[0] as Reference, joined], until, before),
    ...(verb === undefined ? {} : { verb }),
    isOfTelling: words.some((token) => telling.test(token.lemma)),
    time: timeOf(words, before),
    ...(before === undefined ? {} : { before }),
    ...(when === undefined ? {} : { when }),
  }
}

/** "Where does Ritika work?": after "does" a last noun is the verb, if there is no other. */
function withVerb(words: readonly Token[]): Token[] {
  const support = words.findIndex((token) => token.lemma === 'do' && token.pos === 'AUX')
  if (support < 0 || words.slice(support + 1).some((token) => token.pos === 'VERB' || (token.lemma === 'do' && token.pos === 'AUX')))
    return [...words]
  const place = words.findIndex(
    (token, at) =>
      at > support + 1 &&
      token.pos === 'NOUN' &&
      token.text === token.word &&
      !isKin(token.word) &&
      !['DET', 'ADJ'].includes(words[at - 1]?.pos ?? '') &&
      words[at - 1]?.word !== "'s" &&
      !/^(my|our|his|her|their)$/.test(words[at - 1]?.word ?? ''),
  )
  return words.map((token, at) => (at === place ? { ...token, pos: 'VERB' } : token))
}

function expectedType(words: readonly Token[]): { expected: Expected; typeNoun?: string; until: number } {
  const start = Math.max(
    0,
    words.findIndex((token) =>
      /^(who|whom|whose|where|when|why|how|what|which|do|does|did|is|are|am|was|were|have|has|had|can|could|will|would|should)$/.test(
        token.word,
      ),
    ),
  )
  const wh = words.findIndex((token) => /^(who|whom|whose|where|when|why|how|what|which)$/.test(token.word))
  const at = wh >= 0 && (wh === start || wh <= 3 || !['AUX', 'VERB'].includes(words[start]?.pos ?? '')) ? wh : start
  const first = words[at]?.word ?? ''
  const second = words[at + 1]?.word ?? ''
  const until = at + 1
  if (first === 'who' || first === 'whom' || first === 'whose') return { expected: 'person', until }
  if (first === 'where') return { expected: 'place', until }
  if (first === 'when') return { expected: 'date', until }
  if (first === 'why') return { expected: 'reason', until }
  if (first === 'how') {
    if (second === 'many' || second === 'much') return { expected: 'number', until: at + 2 }
    if (second === 'old') return { expected: 'age', until: at + 2 }
    if (second === 'long') return { expected: words[at + 2]?.word === 'ago' ? 'date' : 'duration', until: at + 2 }
    if (second === 'often') return { expected: 'duration', until: at + 2 }
    return { expected: 'manner', until }
  }
  if (first === 'what' || first === 'which') return whatType(words, at)
  return { expected: 'yes-no', until: at }
}

function whatType(words: readonly Token[], at: number): { expected: Expected; typeNoun?: string; until: number } {
  let place = at + 1
  while (['ADJ', 'DET', 'NUM'].includes(words[place]?.pos ?? '')) place++
  while (words[place]?.pos === 'NOUN' && words[place + 1]?.pos === 'NOUN') place++
  if (place > at + 1 && words[place]?.pos === 'AUX' && words[place - 1]?.pos === 'ADJ') place--
  let noun = words[place]
  if (noun?.pos === 'ADJ' && words[place + 1]?.pos === 'AUX' && noun.lemma.length > 4) noun = { ...noun, pos: 'NOUN' }
  if (noun?.pos !== 'NOUN' && !(noun?.pos === 'PROPN' && noun.text === noun.word)) return { expected: 'thing', until: at + 1 }
  if (/^(kind|type|sort|breed|make|brand|genre|species)$/.test(noun.lemma)) {
    const of = words[place + 1]?.word === 'of' ? words[place + 2] : undefined
    if (of !== undefined && ['NOUN', 'PROPN', 'ADJ', 'VERB'].includes(of.pos)) {
      noun = of
      return { expected: 'kind', typeNoun: noun.lemma, until: place + 3 }
    }
    return { expected: 'kind', until: place + 1 }
  }
  const until = place + 1
  const typeNoun = noun.lemma
  if (/^(year|date|day|month|time|weekend|week|season|holiday)$/.test(typeNoun)) return { expected: 'date', typeNoun, until }
  if (/^(city|town|village|country|place|state|location|area|region|street|neighbou?rhood|continent|island)$/.test(typeNoun))
    return { expected: 'place', typeNoun, until }
  if (/^(person|friend|relative|member|celebrity)$/.test(typeNoun)) return { expected: 'person', typeNoun, until }
  if (/^(number|age|amount)$/.test(typeNoun)) return { expected: typeNoun === 'age' ? 'age' : 'number', typeNoun, until }
  return { expected: 'thing', typeNoun, until }
}

/** "What is my dog called?", "Who is my wife?", "Who is Oksana?", "What kind of animal is Angus?", "What is my age?" */
function refine(words: readonly Token[], expected: Expected, references: readonly Reference[], typeNoun: string | undefined): Expected {
  const content = words.filter((token) => !functionTags.has(token.pos))
  const asksName = words.some((token) => ['called', 'named'].includes(token.word)) || content.some((token) => token.lemma === 'name')
  if (expected === 'thing' && typeNoun === undefined && asksName) return 'name'
  if (expected === 'thing' && typeNoun === 'name') return 'name'
  if (expected === 'thing' && words.some((token) => token.word === 'age') && references.length > 0) return 'age'
  if (
    expected === 'thing' &&
    typeNoun === undefined &&
    words.some((token) => /^(birthday|birthdate|anniversary)$/.test(token.word)) &&
    words[1]?.lemma === 'be' &&
    content.length <= 3
  )
    return 'date'
  if (expected === 'person') {
    const reference = references[0]
    const bare = words.every(
      (token, place) => functionTags.has(token.pos) || references.some((each) => place >= each.from && place < each.until),
    )
    if (
      bare &&
      reference !== undefined &&
      references.length === 1 &&
      ['is', "'s", 'are', 'was', 'were', "'re", 'was'].includes(words[1]?.word ?? '')
    ) {
      return reference.kin.length > 0 ? 'name' : 'identity'
    }
  }
  return expected
}

const selfWords = new Set(['i', 'me', 'my', 'mine', 'we', 'us', 'our', 'ours', 'myself'])

/** Everybody the question speaks of, left to right. */
function referencesIn(words: readonly Token[], text: string): Reference[] {
  const found: Reference[] = []
  for (let place = 0; place < words.length; place++) {
    const token = words[place]
    if (token === undefined) continue
    let root: string | undefined
    let next = place + 1
    let owns = false
    if (selfWords.has(token.word) && token.pos !== 'PROPN') {
      root = '@self'
      owns = token.word === 'my' || token.word === 'our'
    } else if (place > 0 || words[1]?.word === "'s") {
      const run = isName(words, place) ? nameAt(words, place, text) : undefined
      if (run !== undefined && !dateWord(run.text)) {
        root = run.text
        next = run.until
        if (words[next]?.word === "'s" || words[next]?.word === "'") {
          owns = true
          next++
        }
      }
    }
    if (root === undefined) continue
    if (root === '@self' && !owns && found.some((each) => each.root === '@self' && each.kin.length === 0)) continue
    const chain = kinChain(words, next, owns)
    const ofKin = chain.kin.length === 0 && !owns ? undefined : chain
    const reference = {
      root,
      kin: ofKin?.kin ?? [],
      modifiers: ofKin?.modifiers ?? [],
      from: place,
      until: ofKin === undefined || chain.kin.length === 0 ? next : chain.until,
    }
    found.push(reference)
    place = reference.until - 1
  }
  return withBareKin(found, words)
}

/** "'s best friend 's dog": kin nouns and what tells them apart, as far as they go. */
function kinChain(words: readonly Token[], from: number, owns: boolean): { kin: string[]; modifiers: string[]; until: number } {
  const kin: string[] = []
  const modifiers: string[] = []
  let until = from
  let place = from
  while (owns) {
    const pending: string[] = []
    while (['ADJ', 'PROPN', 'NOUN', 'NUM'].includes(words[place]?.pos ?? '') && !isKin(words[place]?.word ?? '') && pending.length < 3) {
      pending.push(words[place]?.word ?? '')
      place++
    }
    const noun = words[place]
    if (noun === undefined || !isKin(noun.word)) break
    kin.push(noun.word)
    modifiers.push(...pending)
    place++
    until = place
    owns = words[place]?.word === "'s" || words[place]?.word === "'"
    if (owns && words[place]?.pos === 'AUX') owns = isKin(words[place + 1]?.word ?? '')
    place++
    if (owns) until = place
  }
  return { kin, modifiers, until }
}

/** "What does mum teach?", "the name of the dog": a kin word of nobody is the asker's. */
function withBareKin(found: Reference[], words: readonly Token[]): Reference[] {
  for (const [place, token] of words.entries()) {
    if (!/^(mum|mom|dad|mother|father|grandma|grandpa|amma|appa|nana|granny|papa|mama)$/.test(token.word)) continue
    if (found.some((each) => place >= each.from && place < each.until)) continue
    if (words[place - 1]?.word === "'s") continue
    found.push({ root: '@self', kin: [token.word], modifiers: [], from: place, until: place + 1 })
  }
  return found.sort((a, b) => a.from - b.from)
}

function dateWord(text: string): boolean {
  return /^\d|^(mon|tues|wednes|thurs|fri|satur|sun)day/i.test(text) || months.includes(fold(text))
}

function mainVerb(words: readonly Token[], from: number): string | undefined {
  const verbs = words.slice(from).filter((token) => token.pos === 'VERB' && !['called', 'named'].includes(token.word))
  const verb = verbs.find((token) => !light.has(token.lemma)) ?? verbs[0]
  return verb?.lemma
}

function beforePhrase(words: readonly Token[]): readonly Token[] | undefined {
  const at = words.findIndex((token) => token.word === 'before')
  return at > 0 ? words.slice(at + 1).filter((token) => token.pos !== 'PUNCT') : undefined
}

function termsOf(words: readonly Token[], subjects: readonly Reference[], from: number, before: readonly Token[] | undefined): Term[] {
  const terms: Term[] = []
  for (const [place, token] of words.entries()) {
    if (subjects.some((each) => place >= each.from && place < each.until) && !subjects.some((each) => each.modifiers.includes(token.word)))
      continue
    if (before?.includes(token) === true || token.word === 'before' || (functionTags.has(token.pos) && !particles.has(token.word))) continue
    if (months.includes(token.word) || token.pos === 'NUM' || dateWord(token.text)) continue
    const isParticle = particles.has(token.word) && token.pos === 'ADP'
    if (functionTags.has(token.pos) && !isParticle) continue
    if (isParticle && words[place - 1]?.pos !== 'VERB') continue
    const name = isName(words, place) && place > 0
    if (place < from && !name) {
      if (place === from - 1 && (token.pos === 'NOUN' || token.pos === 'ADJ'))
        terms.push({ token, weight: hollow.has(token.lemma) ? 0 : 0.35, kind: 'type' })
      continue
    }
    if (isParticle) terms.push({ token, weight: 0.2, kind: 'other' })
    else if (name) terms.push({ token, weight: 1.6, kind: 'name' })
    else if (telling.test(token.lemma) && token.lemma !== 'propose') terms.push({ token, weight: 0.3, kind: 'verb' })
    else if (hollow.has(token.lemma) || hollow.has(token.word)) terms.push({ token, weight: 0.1, kind: 'other' })
    else if (light.has(token.lemma)) terms.push({ token, weight: particles.has(words[place + 1]?.word ?? '') ? 0.6 : 0.15, kind: 'verb' })
    else if (token.pos === 'NOUN' || token.pos === 'PROPN') terms.push({ token, weight: 1.2, kind: 'noun' })
    else if (token.pos === 'VERB') terms.push({ token, weight: 1, kind: 'verb' })
    else if (token.pos === 'ADJ') terms.push({ token, weight: 0.7, kind: 'other' })
    else if (token.pos === 'ADV') terms.push({ token, weight: 0.3, kind: 'other' })
  }
  return terms.filter((term) => term.weight > 0)
}

function timeOf(words: readonly Token[], before: readonly Token[] | undefined): QuestionReading['time'] {
  const has = (...wanted: string[]): boolean => words.some((token) => wanted.includes(token.word))
  if (before !== undefined || has('did', 'was', 'were', 'used', 'had', 'previously', 'formerly', 'former')) return 'past'
  if (has('will', 'going', 'plan', 'planning')) return 'future'
  if (has('now', 'currently', 'nowadays') || has('do', 'does', 'is', "'s", 'am', 'are', "'re", "'m")) return 'now'
  return 'any'
}

function whenOf(words: readonly Token[]): QuestionReading['when'] {
  const year = words.map((token) => /^(19|20)\d\d$/.exec(token.word)?.[0]).find((found) => found !== undefined)
  const at = words.findIndex(
    (token, place) =>
      months.includes(token.word) && ((token.word !== 'may' && token.word !== 'march') || /^\p{Lu}/u.test(token.text)) && place > 0,
  )
  const month = at < 0 ? undefined : months.indexOf(words[at]?.word ?? '')
  const day =
    at < 0
      ? undefined
      : [words[at - 1], words[at + 1]]
          .map((token) => /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(token?.word ?? '')?.[1])
          .find((found) => found !== undefined)
  if (year === undefined && month === undefined) return undefined
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day: Number(day) }),
  }
}
