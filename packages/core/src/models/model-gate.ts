import { SingleFlight } from '../cache/single-flight.ts'
import type { MemoryEvent } from '../observer.ts'
import { type Scope, scopeKey, userKey } from '../spec/index.ts'
import type { Budget, UserBudget } from './budget.ts'
import type { GateShare } from './gate-share.ts'
import { isOfBudget } from './is-of-budget.ts'
import { type ModelClock, systemClock } from './model-clock.ts'
import { checkedLimits, type ModelLimitsOption } from './model-limits.ts'
import { ModelQueue } from './model-queue.ts'
import { type ModelPrice, type Prices, priceOf } from './prices.ts'
import { Spending } from './spending.ts'
import { UserAllowances } from './user-allowances.ts'

export interface ModelGateOptions {
  readonly limits?: ModelLimitsOption | undefined
  readonly prices?: Prices | undefined
  readonly budgetPerUser?: UserBudget | undefined
  /** Default: that of the process. */
  readonly clock?: ModelClock
  /** From 0 up to and without 1. Default `Math.random`. */
  readonly random?: () => number
}

/** Models, paid for by one user on behalf of one memory. */
export interface PaidModels {
  /**
   * Begins an operation: its calls, and the bill for them.
   *
   * @param models the ids of those it may use
   * @throws GraphMemError `PRICE_UNKNOWN` when there is a budget in dollars, and one of them has no known price
   */
  begin(options: { readonly budget?: Budget | undefined; readonly models: readonly string[] }): Spending
  priceOf(model: string): ModelPrice | undefined
}

/**
 * The one way to models, for all memories of a GraphMem. Keeps to the limits of each model, deals turns out fairly among users, and makes equal requests
 * of one memory that are under way at once a single one. Two memories never share a request, nor do two users a budget.
 */
export class ModelGate {
  readonly #options: ModelGateOptions
  readonly #clock: ModelClock
  readonly #queues = new Map<string, ModelQueue>()
  /** By model and not by its id: two of one id may be set otherwise. */
  readonly #flights = new WeakMap<object, SingleFlight>()
  readonly #users: UserAllowances | undefined

  constructor(options: ModelGateOptions = {}) {
    const { clock = systemClock, budgetPerUser } = options
    this.#options = options
    this.#clock = clock
    this.#users = budgetPerUser === undefined ? undefined : new UserAllowances(budgetPerUser, () => clock.now())
  }

  /** Binds who pays. */
  open(scope: Scope, observe: (event: MemoryEvent) => void): PaidModels {
    const [tenant, memory] = [userKey(scope.userId), scopeKey(scope)]
    const share: GateShare = {
      clock: this.#clock,
      random: this.#options.random ?? Math.random,
      observe,
      tenant,
      ofUser: () => this.#users?.of(tenant),
      queueOf: (model) => this.#queueOf(model),
      priceOf: (model) => this.#priceOf(model),
      share: (model, asked, signal, work) => this.#share(model, `${memory}${asked}`, signal, work),
    }
    return {
      priceOf: share.priceOf,
      begin: ({ budget = {}, models }) => {
        const needsPrice = budget.usd !== undefined || this.#options.budgetPerUser?.usd !== undefined
        return new Spending(share, budget, needsPrice, models)
      },
    }
  }

  #queueOf(model: string): ModelQueue {
    const known = this.#queues.get(model)
    if (known !== undefined) return known
    const { limits = {} } = this.#options
    const checked = checkedLimits(typeof limits === 'function' ? limits(model) : limits)
    const queue = new ModelQueue(model, checked, this.#clock)
    this.#queues.set(model, queue)
    return queue
  }

  #priceOf(model: string): ModelPrice | undefined {
    return priceOf(model, this.#options.prices ?? {})
  }

  async #share<T>(model: object, key: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const flights = this.#flights.get(model) ?? new SingleFlight()
    this.#flights.set(model, flights)
    for (;;) {
      let isOwn = false
      const own = (stop: AbortSignal) => {
        isOwn = true
        return work(stop)
      }
      try {
        return (await flights.run(key, signal, own)).value
      } catch (error) {
        if (isOwn || !isOfBudget(error)) throw error
      }
    }
  }
}
