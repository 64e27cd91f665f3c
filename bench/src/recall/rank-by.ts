import { recallWeights } from '@graphmem/core'
import type { BenchSignal, Candidate, WeighedQuery } from './weighed-query.ts'

export type Weights = Readonly<Partial<Record<BenchSignal, number>>>

/** As core chooses: how many of the best may change places. */
const depth = 25

/** Ranks a question's candidates by other weights than the shipped, and chooses as core does. @returns ids of episodes, best first. */
export function rankBy(weights: Weights, { candidates, terms }: WeighedQuery, cover: number = recallWeights.cover): readonly string[] {
  const scored = candidates.map((candidate) => ({ candidate, score: weigh(weights, candidate) }))
  scored.sort((a, b) => b.score - a.score || (a.candidate.chunkId < b.candidate.chunkId ? -1 : 1))
  const left = scored.slice(0, depth)
  const total = terms.reduce((sum, { weight }) => sum + weight, 0) || 1
  const covered = new Set<string>()
  const chosen: Candidate[] = []
  while (left.length > 0) {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (const [place, { candidate, score }] of left.entries()) {
      const first = terms.reduce((sum, { word, weight }) => sum + (candidate.has.has(word) && !covered.has(word) ? weight : 0), 0)
      if (score + (cover * first) / total > most) [best, most] = [place, score + (cover * first) / total]
    }
    for (const { candidate } of left.splice(best, 1)) {
      chosen.push(candidate)
      for (const word of candidate.has) covered.add(word)
    }
  }
  return [...new Set([...chosen, ...scored.slice(depth).map(({ candidate }) => candidate)].map(({ episodeId }) => episodeId))]
}

function weigh(weights: Weights, { signals }: Candidate): number {
  let score = 0
  for (const [name, value] of signals) score += (weights[name] ?? 0) * value
  return score
}
