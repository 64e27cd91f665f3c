import type { Asked } from './asked.ts'
import type { Scored } from './hop.ts'
import { onlyness, type Seed } from './own-evidence.ts'

/** The weight of the cosine beside BM25, both as shares of the best: a weak second signal is added to a strong one, never fused by rank. */
const cosineWeight = 0.5
/** What a passage gains from the one before it and the one after: an answer often carries none of its question's words. */
const beforeWeight = 0.4
const afterWeight = 0.3

/**
 * What each passage shows by itself, by number of chunk: `bm25 / best + ½ cosine / best + named`, where `named` is 1 for a passage whose title the
 * question names, ½ for another name of its, over the number of passages of that name; then `.4` of what is before it and `.3` of what is after.
 * Costs the number of passages.
 */
export function firstScores(asked: Asked, seeds: ReadonlyMap<number, Seed>): Float64Array {
  const { believed, before, after } = asked.passages
  const own = new Float64Array(believed.length)
  for (let number = 0; number < own.length; number += 1) {
    own[number] = (asked.bm25[number] ?? 0) / asked.bestBm25 + (cosineWeight * (asked.cosine[number] ?? 0)) / asked.bestCosine
  }
  for (const [number, { name, kind }] of seeds) own[number] = (own[number] ?? 0) + (kind >= 2 ? 1 : 0.5) * onlyness(name.about)
  const scores = new Float64Array(believed.length)
  for (let number = 0; number < own.length; number += 1) {
    const beside = beforeWeight * (own[before[number] ?? -1] ?? 0) + afterWeight * (own[after[number] ?? -1] ?? 0)
    scores[number] = (own[number] ?? 0) + beside
  }
  return scores
}

/** The best of the believed passages with a score above 0, best first; equal ones in the order of ids. */
export function bestOf(scores: Float64Array | Float32Array, count: number, asked: Asked): readonly Scored[] {
  const { believed, index } = asked.passages
  const kept: Scored[] = []
  let least = 0
  for (let number = 0; number < scores.length; number += 1) {
    const score = scores[number] ?? 0
    if (score <= 0 || score < least || believed[number] !== 1) continue
    kept.push({ number, score })
    if (kept.length >= count * 4) {
      kept.sort(byScore(index.chunks))
      kept.length = count
      least = kept.at(-1)?.score ?? 0
    }
  }
  return kept.sort(byScore(index.chunks)).slice(0, count)
}

/** Best first; equal ones in the order of ids. */
export function byScore(chunks: readonly { readonly id: string }[]): (a: Scored, b: Scored) => number {
  return (a, b) => b.score - a.score || ((chunks[a.number]?.id ?? '') < (chunks[b.number]?.id ?? '') ? -1 : 1)
}
