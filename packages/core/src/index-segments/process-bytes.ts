import type { RecallIndex } from './recall-index.ts'

const bytesOfAny = 48 * 1024
/** Or of its stem. */
const bytesOfWord = 400
/** For a byte of segments. */
const expansion = 8

/**
 * What an index takes in the process, with what recall makes of it as it is asked: an estimate by the bytes of its segments, and by its different
 * words, which are many for its size while it is small. `npm run bench -- memories` sets the growth of the heap beside it, over prose and over turns,
 * of small memories and large ones, after one question and after a hundred: from 0.6 of the estimate to 1.1.
 */
export function processBytes(index: RecallIndex): number {
  return bytesOfAny + index.words.strings.length * bytesOfWord + index.sizeBytes * expansion
}
