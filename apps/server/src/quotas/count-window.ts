import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { ServerRedis } from '../redis/server-redis.ts'
import type { Usage } from './usage.ts'

interface CountWindowOptions {
  readonly name: string
  readonly seconds: number
  /** `undefined`: counted, and not limited. */
  readonly limit: number | undefined
  /** Into how many parts one is divided: whole parts are counted. Default 1 */
  readonly parts?: number
}

/** What is left of a limit, and until when, in milliseconds. */
interface Left {
  readonly amount: number
  readonly waitMs: number
}

/** Counts of each user in a window of time, which begins with the first count after the last: in Redis where there is one, else in this process. */
export class CountWindow {
  readonly #limiter: RateLimiterAbstract
  readonly #limit: number | undefined
  readonly #parts: number

  constructor({ name, seconds, limit, parts = 1 }: CountWindowOptions, redis: ServerRedis | undefined) {
    const options = { points: limit === undefined ? Number.MAX_SAFE_INTEGER : Math.round(limit * parts), duration: seconds }
    this.#limiter =
      redis === undefined
        ? new RateLimiterMemory({ ...options, keyPrefix: name })
        : new RateLimiterRedis({ ...options, storeClient: redis.commands, keyPrefix: `${redis.prefix}:quota:${name}` })
    this.#limit = limit
    this.#parts = parts
  }

  /** Counts one. @returns the milliseconds until there may be another, when this is one too many */
  async take(key: string): Promise<number | undefined> {
    try {
      await this.#limiter.consume(key)
      return undefined
    } catch (error) {
      if (error instanceof RateLimiterRes) return error.msBeforeNext
      throw error
    }
  }

  /** Counts what was had, beyond the limit too. */
  async add(key: string, amount: number): Promise<void> {
    const parts = Math.ceil(amount * this.#parts)
    if (parts > 0) await this.#limiter.penalty(key, parts)
  }

  /** @returns `undefined` where there is no limit */
  async left(key: string): Promise<Left | undefined> {
    if (this.#limit === undefined) return undefined
    const found = await this.#limiter.get(key)
    return found === null ? { amount: this.#limit, waitMs: 0 } : { amount: found.remainingPoints / this.#parts, waitMs: found.msBeforeNext }
  }

  async usage(key: string): Promise<Usage['requests']> {
    const found = await this.#limiter.get(key)
    return {
      used: (found?.consumedPoints ?? 0) / this.#parts,
      ...(this.#limit === undefined ? {} : { limit: this.#limit }),
      ...(found === null ? {} : { resetsAt: new Date(Date.now() + found.msBeforeNext).toISOString() }),
    }
  }

  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key)
  }
}
