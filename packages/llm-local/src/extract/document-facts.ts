import type { TextSpan } from '@graphmem/core/spec'
import type { NameSpan } from './find-names.ts'
import { typeOfName } from './find-names.ts'
import { findTimes } from './find-times.ts'
import { workKinds } from './lexicon/things.ts'
import { addFact, addSame, nameIndex, nameKey, notice, type Reading, typeOf, voteType } from './reading.ts'
import { namedIndex } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** Makes a document's title a name: "Paris (mythology)" is Paris, told from others by "mythology". */
export function readTitle(reading: Reading, span: TextSpan): void {
  const title = reading.passage.kind === 'turn' ? undefined : reading.passage.title?.trim()
  if (title === undefined || title.length === 0 || title.length > 120) return
  const discriminator = /\(([^()]+)\)/.exec(title)?.[1]
  const named = title.replace(/\s*\([^()]+\)/, '').trim() || title
  const [, inner, outer = ''] = /^([^,]+), ([^,]+(?:, [^,]+)*)$/.exec(named) ?? []
  // "Pembroke, New Hampshire" is Pembroke, which is in New Hampshire.
  const isIn = outer !== '' && outer.split(', ').every((part) => typeOfName(part.toLowerCase().split(' ')) === 'place')
  const base = isIn && inner !== undefined ? inner : named
  const index = nameIndex(reading, base)
  if (isIn) {
    voteType(reading, index, 'place', 3)
    for (const part of outer.split(', ')) {
      const place = nameIndex(reading, part)
      voteType(reading, place, 'place', 3)
      addFact(reading, { subject: index, predicate: 'located_in', object: place, span, confidence: 0.8 })
    }
  }
  const kind = discriminator?.toLowerCase().split(' ').at(-1)
  if (kind !== undefined) reading.definite.set(kind, index)
  if (kind !== undefined && workKinds.has(kind)) voteType(reading, index, 'work', 4)
  const entry = reading.entries[index]
  if (entry && discriminator !== undefined) entry.discriminator = discriminator
  const type = typeOfName(base.toLowerCase().split(/\s+/))
  if (type) voteType(reading, index, type, 3)
  reading.topic = index
}

/** The title's name, as it may stand in the text; empty without one. */
export function titleOf(reading: Reading): string {
  const name = reading.topic === undefined ? undefined : reading.entries[reading.topic]?.name
  return typeof name === 'string' ? name : ''
}

/** In a document's first sentence, ties the name it begins with to the title. */
export function linkTitle(sentence: SentenceReading): void {
  const { reading, names } = sentence
  const { topic } = reading
  if (topic === undefined || sentence.index > 0) return
  const verb = sentence.clauses[0]?.verb.from ?? 12
  const candidates = names.filter((each) => each.from < Math.min(verb, 12) && !each.quoted)
  if (candidates.some((each) => namedIndex(sentence, each) === topic)) return
  for (const each of candidates.slice(0, 3)) if (joinTitle(sentence, topic, each)) return
}

function joinTitle(sentence: SentenceReading, topic: number, first: NameSpan): boolean {
  const { reading } = sentence
  const name = namedIndex(sentence, first)
  const title = reading.entries[topic]?.name
  const key = nameKey(typeof title === 'string' ? title : '')
  const words = new Set(key.split(' '))
  const shared = nameKey(first.text)
    .split(' ')
    .filter((word) => words.has(word)).length
  if (shared === 0 || (shared === 1 && words.size > 3)) return false
  addSame(reading, topic, name, 0.9)
  reading.whole.set(name, topic)
  return true
}

/** What brackets after a name say: other names, initials, and the days of birth and death. */
export function readBrackets(sentence: SentenceReading): void {
  const { reading, tokens, names, span } = sentence
  for (const name of names) {
    const open = tokens[name.to]
    if (open?.text !== '(') continue
    const close = tokens.findIndex((token, index) => index > name.to && token.text === ')')
    if (close < 0 || close - name.to > 30) continue
    const inside = tokens.slice(name.to + 1, close)
    const subject = namedIndex(sentence, name)
    const initials = names.find((each) => each.from === name.to + 1 && each.to === close)
    if (initials && isAlias(name, initials)) {
      addSame(reading, subject, namedIndex(sentence, initials), 0.9)
      reading.whole.set(namedIndex(sentence, initials), subject)
    }
    readLife(sentence, subject, inside, span)
    notice(reading, subject)
  }
}

/** "(born 29 March 1983)", "(1920 – 1999)". */
function readLife(sentence: SentenceReading, subject: number, inside: SentenceReading['tokens'], span: SentenceReading['span']): void {
  const { reading } = sentence
  const type = typeOf(reading, subject)
  if (type === 'place' || type === 'organisation' || type === 'work' || type === 'event') return
  const [first, second] = findTimes(inside, reading.passage.text, undefined)
  const words = inside.map((token) => token.lower)
  const birth = words.includes('born') || words.includes('b.')
  const death = words.includes('died') || words.includes('d.')
  const both = first?.last ?? second?.time
  const days = both?.precision === 'day' && first?.time.precision === 'day'
  if (!first || !(birth || death || (both && (type === 'person' || days)))) return
  voteType(reading, subject, 'person', 4)
  if (!death || birth)
    addFact(reading, { subject, predicate: 'born_on', object: { value: first.time.value, valueType: 'date' }, span, confidence: 0.95 })
  const end = death && !birth ? first.time : both
  if (end) addFact(reading, { subject, predicate: 'died_on', object: { value: end.value, valueType: 'date' }, span, confidence: 0.9 })
}

/** Initials of the name, or a word that it shares with it. */
function isAlias(name: NameSpan, other: NameSpan): boolean {
  const letters = name.text
    .split(/[\s-]+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word[0])
    .join('')
  return (
    other.text.replaceAll('.', '') === letters ||
    (other.text.length > 1 && letters.startsWith(other.text[0] ?? ' ') && /^\p{Lu}+$/u.test(other.text))
  )
}
