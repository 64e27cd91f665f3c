import type { RecallIndex } from '../index-segments/recall-index.ts'
import type { Instant } from '../spec/index.ts'

/** A stretch of time, from `from` up to and without `until`. */
export interface Stillness {
  readonly from: Instant
  readonly until: Instant
}

const found = new WeakMap<RecallIndex, { readonly segments: number; readonly stillness: Stillness }>()

/**
 * The stretch around a moment in which no fact of a memory begins or ends: for every moment in it, the same facts hold. A fact begins and ends
 * when it is said to, or, where nobody said, when it or what replaces it was said. Costs the facts and episodes once for each stretch and index.
 */
export function stillness(index: RecallIndex, now: Instant): Stillness {
  const last = found.get(index)
  if (last !== undefined && last.segments === index.segments && last.stillness.from <= now && now < last.stillness.until)
    return last.stillness
  let from = Number.NEGATIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  const turn = (moment: Instant | undefined) => {
    if (moment === undefined) return
    if (moment <= now) from = Math.max(from, moment)
    else until = Math.min(until, moment)
  }
  for (const { from: begin, assertions } of index.facts.values()) {
    turn(begin)
    for (const { valid } of assertions) {
      turn(valid.from)
      turn(valid.until)
    }
  }
  for (const { at, recordedAt, sequence } of index.episodes.values()) turn(at ?? recordedAt + (sequence ?? 0))
  const stillness = { from, until }
  found.set(index, { segments: index.segments, stillness })
  return stillness
}
