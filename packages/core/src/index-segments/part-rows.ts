import type { IndexedSentence } from './segment-content.ts'

/** Numbers of a row of sentences. */
export const sentenceWidth = 3

/** The sentence of a row: where it starts, where it ends, and twice where its tokens end, with 1 more for one that asks. */
export function sentenceAt(rows: Int32Array, row: number): IndexedSentence {
  const at = row * sentenceWidth
  const last = rows[at + 2] ?? 0
  return { start: rows[at] ?? 0, end: rows[at + 1] ?? 0, tokenEnd: last >>> 1, asks: last % 2 === 1 }
}

/** Numbers of a row of mentions. */
export const mentionWidth = 3

/** The mention of a row: numbers that stand for a sense, a type (a place in `entityTypes`), and a name. */
export function mentionAt(rows: Int32Array, row: number): { readonly sense: number; readonly type: number; readonly name: number } {
  const at = row * mentionWidth
  return { sense: rows[at] ?? 0, type: rows[at + 1] ?? 0, name: rows[at + 2] ?? 0 }
}
