import { GraphMemError } from '../spec/index.ts'
import type { Budget } from './budget.ts'

/** What a request takes, or may take at most, by what a budget can limit. */
export type Amount = Readonly<Record<keyof Budget, number>>

const measures = ['calls', 'tokens', 'usd'] as const

/** A budget as it is being spent. What a request may take at most is set aside before it, and given back but for what it took. */
export class Allowance {
  readonly #budget: Budget
  readonly #whose: 'call' | 'user'
  readonly #msLeft: (() => number) | undefined
  #spent: Amount = { calls: 0, tokens: 0, usd: 0 }
  #held: Amount = { calls: 0, tokens: 0, usd: 0 }
  #holds = 0
  #settled = Promise.withResolvers<void>()

  /** @param msLeft for a user's: how long until there is another */
  constructor(budget: Budget, whose: 'call' | 'user', msLeft?: () => number) {
    this.#budget = budget
    this.#whose = whose
    this.#msLeft = msLeft
  }

  /** Whether so much can be set aside now. */
  fits(most: Amount): boolean {
    return measures.every((measure) => this.#spent[measure] + this.#held[measure] + most[measure] <= this.#limit(measure))
  }

  /** @throws GraphMemError `BUDGET_EXCEEDED` when so much will not fit, whatever is given back */
  refuseBeyond(most: Amount, model: string): void {
    const measure = measures.find((each) => this.#spent[each] + most[each] > this.#limit(each))
    if (measure === undefined) return
    const isOfUser = this.#whose === 'user'
    const left = isOfUser && most[measure] <= this.#limit(measure) ? this.#msLeft?.() : undefined
    const [field, whose] = isOfUser ? [`budgetPerUser.${measure}`, 'the user'] : [`budget.${measure}`, 'the call']
    const next = left === undefined ? 'Give more' : 'Wait, or give more'
    throw new GraphMemError({
      code: 'BUDGET_EXCEEDED',
      field,
      retryable: left !== undefined,
      message: `Cannot use ${model}: the budget of ${whose} in ${measure} (${this.#limit(measure)}) does not reach: ${shown(this.#spent[measure])} are spent, and the request may take ${shown(most[measure])}. ${next}, and make the same call again.`,
      ...(left === undefined ? {} : { retryAfterMs: left }),
    })
  }

  setAside(most: Amount): void {
    this.#holds += 1
    this.#held = sum(this.#held, most, 1)
  }

  settle(most: Amount, taken: Amount): void {
    this.#holds -= 1
    // What rounding leaves of sums in dollars goes as soon as it can.
    this.#held = this.#holds === 0 ? { calls: 0, tokens: 0, usd: 0 } : sum(this.#held, most, -1)
    this.#spent = sum(this.#spent, taken, 1)
    this.#settled.resolve()
    this.#settled = Promise.withResolvers()
  }

  /** Resolves when something is settled next. */
  settled(): Promise<void> {
    return this.#settled.promise
  }

  #limit(measure: keyof Budget): number {
    return this.#budget[measure] ?? Number.POSITIVE_INFINITY
  }
}

function sum(a: Amount, b: Amount, sign: 1 | -1): Amount {
  return { calls: a.calls + sign * b.calls, tokens: a.tokens + sign * b.tokens, usd: a.usd + sign * b.usd }
}

function shown(amount: number): string {
  return String(Number(amount.toPrecision(6)))
}
