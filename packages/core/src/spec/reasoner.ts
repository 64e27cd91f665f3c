import type { LanguageModel } from './language-model.ts'
import type { ModelOptions } from './model-calls.ts'
import type { EntityType } from './records.ts'
import type { TextSpan } from './text-span.ts'
import type { Instant, ValidTime } from './time.ts'

/** What understands language: a language model, or the local one. It knows nothing of stores, scopes or ids other than those it is given. */
export interface Reasoner {
  readonly specVersion: 1
  /** Names the reasoner and its version. */
  readonly id: string
  /** The model that it calls, once a passage and once an answer. Absent for one that calls none. */
  readonly model?: LanguageModel
  /** Whether `extract` is to be given what the memory knows near the passage. What a memory holds then depends on the order it was fed in. */
  readonly readsKnown?: boolean
  /** Reads one passage. What it returns depends on the passage alone, never on what was read before. */
  extract(passage: Passage, options?: ModelOptions): Promise<Extraction>
  /** Answers from the evidence given, and nothing else; `undefined` when the evidence does not answer the question. */
  answer(question: Question, evidence: Evidence, options?: ModelOptions): Promise<ReasonedAnswer | undefined>
  /** Says in a few sentences what texts have in common; of what they say, and nothing else. */
  summarise?(texts: readonly string[], options?: ModelOptions): Promise<string>
  /** Judges of each pair whether both are the same person or thing, all pairs in one call. One judgement a pair, in order. */
  judge?(pairs: readonly EntityPair[], options?: ModelOptions): Promise<readonly Judgement[]>
  /** The request that `extract` would make, without making it: what `estimate()` counts. Required with `model`. */
  extractionOf?(passage: Passage): RequestSize
}

/** What a request takes, in tokens. */
export interface RequestSize {
  /** Counted roughly, from above: of text in Latin script, about a quarter of its characters. */
  readonly inputTokens: number
  /** What an answer usually takes. */
  readonly outputTokens: number
  /** What it takes at most. */
  readonly maxOutputTokens: number
}

/** Two entities, as far as a memory describes them. */
export type EntityPair = readonly [EntityDescription, EntityDescription]

export interface EntityDescription {
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: EntityType
  /** What is known of it, a sentence each. */
  readonly facts: readonly string[]
}

export interface Judgement {
  readonly verdict: 'same' | 'different' | 'unsure'
  /** 0 to 1. */
  readonly confidence: number
}

/** How the user is called. */
export interface Self {
  /** Absent when nobody said. A user id is never used as a name. */
  readonly name?: string
  readonly aliases: readonly string[]
}

/** What a reasoner reads: one chunk and what is known of where it stands. */
export interface Passage {
  readonly text: string
  readonly kind: 'text' | 'turn' | 'document'
  readonly title?: string
  /** Who says "I": the user, somebody else by name (`''` when the other has none, as an assistant), or nobody (`undefined`), as in a document. */
  readonly speaker?: 'self' | { readonly name: string }
  readonly self: Self
  /** When it was said or written; "yesterday" is counted from here. */
  readonly at?: Instant
  /** What the memory knows near the passage, for a reasoner that `readsKnown`. */
  readonly known?: Known
}

/** Entities that a passage seems to name, and what is believed of them. All lists are bounded. */
export interface Known {
  readonly entities: readonly EntityDescription[]
  readonly facts: readonly KnownFact[]
}

export interface KnownFact {
  /** The place of its subject in `entities`. */
  readonly subject: number
  readonly predicate: string
  /** A value, or the name of an entity. */
  readonly object: string
  readonly valid: ValidTime
}

