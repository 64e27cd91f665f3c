import type { Analyzer } from '../spec/index.ts'
import { type IndexedChunk, type SegmentContent, tokenWord } from './segment-content.ts'

/** The stems of the words of chunks, so that nobody who loads them has to stem: see {@link SegmentContent}. */
export function stemsOf(chunks: readonly IndexedChunk[], strings: readonly string[], analyzer: Analyzer): SegmentContent['stems'] {
  const words = new Set<number>()
  for (const { tokens, about } of chunks) {
    for (const value of tokens) words.add(tokenWord(value))
    for (const name of about) for (const word of name.words) words.add(word)
  }
  return strings.map((word, place) => {
    if (!words.has(place)) return undefined
    return analyzer.isStopWord(word) ? '' : analyzer.stem(word)
  })
}
