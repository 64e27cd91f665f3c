import type { EntityType, ExtractedFact, ExtractedName, Extraction, Passage, TextSpan, ValidTime } from '@graphmem/core/spec'
import { isExclusive } from '../predicates.ts'

/** What has been read of a passage so far. */
export interface Reading {
  readonly passage: Passage
  readonly entries: NameEntry[]
  readonly byKey: Map<string, number>
  readonly facts: Map<string, ExtractedFact>
  readonly same: Map<string, { readonly a: number; readonly b: number; readonly confidence: number }>
  /** The name that stands for another in facts: the whole name of somebody called by a part of it. */
  readonly whole: Map<number, number>
  /** Who and what was spoken of, latest last: what pronouns may mean. */
  readonly people: { readonly name: number; readonly gender: 'masculine' | 'feminine' | undefined }[]
  /** What "the journal" means, by the noun. */
  readonly definite: Map<string, number>
  /** A pet or a relative without a name, whose name may follow: "a dog … her name is Idli". */
  unnamed: { readonly owner: number; readonly predicate: string; readonly noun: string; readonly plural: boolean } | undefined
  /** The title's entity. */
  topic: number | undefined
}

interface NameEntry {
  readonly name: ExtractedName['name']
  readonly of?: number
  discriminator?: string
  readonly votes: Map<EntityType, number>
  readonly mentions: Map<number, TextSpan>
}

export type Value = { readonly value: string; readonly valueType: 'text' | 'date' | 'quantity' | 'boolean' }

export function newReading(passage: Passage): Reading {
  return {
    passage,
    entries: [],
    byKey: new Map(),
    facts: new Map(),
    same: new Map(),
    whole: new Map(),
    people: [],
    definite: new Map(),
    unnamed: undefined,
    topic: undefined,
  }
}

/** The place of a name in the extraction, added if it is new. */
export function nameIndex(reading: Reading, name: ExtractedName['name'], of?: number): number {
  const key = typeof name === 'string' ? `${nameKey(name)}\n${of ?? ''}` : `@${name.role}`
  const known = reading.byKey.get(key)
  if (known !== undefined) return known
  const index = reading.entries.length
  reading.entries.push({ name, ...(of !== undefined && { of }), votes: new Map(), mentions: new Map() })
  reading.byKey.set(key, index)
  return index
}

/** The user, or whoever else speaks; `undefined` in a passage that nobody speaks. */
export function speakerIndex(reading: Reading): number | undefined {
  const { speaker } = reading.passage
  if (speaker === undefined) return undefined
  const index = nameIndex(reading, { role: speaker === 'self' ? 'self' : 'speaker' })
  voteType(reading, index, 'person', 10)
  return index
}

export function addMention(reading: Reading, index: number, span: TextSpan): void {
  reading.entries[index]?.mentions.set(span.start, { start: span.start, end: span.end })
}

export function voteType(reading: Reading, index: number, type: EntityType, weight: number): void {
  const votes = reading.entries[index]?.votes
  votes?.set(type, (votes.get(type) ?? 0) + weight)
}

export function typeOf(reading: Reading, index: number): EntityType {
  let best: EntityType = 'other'
  let most = 0
  for (const [type, weight] of reading.entries[index]?.votes ?? []) {
    if (weight > most) {
      best = type
      most = weight
    }
  }
  return best
}

/** The name that facts are told of: the whole name behind a part of it. */
function wholeName(reading: Reading, index: number): number {
  return reading.whole.get(index) ?? index
}

export function isSpeaker(reading: Reading, index: number): boolean {
  return typeof reading.entries[index]?.name !== 'string'
}

export function addFact(
  reading: Reading,
  fact: {
    readonly subject: number
    readonly predicate: string
    readonly object: number | Value
    readonly span: TextSpan
    readonly valid?: ValidTime
    readonly negated?: boolean
    readonly confidence: number
  },
): void {
  const subject = wholeName(reading, fact.subject)
  const object = typeof fact.object === 'number' ? { name: wholeName(reading, fact.object) } : fact.object
  if ('name' in object && object.name === subject) return
  if ('value' in object && object.value.length === 0) return
  const valid = fact.valid ?? {}
  const negated = fact.negated ?? false
  const key = JSON.stringify([subject, fact.predicate, object, negated])
  const known = reading.facts.get(key)
  if (known && (known.confidence >= fact.confidence || Object.keys(known.valid).length > Object.keys(valid).length)) return
  reading.facts.set(key, {
    subject,
    predicate: fact.predicate,
    object,
    span: fact.span,
    valid,
    negated,
    exclusive: isExclusive(fact.predicate),
    confidence: fact.confidence,
  })
}

export function addSame(reading: Reading, a: number, b: number, confidence: number): void {
  if (a !== b) reading.same.set(`${Math.min(a, b)} ${Math.max(a, b)}`, { a: Math.min(a, b), b: Math.max(a, b), confidence })
}

/** Remembers who was spoken of last. */
export function notice(reading: Reading, index: number, gender?: 'masculine' | 'feminine'): void {
  const name = wholeName(reading, index)
  const known = reading.people.findIndex((each) => each.name === name)
  const before = known < 0 ? undefined : reading.people.splice(known, 1)[0]
  reading.people.push({ name, gender: gender ?? before?.gender })
}

export function finished(reading: Reading): Extraction {
  return {
    names: reading.entries.map((entry, index) => ({
      name: entry.name,
      type: typeOf(reading, index),
      ...(entry.of !== undefined && { of: entry.of }),
      ...(entry.discriminator !== undefined && { discriminator: entry.discriminator }),
      mentions: [...entry.mentions.values()].sort((a, b) => a.start - b.start),
    })),
    facts: [...reading.facts.values()],
    same: [...reading.same.values()],
  }
}

/** Names that differ in case, accents or punctuation alone are one in a passage. */
export function nameKey(name: string): string {
  const folded = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the (?=.)/, '')
  return folded.length > 0 ? folded : name
}