/** What was read in a passage. Numbers refer to `names` by their place. All spans are within the passage's text. */
export interface Extraction {
  readonly names: readonly ExtractedName[]
  readonly facts: readonly ExtractedFact[]
  /** Names of this passage that mean the same: "Robert, known as Bob". */
  readonly same: readonly { readonly a: number; readonly b: number; readonly confidence: number }[]
  /** Names of this passage that mean a known entity, by its place in `known.entities`, though it may be written otherwise there. */
  readonly resolved?: readonly { readonly name: number; readonly entity: number; readonly confidence: number }[]
  /** Known facts, by their place in `known.facts`, that the passage says hold no more, or never did; with the sentence that says so. */
  readonly contradicted?: readonly {
    readonly fact: number
    readonly span: TextSpan
    /** Since when it holds no more, where the passage says. */
    readonly valid: ValidTime
    readonly confidence: number
  }[]
}

export interface ExtractedName {
  /**
   * A name as the text writes it; or `'self'`, the user, or `'speaker'`, whoever else says "I": these two appear once at most, and only if the
   * passage has such a speaker.
   */
  readonly name: string | { readonly role: 'self' | 'speaker' }
  readonly type: EntityType
  /** For somebody known only by what they are to another ("my sister"): the place of that other in `names`; `name` is then the bare noun ("sister"). */
  readonly of?: number
  /** What tells this bearer of the name from others, where the text says it: "footballer". */
  readonly discriminator?: string
  /** Where the passage names it, in order; empty for a name that only the passage's title gives. */
  readonly mentions: readonly TextSpan[]
}

export interface ExtractedFact {
  readonly subject: number
  /** Lower case with underscores: `works_at`. */
  readonly predicate: string
  readonly object: { readonly name: number } | { readonly value: string; readonly valueType: 'text' | 'date' | 'quantity' | 'boolean' }
  /** The sentence it rests on. */
  readonly span: TextSpan
  readonly valid: ValidTime
  readonly negated: boolean
  /** Whether a subject has one of these at a time. The same for all facts of a predicate. */
  readonly exclusive: boolean
  /** 0 to 1. */
  readonly confidence: number
}

export interface Question {
  readonly text: string
  /** Who asks: "I" and "my" in the question mean this user. */
  readonly self: Self
  /** When it is asked. */
  readonly at: Instant
}

/** What was recalled for a question, best first. */
export interface Evidence {
  readonly passages: readonly EvidencePassage[]
  readonly facts: readonly EvidenceFact[]
  /** The names in the question which the memory knows, with whom they mean there. */
  readonly named: readonly EvidenceEntity[]
}

export interface EvidencePassage {
  readonly chunkId: string
  readonly text: string
  readonly sentences: readonly TextSpan[]
  readonly kind: 'text' | 'turn' | 'document'
  readonly title?: string
  readonly speaker?: 'self' | { readonly name: string }
  readonly at?: Instant
  readonly session?: string
  readonly sequence?: number
  /** The recall score: 0 and up, comparable within one question only. */
  readonly score: number
}

export interface EvidenceEntity {
  readonly entityId: string
  /** Empty for a user who has no name. */
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: EntityType
  readonly isSelf: boolean
  /** For somebody known only by what they are to another: whose. `name` is then the bare noun. */
  readonly of?: string
}

export interface EvidenceFact {
  readonly factId: string
  readonly subject: EvidenceEntity
  readonly predicate: string
  readonly object: EvidenceEntity | { readonly value: string; readonly valueType: 'text' | 'date' | 'quantity' | 'boolean' }
  readonly valid: ValidTime
  readonly negated: boolean
  /** Whether it holds at the time that the question is about. */
  readonly holds: boolean
  readonly chunkId: string
  /** The sentence it rests on, within that chunk's text. */
  readonly span: TextSpan
  /** When that was said, if known. */
  readonly at?: Instant
  readonly confidence: number
}

export interface ReasonedAnswer {
  /** Short: a name, a phrase, a date, or a sentence of the evidence. */
  readonly text: string
  /** What it rests on; at least one. */
  readonly citations: readonly { readonly chunkId: string; readonly span?: TextSpan; readonly factId?: string }[]
  /** 0 to 1: how likely the cited evidence is to answer the question that was asked. */
  readonly support: number
}
