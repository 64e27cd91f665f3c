import type { ValidTime } from '@graphmem/core/spec'
import type { Clause } from './clause.ts'
import { vehicles } from './lexicon/things.ts'
import { kindText, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact, type Value, voteType } from './reading.ts'
import { namedIndex, type Referent, referent } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'
import { type Course, validTime } from './valid-time.ts'

/** A clause whose subject is known. */
export interface SubjectClause {
  readonly sentence: SentenceReading
  readonly clause: Clause
  readonly subject: Referent
  /** The phrase that names the subject; absent where the sentence leaves it out. */
  readonly phrase?: NounPhrase
}

export interface Filler {
  readonly slot: string
  readonly phrase: NounPhrase
  /** The noun that the preposition follows, for "of". */
  readonly after?: NounPhrase
}

export function sayFiller(
  part: SubjectClause,
  predicate: string,
  phrase: NounPhrase,
  course: Course,
  confidence: number,
  negated: boolean,
): void {
  const { sentence, subject } = part
  const meant = referent(sentence, phrase)
  if (phrase.name && vehicles.has(phrase.noun ?? '')) voteType(sentence.reading, namedIndex(sentence, phrase.name), 'product', 3)
  const object: number | Value | undefined = meant?.name ?? (phrase.pronoun === undefined ? text(wordsOf(part, phrase)) : undefined)
  if (object === undefined) return
  addFact(sentence.reading, {
    subject: subject.name,
    predicate,
    object,
    span: sentence.span,
    valid: clauseTime(part, course),
    negated: negated || phrase.determiner === 'no',
    confidence: confidence * subject.confidence * (meant?.confidence ?? 1),
  })
}

/** Whether a verb says what somebody likes or dislikes. */
export function isLiking(lemma: string): boolean {
  return /^(?:like|love|enjoy|adore|hate|loathe|dislike|detest)$/.test(lemma)
}

/** A thing in its words, with what it is of: "the growth of minority religions". */
function wordsOf({ sentence, clause }: SubjectClause, phrase: NounPhrase): string {
  const words = phrase.noun === undefined ? phrase.text : kindText({ ...phrase, inner: [] }, phrase.noun)
  // "I love hiking in the Alps": where belongs to what is loved.
  const links = isLiking(clause.verb.lemma) ? /./ : /^of$/
  const complement = clause.obliques.find((oblique) => oblique.after === phrase && links.test(oblique.preposition))?.nouns[0]
  const last = complement && sentence.tokens[complement.to - 1]
  const first = sentence.tokens[phrase.to - 1]
  if (!last || !first || complement.to - phrase.to > 7) return words
  return `${words}${sentence.reading.passage.text.slice(first.end, last.end)}`.replace(/\s+/g, ' ')
}

export function hintType(part: SubjectClause, phrase: NounPhrase, type: 'organisation' | 'place'): void {
  if (phrase.name) voteType(part.sentence.reading, namedIndex(part.sentence, phrase.name), type, 3)
}

export function participle({ sentence, clause }: SubjectClause): string {
  const { verb } = clause
  const [, particle] = verb.lemma.split('_')
  const at = particle === undefined ? verb.to - 1 : verb.to - 2
  const word = sentence.tokens[at]?.lower ?? verb.lemma
  return particle === undefined ? word : `${word}_${particle}`
}

export function clauseTime({ sentence, clause }: SubjectClause, course: Course): ValidTime {
  const { verb } = clause
  const tense = verb.lemma === 'base' && verb.tense === 'past' && !verb.former && verb.form === 'participle' ? 'present' : verb.tense
  return validTime({
    course,
    tense,
    perfect: verb.perfect,
    former: verb.former || verb.chain.includes('stop'),
    times: clause.times,
    at: sentence.reading.passage.at,
  })
}

export function stateTime(sentence: SentenceReading, clause: Clause): ValidTime {
  const { verb } = clause
  return validTime({
    course: 'state',
    tense: verb.tense,
    perfect: verb.perfect,
    former: verb.former,
    times: clause.times,
    at: sentence.reading.passage.at,
  })
}
