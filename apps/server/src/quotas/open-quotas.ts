import { type Budget, type GraphMem, GraphMemError } from '@graphmem/core'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../http/problem.ts'
import { type ServerRedis, unlessRedisFails } from '../redis/server-redis.ts'
import { type HashedUser, hashedUser } from '../who/hashed-user.ts'
import { processMeasures, redisMeasures } from './measures.ts'
import type { ModelCall, ModelCalls } from './model-calls.ts'
import type { QuotaLimits, Quotas, UserQuota } from './quotas.ts'
import { StoredBytes } from './stored-bytes.ts'
import type { Usage } from './usage.ts'

const minute = 60
const day = 24 * 3_600
/** Money is counted in whole billionths of a dollar. */
const partsOfDollar = 1_000_000_000

interface CountedParts {
  readonly graphMem: GraphMem
  /** Those of `graphMem`. */
  readonly modelCalls: ModelCalls
  readonly redis: ServerRedis | undefined
}

/** Counts in Redis where there is one, for all processes that share it; else in this process, from 0 when it starts. */
export function openQuotas(limits: QuotaLimits, { graphMem, modelCalls, redis }: CountedParts): Quotas {
  const window = (name: string, duration: number, points = Number.MAX_SAFE_INTEGER): RateLimiterAbstract =>
    redis === undefined
      ? new RateLimiterMemory({ points, duration, keyPrefix: name })
      : new RateLimiterRedis({ storeClient: redis.commands, points, duration, keyPrefix: `${redis.prefix}:quota:${name}` })
  const requests = window('requests', minute, limits.requestsPerMinute)
  const all = window('all', minute, limits.allRequestsPerMinute)
  const tokens = window('tokens', day, limits.tokensPerDay)
  const usd = window('usd', day, limits.usdPerDay === undefined ? undefined : Math.round(limits.usdPerDay * partsOfDollar))
  const stored = new StoredBytes(graphMem, redis === undefined ? processMeasures() : redisMeasures(redis))

  /** @returns the milliseconds until there may be another, when this is one too many */
  async function take(from: RateLimiterAbstract, key: string): Promise<number | undefined> {
    try {
      await from.consume(key)
      return undefined
    } catch (error) {
      if (error instanceof RateLimiterRes) return error.msBeforeNext
      throw error
    }
  }

  function open(userId: string): UserQuota {
    const user = hashedUser(userId)

    /** @throws ProblemError 429 when nothing is left */
    async function left(): Promise<Budget> {
      const [ofTokens, ofUsd] = await unlessRedisFails(() => Promise.all([tokens.get(user), usd.get(user)]))
      if (limits.tokensPerDay !== undefined && ofTokens?.remainingPoints === 0) throw usedUp('tokens', ofTokens.msBeforeNext)
      if (limits.usdPerDay !== undefined && ofUsd?.remainingPoints === 0) throw usedUp('usd', ofUsd.msBeforeNext)
      return {
        ...(limits.tokensPerDay === undefined ? {} : { tokens: ofTokens?.remainingPoints ?? limits.tokensPerDay }),
        ...(limits.usdPerDay === undefined ? {} : { usd: ofUsd === null ? limits.usdPerDay : ofUsd.remainingPoints / partsOfDollar }),
      }
    }

    /** Until both can be spent again, as far as they are limited. */
    async function tooLittle(): Promise<ProblemError> {
      const [ofTokens, ofUsd] = await unlessRedisFails(() => Promise.all([tokens.get(user), usd.get(user)]))
      const waitMs = Math.max(
        limits.tokensPerDay === undefined ? 0 : (ofTokens?.msBeforeNext ?? 0),
        limits.usdPerDay === undefined ? 0 : (ofUsd?.msBeforeNext ?? 0),
      )
      return usedUp('budget', waitMs || day * 1_000)
    }

    async function windowOf(window: RateLimiterAbstract, limit: number | undefined, parts = 1): Promise<Usage['requests']> {
      const found = await window.get(user)
      return {
        used: (found?.consumedPoints ?? 0) / parts,
        ...(limit === undefined ? {} : { limit }),
        ...(found === null ? {} : { resetsAt: new Date(Date.now() + found.msBeforeNext).toISOString() }),
      }
    }

    return {
      async admit() {
        const waitMs = await unlessRedisFails(() => take(requests, user))
        if (waitMs !== undefined) throw usedUp('requests', waitMs)
      },
      async pay(work) {
        const budget = await left()
        try {
          return await work(budget)
        } catch (error) {
          if (GraphMemError.is(error) && error.code === 'BUDGET_EXCEEDED') throw await tooLittle()
          throw error
        }
      },
      tooLittle,
      async mayIngest() {
        await left()
        if (limits.storedBytes === undefined) return
        // Time frees nothing: come back when something was erased.
        if ((await unlessRedisFails(() => stored.total(userId))) >= limits.storedBytes) throw usedUp('storedBytes', 3_600_000)
      },
      stored: (memoryId, bytes) => unlessRedisFails(() => stored.add(user, memoryId, bytes)),
      changed: (memoryId) => unlessRedisFails(() => stored.drop(user, memoryId)),
      usage: () =>
        unlessRedisFails(async () => ({
          requests: await windowOf(requests, limits.requestsPerMinute),
          tokens: await windowOf(tokens, limits.tokensPerDay),
          usd: await windowOf(usd, limits.usdPerDay, partsOfDollar),
          storedBytes: {
            used: await stored.total(userId),
            ...(limits.storedBytes === undefined ? {} : { limit: limits.storedBytes }),
          },
        })),
      erase: () =>
        unlessRedisFails(async () => {
          await Promise.all([requests.delete(user), tokens.delete(user), usd.delete(user), stored.drop(user)])
        }),
    }
  }

  async function spend(user: HashedUser, { inputTokens, outputTokens, usd: dollars = 0 }: ModelCall): Promise<void> {
    const parts = Math.ceil(dollars * partsOfDollar)
    await Promise.all([
      inputTokens + outputTokens === 0 ? undefined : tokens.penalty(user, inputTokens + outputTokens),
      parts === 0 ? undefined : usd.penalty(user, parts),
    ])
  }
  // What Redis misses while it is away is not counted.
  modelCalls.listen((userId, call) => void spend(hashedUser(userId), call).catch(() => undefined))

  return {
    open,
    async admit() {
      if (limits.allRequestsPerMinute === undefined) return
      const waitMs = await unlessRedisFails(() => take(all, 'users'))
      if (waitMs !== undefined) throw overloaded(waitMs)
    },
  }
}

const titles = {
  requests: 'The user makes too many requests',
  tokens: "The user's tokens of the day are used up",
  usd: "The user's money of the day is used up",
  budget: "Too little of the user's day is left for this",
  storedBytes: 'The user has too much stored',
}

function usedUp(what: keyof typeof titles, waitMs: number): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'quota-exceeded',
    title: titles[what],
    field: what,
    detail:
      what === 'storedBytes' ? 'Erase something first. GET /v1/usage says how much there is.' : 'GET /v1/usage says when it begins anew.',
    headers: { 'retry-after': secondsOf(waitMs) },
  })
}

function overloaded(waitMs: number): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'overloaded',
    title: 'The server has too much to do',
    headers: { 'retry-after': secondsOf(waitMs) },
  })
}

function secondsOf(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)))
}
