import type { Extraction, Passage } from '@graphmem/core/spec'
import { readClauseFacts } from './clause-facts.ts'
import { readClauses } from './clauses.ts'
import { linkTitle, readBrackets, readTitle, titleOf } from './document-facts.ts'
import { capitalisedInside, findNames } from './find-names.ts'
import { findTimes } from './find-times.ts'
import { readFragments } from './fragment-facts.ts'
import { voteByPlace } from './name-votes.ts'
import { readNouns } from './noun-facts.ts'
import { readPhrases } from './phrases.ts'
import { readText, type Sentence } from './read-text.ts'
import { addMention, addSame, finished, nameIndex, newReading, type Reading, typeOf, voteType } from './reading.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** Reads names, facts and aliases out of a passage: a pure function of it. */
export function extract(passage: Passage): Extraction {
  const reading = newReading(passage)
  const sentences = readText(passage.text)
  readTitle(reading, sentences[0]?.span ?? { start: 0, end: 0 })
  const known = new Set(sentences.flatMap((sentence) => capitalisedInside(sentence.tokens)))
  const read = sentences.map((sentence, index) => readSentence(reading, sentence, index, known))
  for (const sentence of read) noteNames(sentence)
  joinParts(reading)
  for (const sentence of read) {
    linkTitle(sentence)
    readBrackets(sentence)
    readNouns(sentence)
    readClauseFacts(sentence)
    readFragments(sentence)
  }
  return finished(reading)
}

function readSentence(reading: Reading, sentence: Sentence, index: number, known: ReadonlySet<string>): SentenceReading {
  const { text, at } = reading.passage
  const { tokens, span } = sentence
  const times = findTimes(tokens, text, at)
  const names = findNames(tokens, text, times, known, titleOf(reading))
  const phrases = readPhrases(tokens, text, names, times)
  return {
    reading,
    index,
    span,
    tokens,
    names,
    phrases,
    clauses: readClauses(phrases),
    given: new Map(),
    isQuestion: text.slice(span.start, span.end).trimEnd().endsWith('?'),
  }
}

function noteNames(sentence: SentenceReading): void {
  const { reading, tokens, names } = sentence
  for (const name of names) {
    const index = nameIndex(reading, name.text)
    const first = tokens[name.from]
    const last = tokens[name.to - 1]
    if (first && last) addMention(reading, index, { start: first.start, end: last.end })
    if (name.type) voteType(reading, index, name.type, name.quoted ? 1.5 : 3)
    voteByPlace(sentence, name, index)
  }
}

/** "Solovej" after "Jan Philip Solovej" is the same person. */
function joinParts(reading: Reading): void {
  const entries = reading.entries.map((entry, index) => ({ index, words: typeof entry.name === 'string' ? entry.name.split(' ') : [] }))
  for (const { index, words } of entries) {
    const [word, ...more] = words
    if (word === undefined || more.length > 0) continue
    const wholes = entries.filter(
      (other) => other.words.length > 1 && other.words.length < 5 && (other.words[0] === word || other.words.at(-1) === word),
    )
    const [whole] = wholes
    if (!whole || wholes.length > 1) continue
    const type = typeOf(reading, whole.index)
    const own = typeOf(reading, index)
    if (type !== 'person' && !(type === 'other' && own === 'person')) continue
    if (own === 'place' || own === 'organisation') continue
    voteType(reading, index, 'person', 3)
    addSame(reading, index, whole.index, 0.85)
    reading.whole.set(index, whole.index)
  }
}
