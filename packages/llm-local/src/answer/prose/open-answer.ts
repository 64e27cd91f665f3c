import type { Candidate } from '../candidate.ts'
import type { OpenCandidate } from './open-candidates.ts'
import { noneScore, openSignals, openWeights } from './open-weights.ts'
import { keyOf } from './prose.ts'

/** From this likelihood on an answer is about as often on the point as not. */
const evenOdds = 0.1

/** The likeliest stretch: `Σ weight · signal`, and how likely that is among all others and none. */
export function openAnswer(candidates: readonly OpenCandidate[]): Candidate | undefined {
  const scored = new Map<string, { readonly score: number; readonly candidate: OpenCandidate }>()
  for (const candidate of candidates) {
    const score = openSignals.reduce((sum, name) => sum + openWeights[name] * candidate.signals[name], 0)
    const key = keyOf(candidate.text)
    if (score > (scored.get(key)?.score ?? Number.NEGATIVE_INFINITY)) scored.set(key, { score, candidate })
  }
  const [best] = [...scored.values()].sort((a, b) => b.score - a.score)
  if (best === undefined) return undefined
  const { text, passage, sentence } = best.candidate
  const total = [...scored.values()].reduce((sum, { score }) => sum + Math.exp(score - best.score), Math.exp(noneScore - best.score))
  return {
    text,
    support: supportOf(1 / total),
    citations: [{ chunkId: passage.passage.chunkId, span: { start: sentence.start, end: sentence.end } }],
  }
}

function supportOf(share: number): number {
  return share < evenOdds ? (0.5 * share) / evenOdds : 0.5 + (0.45 * (share - evenOdds)) / (1 - evenOdds)
}
