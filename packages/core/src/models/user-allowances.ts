import { Allowance } from './allowance.ts'
import type { UserBudget } from './budget.ts'

/** What each user may spend, in this process. A user whose time is over is forgotten when somebody else's begins. */
export class UserAllowances {
  readonly #budget: UserBudget
  readonly #now: () => number
  /** In the order in which they end, since all last as long. */
  readonly #open = new Map<string, { readonly allowance: Allowance; readonly until: number }>()

  constructor(budget: UserBudget, now: () => number) {
    this.#budget = budget
    this.#now = now
  }

  of(user: string): Allowance {
    const now = this.#now()
    const open = this.#open.get(user)
    if (open !== undefined && now < open.until) return open.allowance
    for (const [other, { until }] of this.#open) {
      if (now < until) break
      this.#open.delete(other)
    }
    const until = now + this.#budget.perMs
    const allowance = new Allowance(this.#budget, 'user', () => Math.max(0, until - this.#now()))
    this.#open.set(user, { allowance, until })
    return allowance
  }

  /** How many users are remembered. */
  get size(): number {
    return this.#open.size
  }
}
