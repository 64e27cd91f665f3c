import type { TextSpan } from './text-span.ts'

/** How text is cut into sentences and words for recall. Pure and deterministic: the same text always gives the same. */
export interface Analyzer {
  /** Names the analysis and its version, without white space. */
  readonly id: string
  /** The languages it knows, as BCP 47 tags. Others are cut into plain words, and scripts without spaces into pairs of characters. */
  readonly languages: readonly string[]
  sentences(text: string): readonly TextSpan[]
  words(text: string): readonly Word[]
  /** The form under which words of one stem meet. */
  stem(word: string): string
  /** Whether a word carries no content ("the"). */
  isStopWord(word: string): boolean
}

export interface Word extends TextSpan {
  /** Lower case, without marks. */
  readonly word: string
  readonly capitalised: boolean
  readonly numeric: boolean
  /** Whether punctuation before this word ends a name. */
  readonly afterBreak: boolean
}
