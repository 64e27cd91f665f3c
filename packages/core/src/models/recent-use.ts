const halfLifeMs = 60_000
/** What is left then is a millionth. */
const forgottenAfterMs = 20 * halfLifeMs

/** How much each has used lately: what was used a minute ago counts half. Who used nothing for twenty minutes is forgotten. */
export class RecentUse {
  readonly #now: () => number
  /** In the order of their last use. */
  readonly #used = new Map<string, { readonly amount: number; readonly at: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  of(who: string): number {
    const used = this.#used.get(who)
    return used === undefined ? 0 : used.amount * 2 ** ((used.at - this.#now()) / halfLifeMs)
  }

  add(who: string, amount: number): void {
    const now = this.#now()
    const total = Math.max(0, this.of(who) + amount)
    this.#used.delete(who)
    this.#used.set(who, { amount: total, at: now })
    for (const [other, { at }] of this.#used) {
      if (now - at < forgottenAfterMs) break
      this.#used.delete(other)
    }
  }

  /** How many are remembered. */
  get size(): number {
    return this.#used.size
  }
}
