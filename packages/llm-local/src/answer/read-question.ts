import { type Expected, expectedType, functionTags, refine } from './expected.ts'
import { isKin } from './kin.ts'
import { isName } from './names.ts'
import { dateWord, months, type Reference, referencesIn } from './references.ts'
import { type Token, tokens } from './tokens.ts'

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
