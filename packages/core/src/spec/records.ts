import type { TextSpan } from './text-span.ts'
import type { Instant, ValidTime } from './time.ts'

/**
 * What a memory keeps. Every record is immutable, its id follows from its content, and none of them names a tenant: who a record belongs to
 * is the scope it was written under, and nothing else. The only thing about a record that ever changes is that an episode is retired.
 */
export interface Records {
  readonly episodes: Episode
  readonly chunks: Chunk
  readonly senses: Sense
  readonly decisions: Decision
  readonly facts: Fact
  readonly assertions: Assertion
  readonly corrections: Correction
}

/** The kinds of records, in the order in which they refer to each other. */
export const recordKinds: readonly RecordKind[] = ['episodes', 'chunks', 'senses', 'decisions', 'facts', 'assertions', 'corrections']

export type RecordKind = keyof Records

/** One thing ingested, kept whole. */
export interface Episode {
  /** Follows from the key and the content: a replaced episode and the one that replaced it share the key, and not the id. */
  readonly id: string
  /** What makes it the same episode when it comes again: the caller's id, else a hash of source, time, place in the session, speaker and text. */
  readonly key: string
  readonly kind: 'text' | 'turn' | 'document'
  readonly text: string
  readonly title?: string
  /** Where it came from: a path, an address, the name of a channel. */
  readonly source?: string
  /** When it was said or written. Relative times in it are resolved against this. */
  readonly at?: Instant
  readonly session?: string
  /** The place in the session, from 0. */
  readonly sequence?: number
  readonly role?: 'user' | 'assistant' | 'system'
  /** The name of who speaks; absent when it is the user, who may have no name. */
  readonly speaker?: string
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, string | number | boolean>>
  /** 0 (ephemeral) to 10 (critical). */
  readonly importance?: number
  /** SHA-256 of all that is above, in base32. */
  readonly contentHash: string
  /** How many chunks it is cut into. */
  readonly chunkCount: number
  /** When the memory came to know it. */
  readonly recordedAt: Instant
  /** When it was replaced or retracted; what it supports is not believed from then on. */
  readonly retiredAt?: Instant
}

/** A passage of an episode, with what was read in it. It is believed as long as its episode is. */
export interface Chunk {
  readonly id: string
  readonly episodeId: string
  /** The place in the episode, from 0. */
  readonly index: number
  /** Where it stands in the episode's text. */
  readonly span: TextSpan
  readonly text: string
  readonly sentences: readonly TextSpan[]
  readonly mentions: readonly Mention[]
  readonly recordedAt: Instant
}

/** That a stretch of a chunk names a sense. Spans are within the chunk's text; a sense that is spoken of without a name ("I") has the span of that word. */
export interface Mention {
  readonly senseId: string
  readonly span: TextSpan
  readonly type: EntityType
}

/** What kind of thing a name stands for, as the sentence at hand shows it; an entity's own type is what most of its mentions say. */
export type EntityType = (typeof entityTypes)[number]

export const entityTypes = [
  'person',
  'organisation',
  'place',
  'animal',
  'work',
  'product',
  'event',
  'group',
  'concept',
  'date',
  'quantity',
  'other',
] as const

/** One bearer of a name. The user is the sense with the key `@self`, which no name can have. */
export interface Sense {
  readonly id: string
  /** The name in its normalised form: folded, without punctuation. Never empty, in any script. */
  readonly key: string
  /** What tells bearers of one name apart: "footballer", or the id of the sense whose "sister" this is. Empty for the ordinary one. */
  readonly discriminator: string
  /** What names that may mean the same have in common; only senses of one block are compared. */
  readonly block: string
}

/** That two senses are, or are not, the same entity. Senses joined by believed decisions form an entity, unless a `different` of more weight keeps them apart. */
export interface Decision {
  readonly id: string
  readonly verdict: 'same' | 'different'
  /** Two sense ids, the smaller first. */
  readonly senses: readonly [string, string]
  /** Why: `self`, `alias`, `title`, `name`, `resolved`, `user`. */
  readonly rule: string
  /** 0 to 1. */
  readonly confidence: number
  /** The chunk that says so. Absent where the names themselves, or the user, decide. */
  readonly chunkId?: string
  readonly recordedAt: Instant
}

/** What a fact is about on its far end: another sense, or a plain value. */
export type FactObject =
  | { readonly senseId: string }
  | { readonly value: string; readonly valueType: 'text' | 'date' | 'quantity' | 'boolean' }

/** That something holds: subject, predicate, object, start. */
export interface Fact {
  readonly id: string
  readonly subjectId: string
  /** Lower case with underscores: `works_at`. */
  readonly predicate: string
  readonly object: FactObject
  /** Whether the subject has one of these at a time, so that a later one ends an earlier. */
  readonly exclusive: boolean
  readonly from?: Instant
}

/**
 * One place that says a fact, or that ends one which other places say: core tells the two apart by the id. Append only; believed as long as its chunk
 * is.
 */
export interface Assertion {
  readonly id: string
  readonly factId: string
  readonly chunkId: string
  /** The sentence it rests on, within the chunk's text. */
  readonly span: TextSpan
  readonly valid: ValidTime
  /** "I don't work at Google." */
  readonly negated: boolean
  /** 0 to 1: how sure the reasoner is that the text says so. */
  readonly confidence: number
}

/** What the user said about what the memory holds. The latest about a target holds. */
export interface Correction {
  readonly id: string
  readonly verdict: 'retract' | 'restore' | 'pin' | 'unpin'
  readonly target: { readonly kind: 'facts' | 'decisions'; readonly id: string }
  readonly reason?: string
  readonly recordedAt: Instant
}
