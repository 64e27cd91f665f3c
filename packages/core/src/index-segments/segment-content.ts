import type { Assertion, Correction, Decision, Episode, Fact, Instant, Sense, TextSpan } from '../spec/index.ts'

/** What a segment of the recall index holds, decoded. */
export interface SegmentContent {
  /** The last version at which something was deleted: whoever loaded an older one has to load the index anew. 0 for never. */
  readonly rebuiltAt: number
  /** Words, surfaces of names and keys; the numbers in chunks refer to these. */
  readonly strings: readonly string[]
  /** By place in `strings`: the stem of a word, empty for a stop word; `undefined` for what is none. */
  readonly stems: readonly (string | undefined)[]
  readonly episodes: readonly IndexedEpisode[]
  readonly retired: readonly { readonly episodeId: string; readonly at: Instant }[]
  readonly chunks: readonly IndexedChunk[]
  readonly senses: readonly Sense[]
  readonly decisions: readonly Decision[]
  readonly facts: readonly Fact[]
  readonly assertions: readonly Assertion[]
  readonly corrections: readonly Correction[]
}

/** An episode without its text. */
export type IndexedEpisode = Omit<Episode, 'text' | 'key' | 'contentHash' | 'chunkCount' | 'retiredAt'>

export interface IndexedChunk {
  readonly id: string
  readonly episodeId: string
  readonly index: number
  readonly recordedAt: Instant
  /** The words of the title, then of each sentence: see {@link token}. */
  readonly tokens: Uint32Array
  /** How many of the tokens are the title's. */
  readonly titleTokens: number
  readonly sentences: readonly IndexedSentence[]
  readonly mentions: readonly IndexedMention[]
  /** The names that this passage is about, by key. */
  readonly about: readonly AboutName[]
  /** The passage's vector, each number in steps of `scale`. */
  readonly vector: Int8Array
  readonly scale: number
}

export interface IndexedSentence extends TextSpan {
  /** Where its tokens end: they begin where the ones before it end. */
  readonly tokenEnd: number
  /** Whether it ends in a question mark. */
  readonly asks: boolean
}

interface IndexedMention {
  readonly senseId: string
  /** Its place in `entityTypes`. */
  readonly type: number
  /** The name as written: a place in `strings`. */
  readonly surface: number
}

/** A name a passage is about. Kind, after the measured recipe: title 3, title without "(…)" 2.5, without its article 2, before a comma 1.5, subject of the first sentence 1.2, "known as X" 1; and without a title, what the first sentence defines 2. */
export interface AboutName {
  /** The name's key: a place in `strings`. */
  readonly key: number
  /** Its words as the analyzer cuts them: places in `strings`. */
  readonly words: readonly number[]
  readonly kind: number
}

const capitalised = 1
const numeric = 2
const afterBreak = 4

/** A word of a token stream in one number: the place of the word in `strings`, and three flags. */
export function token(
  word: number,
  flags: { readonly capitalised: boolean; readonly numeric: boolean; readonly afterBreak: boolean },
): number {
  return word * 8 + (flags.capitalised ? capitalised : 0) + (flags.numeric ? numeric : 0) + (flags.afterBreak ? afterBreak : 0)
}

/** The place in `strings` of a token's word. */
export function tokenWord(value: number): number {
  return value >>> 3
}

/** The flags of a token, to be kept when its word is numbered anew. */
export function tokenFlags(value: number): number {
  return value & 7
}

export function isCapitalised(value: number): boolean {
  return (value & capitalised) !== 0
}

export function isNumeric(value: number): boolean {
  return (value & numeric) !== 0
}

/** Whether punctuation before the word ends a name. */
export function isAfterBreak(value: number): boolean {
  return (value & afterBreak) !== 0
}
