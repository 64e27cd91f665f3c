import type { Bill } from '../models/bill.ts'
import type { Budget } from '../models/budget.ts'
import type { CallOptions } from '../spec/index.ts'
import type { EntityView, FactView } from '../view/views.ts'
import type { Explanation } from './explanation.ts'

/** Which moment a question is about. */
export interface TimeOptions {
  /** A moment of valid time: facts that held then. Default: now. */
  readonly asOf?: Date | string
  /** A moment of recorded time: what the memory believed then. Hides all that was recorded later, in every stage. */
  readonly knownAt?: Date | string
  /** Facts of all times, ended ones too. Default `false`. */
  readonly history?: boolean
}

/** Conditions that all have to hold. They only narrow what is found. */
export interface Filter {
  /** All of these tags. */
  readonly tags?: readonly string[]
  /** One of these. */
  readonly source?: string | readonly string[]
  readonly session?: string | readonly string[]
  readonly speaker?: string | readonly string[]
  readonly kind?: 'text' | 'turn' | 'document'
  /** Said or written at or after this. */
  readonly after?: Date | string
  /** Said or written before this. */
  readonly before?: Date | string
  readonly minImportance?: number
  /** Equal values under these keys. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>
}

export interface RecallOptions extends CallOptions, TimeOptions {
  /** Passages to return, 1 to 1,000. Default 10. */
  readonly limit?: number
  /** The size of `context`, in tokens of about four characters. Default 2,000. */
  readonly maxContextTokens?: number
  readonly where?: Filter
  /** When the question is asked. Default: now. */
  readonly at?: Date | string
  /** Says why each passage was found; with `chunkIds`, also why these were not. Default `false`. */
  readonly explain?: boolean | { readonly chunkIds?: readonly string[] }
  /** What models may take for it; a call that it does not reach for is refused with `BUDGET_EXCEEDED`. Default: not limited. */
  readonly budget?: Budget
}

export interface QueryOptions extends RecallOptions {
  /** The least confidence of an answer, 0 to 1. Default 0.5. */
  readonly minConfidence?: number
  /** Is told what the query comes to, for somebody who waits for a slow model. Of an answer that was kept, or is being made for an equal call, nothing. */
  readonly onStage?: (stage: QueryStage) => void
}

/** What a query comes to: to look for passages, then to have the reasoner answer from so many. */
export type QueryStage =
  | { readonly stage: 'recalling' }
  | { readonly stage: 'answering'; readonly passages: number; readonly facts: number }

export interface RecallResult {
  readonly chunks: readonly RecalledChunk[]
  readonly facts: readonly FactView[]
  readonly entities: readonly EntityView[]
  /** The passages and facts as a text for a prompt, with their ids, within the budget. */
  readonly context: string
  /** When `explain` asks for it. */
  readonly explanation?: Explanation
  readonly version: number
  /** What it took of models; empty when it comes from the cache, or from an equal call that was under way. */
  readonly usage: Bill
  readonly timings: Timings
}

export interface RecalledChunk {
  readonly id: string
  readonly episodeId: string
  readonly text: string
  readonly title?: string
  readonly source?: string
  readonly session?: string
  readonly speaker?: string
  readonly at?: Date
  /** 0 and up; comparable within one result only. */
  readonly score: number
}

export interface QueryResult {
  /** "No information found" when `found` is false. */
  readonly answer: string
  readonly found: boolean
  /** 0 to 1; 0 when nothing was found. */
  readonly confidence: number
  readonly citations: readonly Citation[]
  readonly facts: readonly FactView[]
  readonly entities: readonly EntityView[]
  readonly chunks: readonly RecalledChunk[]
  readonly context: string
  /** When `explain` asks for it. */
  readonly explanation?: Explanation
  readonly version: number
  /** What it took of models; empty when it comes from the cache, or from an equal call that was under way. */
  readonly usage: Bill
  readonly timings: Timings
}

/** What an answer rests on. */
export interface Citation {
  readonly episodeId: string
  readonly chunkId: string
  /** The sentence, within the chunk's text. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly factId?: string
  readonly title?: string
  readonly source?: string
  readonly speaker?: string
  readonly at?: Date
}

/** Milliseconds, by stage. */
export interface Timings {
  readonly indexMs: number
  readonly rankMs: number
  readonly readMs: number
  readonly answerMs: number
  readonly totalMs: number
}
