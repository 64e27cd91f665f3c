import type { Placement } from './laboratory.ts'

/** What a process of its own measures. */
export interface SizeCommand {
  readonly placement: Placement
  /** How many passages the memory holds. */
  readonly passages: number
  /** Whether facts and names are extracted, or passages indexed only. */
  readonly extracts: boolean
  /** How often each question is asked. */
  readonly rounds: number
}

export interface SizeOutcome {
  readonly ingestMs: number
  readonly sentences: number
  /** Milliseconds of each warm call. */
  readonly recallMs: readonly number[]
  readonly queryMs: readonly number[]
  /** Of each query, what the reasoner took to answer. */
  readonly answerMs: readonly number[]
  /** Of recalls that open the file and read the index first; none in memory. */
  readonly coldMs: readonly number[]
  readonly segmentBytes: number
  /** Heap and buffers that the index and all that questions leave behind take, after garbage was collected; 0 in memory, where records take more. */
  readonly indexBytes: number
  /** Of the file; 0 in memory. */
  readonly diskBytes: number
}
