import type { LoadedAssertion } from '../index-segments/loaded-facts.ts'
import type { RecallIndex } from '../index-segments/recall-index.ts'
import type { Decision, Fact, Instant } from '../spec/index.ts'

/**
 * What a memory believes at a moment of recorded time: without one, now. Whatever was recorded later is as if it were not there: chunks, names,
 * decisions, corrections, and the statistics made of them.
 */
export class Belief {
  readonly index: RecallIndex
  readonly #knownAt: Instant
  readonly #verdicts: ReadonlyMap<string, { readonly hidden: boolean; readonly pinned: boolean }>

  constructor(index: RecallIndex, knownAt: Instant | undefined) {
    this.index = index
    this.#knownAt = knownAt ?? Number.POSITIVE_INFINITY
    this.#verdicts = verdictsOf(index, this.#knownAt)
  }

  chunk(number: number): boolean {
    const chunk = this.index.chunks[number]
    return chunk !== undefined && chunk.recordedAt <= this.#knownAt && !this.#isRetired(chunk.episodeId)
  }

  assertion(assertion: LoadedAssertion): boolean {
    return this.chunk(this.index.chunkOf(assertion))
  }

  fact(fact: Fact): boolean {
    return this.#verdicts.get(fact.id)?.hidden !== true
  }

  isPinned(fact: Fact): boolean {
    return this.#verdicts.get(fact.id)?.pinned === true
  }

  decision(decision: Decision): boolean {
    if (decision.recordedAt > this.#knownAt || this.isRetracted(decision)) return false
    const number = decision.chunkId === undefined ? undefined : this.index.chunkNumbers.get(decision.chunkId)
    return decision.chunkId === undefined || (number !== undefined && this.chunk(number))
  }

  /** Whether the user said that a decision is wrong. */
  isRetracted({ id }: Decision): boolean {
    return this.#verdicts.get(id)?.hidden === true
  }

  #isRetired(episodeId: string): boolean {
    const at = this.index.retiredAt.get(episodeId)
    return at !== undefined && at <= this.#knownAt
  }
}

function verdictsOf(index: RecallIndex, knownAt: Instant): ReadonlyMap<string, { readonly hidden: boolean; readonly pinned: boolean }> {
  const verdicts = new Map<string, { readonly hidden: boolean; readonly pinned: boolean }>()
  const known = index.corrections.filter(({ recordedAt }) => recordedAt <= knownAt)
  for (const { target, verdict } of known.sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1))) {
    const { hidden, pinned } = verdicts.get(target.id) ?? { hidden: false, pinned: false }
    verdicts.set(target.id, {
      hidden: verdict === 'retract' || (hidden && verdict !== 'restore'),
      pinned: verdict === 'pin' || (pinned && verdict !== 'unpin'),
    })
  }
  return verdicts
}
