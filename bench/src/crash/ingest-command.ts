import type { KeptAt } from '../stores/kept-at.ts'

/** What a child of the crash bench does: one ingest into one memory. */
export interface IngestCommand {
  readonly keptAt: KeptAt
  /** Which episodes, in which order. */
  readonly places: readonly number[]
  readonly batchSize: number
  /** End the process before statement `boundary` of this apply, or after its last; both count from 0. */
  readonly killAt?: { readonly apply: number; readonly boundary: number }
  /** Wait for a line on standard input once everything is loaded. */
  readonly wait?: boolean
}

/** What the child says on standard output when it got to its end. */
export interface IngestOutcome {
  /** The number of statements of each apply. */
  readonly applies: readonly number[]
  /** How often another process came between. */
  readonly conflicts: number
}

/** What the child says on file descriptor 3 as it happens, one letter each. */
export const marks = { ready: 'r', begin: 'b', end: 'e' } as const
