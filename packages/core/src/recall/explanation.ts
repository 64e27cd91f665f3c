import type { SignalName } from './signals.ts'

/** Why a question found what it found. */
export interface Explanation {
  /** Which weights ranked. */
  readonly weightsVersion: number
  /** What was asked for: the question's content words, with their weight in this memory, about 0 to 1. */
  readonly terms: readonly { readonly word: string; readonly weight: number }[]
  /** The names in the question, folded. */
  readonly names: readonly string[]
  /** The passages that were returned, in their order. */
  readonly chunks: readonly ExplainedChunk[]
  /** Those of `explain.chunkIds`, in their order. */
  readonly whyNot: readonly WhyNot[]
}

export interface ExplainedChunk {
  readonly chunkId: string
  /** From 1, before filters. Absent for a passage that was not weighed: nothing led to it but a word. */
  readonly rank?: number
  readonly score: number
  /** What each signal that is not 0 gave, the most first. Empty for a passage that was not weighed. */
  readonly signals: readonly ExplainedSignal[]
  /** The words of the question that it has. */
  readonly has: readonly string[]
  /** The name by which the question names it, folded. */
  readonly namedAs?: string
  /** How it was reached from a passage that fits the question, first step first; empty when it was found by itself. */
  readonly path: readonly PathStep[]
}

export interface ExplainedSignal {
  readonly name: SignalName
  readonly value: number
  readonly weight: number
  /** `value · weight`: what it adds to the score. */
  readonly gave: number
}

/** A name that was followed. */
export interface PathStep {
  /** The passage that speaks of the name, and its sentence, as a stretch of its text. */
  readonly fromChunkId: string
  readonly start: number
  readonly end: number
  readonly sentence: string
  /** The name, folded. */
  readonly name: string
  /** Whether the passage that it leads to is about the name, or speaks of it. */
  readonly leadsTo: 'about' | 'speaks'
}

/** Why a passage is not among the returned. */
export interface WhyNot {
  readonly chunkId: string
  /**
   * `returned`: it is. `unknown`: no believed passage has this id. `filtered`: the filter left it out. `outranked`: others scored more.
   * `not-weighed`: neither its own words nor a name led to it.
   */
  readonly reason: 'returned' | 'unknown' | 'filtered' | 'outranked' | 'not-weighed'
  /** How far its score is below that of the last passage returned. */
  readonly short?: number
  readonly explained?: ExplainedChunk
}
