import { GraphMemError, unlessAborted } from '../spec/index.ts'
import type { ModelClock } from './model-clock.ts'
import type { CheckedLimits } from './model-limits.ts'
import { RecentUse } from './recent-use.ts'
import { TokenBucket } from './token-bucket.ts'

/** A request that waits for its turn. */
export interface Asked {
  /** On whose behalf: who was served least lately goes first. */
  readonly tenant: string
  /** What it may take at most. */
  readonly tokens: number
  /** Its place among the tenant's own: one that is made again keeps it. */
  readonly arrival: number
}

interface Waiting extends Asked {
  readonly go: () => void
  readonly refuse: (error: GraphMemError) => void
}

/** What a request counts as having taken until it is known. */
const usualMs = 1_000

/** A turn under way. It has to be ended. */
export interface Turn {
  /** @param tokens what it took */
  end(tokens: number): void
}

/**
 * The requests to one model: no more at once, and no more a minute, than its limits say. The tenant that used least of it lately goes first, and each
 * tenant's requests go in the order in which they came. There is a timer only while a request waits that could go but for the time.
 */
export class ModelQueue {
  readonly limits: CheckedLimits
  readonly #model: string
  readonly #clock: ModelClock
  readonly #requests: TokenBucket | undefined
  readonly #tokens: TokenBucket | undefined
  readonly #use: RecentUse
  readonly #waiting = new Map<string, Waiting[]>()
  #running = 0
  #arrivals = 0
  #pausedUntil = Number.NEGATIVE_INFINITY
  #isYielding = false
  #callOff: () => void = () => undefined

  constructor(model: string, limits: CheckedLimits, clock: ModelClock) {
    const now = () => clock.now()
    this.limits = limits
    this.#model = model
    this.#clock = clock
    const { requestsPerMinute, tokensPerMinute } = limits
    this.#requests = requestsPerMinute === undefined ? undefined : new TokenBucket(requestsPerMinute, now)
    this.#tokens = tokensPerMinute === undefined ? undefined : new TokenBucket(tokensPerMinute, now)
    this.#use = new RecentUse(now)
  }

  /** A place in the order of a tenant's requests. */
  arrive(): number {
    this.#arrivals += 1
    return this.#arrivals
  }

  /**
   * Waits until the request may be made.
   *
   * @throws GraphMemError `MODEL_LIMITED` at once, while the model is paused for longer than is waited
   * @throws the signal's reason, when it is aborted before
   */
  async turn(asked: Asked, signal: AbortSignal | undefined): Promise<Turn> {
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting: Waiting = { ...asked, go: resolve, refuse: reject }
    this.#enter(waiting)
    this.#serve()
    try {
      await unlessAborted(promise, signal)
    } catch (error) {
      this.#leave(waiting)
      this.#serve()
      throw error
    }
    const started = this.#clock.now()
    return { end: (tokens) => this.#end(asked, tokens, this.#clock.now() - started) }
  }

  /** Nobody's request is made for so long: the provider said so to one, and means the key. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms)
    this.#serve()
  }

  #enter(waiting: Waiting): void {
    const others = this.#waiting.get(waiting.tenant) ?? []
    const later = others.findIndex(({ arrival }) => arrival > waiting.arrival)
    others.splice(later < 0 ? others.length : later, 0, waiting)
    this.#waiting.set(waiting.tenant, others)
  }

  #leave(waiting: Waiting): void {
    const all = this.#waiting.get(waiting.tenant)
    const place = all?.indexOf(waiting) ?? -1
    if (place >= 0) all?.splice(place, 1)
    if (all?.length === 0) this.#waiting.delete(waiting.tenant)
  }

  #serve(): void {
    if (this.#isYielding) return
    this.#callOff()
    const pauseMs = this.#pausedUntil - this.#clock.now()
    if (pauseMs > this.limits.maxWaitMs) this.#refuseAll(pauseMs)
    while (this.#running < this.limits.concurrency) {
      const next = this.#next()
      if (next === undefined) return
      const waitMs = Math.max(this.#pausedUntil - this.#clock.now(), this.#requests?.waitMs(1) ?? 0, this.#tokens?.waitMs(next.tokens) ?? 0)
      if (waitMs > 0) {
        this.#callOff = this.#clock.after(waitMs, () => this.#serve())
        return
      }
      this.#leave(next)
      this.#running += 1
      this.#requests?.take(1)
      this.#tokens?.take(next.tokens)
      this.#use.add(next.tenant, this.#share(next.tokens, usualMs))
      next.go()
    }
  }

  #end({ tenant, tokens }: Asked, taken: number, ms: number): void {
    this.#running -= 1
    this.#tokens?.giveBack(tokens - taken)
    this.#use.add(tenant, this.#share(taken, ms) - this.#share(tokens, usualMs))
    this.#yield()
  }

  /** Gives whoever was just answered the time to ask the next, before somebody else is given the place: else one who asks one by one never keeps it. */
  #yield(): void {
    if (this.#isYielding || this.#waiting.size === 0) return
    this.#isYielding = true
    this.#clock.after(0, () => {
      this.#isYielding = false
      this.#serve()
    })
  }

  #next(): Waiting | undefined {
    let best: { readonly first: Waiting; readonly use: number } | undefined
    for (const [tenant, [first]] of this.#waiting) {
      if (first === undefined) continue
      const use = this.#use.of(tenant)
      const isBetter = best === undefined || use < best.use || (use === best.use && first.arrival < best.first.arrival)
      if (isBetter) best = { first, use }
    }
    return best?.first
  }

  /** What a request takes of what is scarce: its share of a minute's requests, of its tokens, or of all places for a minute, whichever is largest. */
  #share(tokens: number, ms: number): number {
    const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY, concurrency } = this.limits
    return Math.max(1 / requestsPerMinute, tokens / tokensPerMinute, ms / (60_000 * concurrency))
  }

  #refuseAll(waitMs: number): void {
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    for (const { refuse } of all) {
      refuse(
        new GraphMemError({
          code: 'MODEL_LIMITED',
          retryable: true,
          retryAfterMs: waitMs,
          message: `Cannot use ${this.#model}: the provider takes no more requests for ${Math.ceil(waitMs / 1000)} s, which is longer than maxWaitMs. Make the same call again then.`,
        }),
      )
    }
  }
}
