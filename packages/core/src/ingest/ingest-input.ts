import type { Bill } from '../models/bill.ts'
import type { Budget } from '../models/budget.ts'
import type { CallOptions, GraphMemErrorCode } from '../spec/index.ts'

/** What can be remembered: a text, turns of a conversation, or documents. */
export type IngestInput =
  | string
  | TextInput
  | { readonly turns: readonly TurnInput[]; readonly session?: string }
  | { readonly documents: readonly DocumentInput[] }

interface EpisodeInput {
  /** The caller's own id: the same id again is the same episode. Without one, identity is a hash of source, time, place in the session, speaker and text. */
  readonly id?: string
  /** When it was said or written. A text or turn without time, id and sequence is said now, and so never the same twice. */
  readonly at?: Date | string
  readonly source?: string
  readonly tags?: readonly string[]
  readonly metadata?: Readonly<Record<string, string | number | boolean>>
  /** 0 (ephemeral) to 10 (critical). */
  readonly importance?: number
}

/** Something the user says. */
export interface TextInput extends EpisodeInput {
  readonly text: string
}

/** One turn of a conversation. */
export interface TurnInput extends EpisodeInput {
  /** Default `user`. A `user` turn without a name, or with the user's own, is the user's; "I" in it is the user. */
  readonly role?: 'user' | 'assistant' | 'system'
  /** Who speaks, where that is not the user. */
  readonly name?: string
  readonly content: string
  readonly session?: string
  /** The place in the session, from 0. Default: the place in `turns`, when the session is given and times are not. */
  readonly sequence?: number
}

/** A document. Nobody says "I" in it. */
export interface DocumentInput extends EpisodeInput {
  readonly title?: string
  readonly text: string
}

export interface IngestOptions extends CallOptions {
  /** Supersede an episode of the same id with other content, instead of refusing. Default `false`. */
  readonly replace?: boolean
  /** Chunks an apply. 1 to 1,000. Default 64, and where a model reads, `concurrency`. */
  readonly batchSize?: number
  /** Chunks read at once by the reasoner. 1 to 64. Default 8. */
  readonly concurrency?: number
  /** What models may take for it. Chunks that it does not reach for are reported as failed, with `BUDGET_EXCEEDED`. Default: not limited. */
  readonly budget?: Budget
  readonly onProgress?: (progress: IngestProgress) => void
}

export interface IngestProgress {
  readonly stage: 'parsing' | 'chunking' | 'extracting' | 'resolving' | 'embedding' | 'persisting' | 'complete'
  /** Chunks that are through: written, known before, or failed. */
  readonly done: number
  readonly total: number
}

export interface IngestResult {
  readonly episodes: readonly IngestedEpisode[]
  /** Counts over `episodes`. */
  readonly added: number
  readonly unchanged: number
  readonly replaced: number
  /** Episodes of which at least one chunk failed. The same call again tries those chunks, and only those. */
  readonly failed: number
  /** Names and facts that were new to the memory. */
  readonly entities: number
  readonly facts: number
  readonly chunks: number
  /** The memory's version after it. */
  readonly version: number
  /** What it took of models, failed requests included. */
  readonly usage: Bill
  readonly durationMs: number
}

export interface IngestedEpisode {
  readonly id: string
  readonly key: string
  readonly status: 'added' | 'unchanged' | 'replaced' | 'failed'
  /** The chunks that failed, with the reason. */
  readonly failures: readonly { readonly chunk: number; readonly code: GraphMemErrorCode; readonly message: string }[]
}
