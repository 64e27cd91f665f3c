import type { Asked } from './asked.ts'
import type { Scored } from './hop.ts'

/** How many of the best may change places. */
const depth = 25

/**
 * Puts passages first that together cover the question: from the best {@link depth}, one after the other, the one with the most
 * `score + weight · share of the question's terms that it is the first to have`. A passage that another overtakes keeps no higher score than that
 * one, so that scores never grow along the list, and fewer passages are always the first of more.
 */
export function choosePassages(ranked: readonly Scored[], asked: Asked, weight: number): readonly Scored[] {
  if (weight === 0) return ranked
  const left = ranked.slice(0, depth)
  let least = Number.POSITIVE_INFINITY
  const chosen: Scored[] = []
  const covered = new Uint8Array(asked.terms.length)
  while (left.length > 0) {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (const [place, { number, score }] of left.entries()) {
      const value = score + weight * newShare(number, covered, asked)
      if (value > most) [best, most] = [place, value]
    }
    const [next] = left.splice(best, 1)
    if (next === undefined) break
    least = Math.min(least, next.score)
    chosen.push({ number: next.number, score: least })
    for (let term = 0; term < covered.length; term += 1) if (has(next.number, term, asked)) covered[term] = 1
  }
  return [...chosen, ...ranked.slice(depth)]
}

function newShare(number: number, covered: Uint8Array, asked: Asked): number {
  let share = 0
  for (let term = 0; term < covered.length; term += 1) {
    if (covered[term] === 0 && has(number, term, asked)) share += asked.terms[term]?.weight ?? 0
  }
  return share / asked.totalWeight
}

function has(number: number, term: number, { frequencies }: Asked): boolean {
  return (frequencies[term]?.[number] ?? 0) > 0
}
