import { type GraphMem, GraphMemError } from '@graphmem/core'
import { type ServerRedis, unlessRedisFails } from '../redis/server-redis.ts'
import { hashedUser } from '../who/hashed-user.ts'
import { CountWindow } from './count-window.ts'
import { DayBudgets } from './day-budgets.ts'
import { processMeasures, redisMeasures } from './measures.ts'
import type { ModelCalls } from './model-calls.ts'
import { overloaded, usedUp } from './quota-problems.ts'
import type { QuotaLimits, Quotas, UserQuota } from './quotas.ts'
import { StoredBytes } from './stored-bytes.ts'

const minute = 60

interface CountedParts {
  readonly graphMem: GraphMem
  /** Those of `graphMem`. */
  readonly modelCalls: ModelCalls
  readonly redis: ServerRedis | undefined
}

/** Counts in Redis where there is one, for all processes that share it; else in this process, from 0 when it starts. */
export function openQuotas(limits: QuotaLimits, { graphMem, modelCalls, redis }: CountedParts): Quotas {
  const requests = new CountWindow({ name: 'requests', seconds: minute, limit: limits.requestsPerMinute }, redis)
  const all = new CountWindow({ name: 'all', seconds: minute, limit: limits.allRequestsPerMinute }, redis)
  const budgets = new DayBudgets(limits, redis)
  const stored = new StoredBytes(graphMem, redis === undefined ? processMeasures() : redisMeasures(redis))
  // What Redis misses while it is away is not counted.
  modelCalls.listen((userId, call) => void budgets.spend(hashedUser(userId), call).catch(() => undefined))

  function open(userId: string): UserQuota {
    const user = hashedUser(userId)
    return {
      async admit() {
        const waitMs = await unlessRedisFails(() => requests.take(user))
        if (waitMs !== undefined) throw usedUp('requests', waitMs)
      },
      async pay(work) {
        const budget = await budgets.left(user)
        try {
          return await work(budget)
        } catch (error) {
          if (GraphMemError.is(error) && error.code === 'BUDGET_EXCEEDED') throw await budgets.tooLittle(user)
          throw error
        }
      },
      tooLittle: () => budgets.tooLittle(user),
      async mayIngest() {
        await budgets.left(user)
        if (limits.storedBytes === undefined) return
        // Time frees nothing: come back when something was erased.
        if ((await unlessRedisFails(() => stored.total(userId))) >= limits.storedBytes) throw usedUp('storedBytes', 3_600_000)
      },
      stored: (memoryId, bytes) => unlessRedisFails(() => stored.add(user, memoryId, bytes)),
      changed: (memoryId) => unlessRedisFails(() => stored.drop(user, memoryId)),
      usage: () =>
        unlessRedisFails(async () => ({
          requests: await requests.usage(user),
          ...(await budgets.usage(user)),
          storedBytes: {
            used: await stored.total(userId),
            ...(limits.storedBytes === undefined ? {} : { limit: limits.storedBytes }),
          },
        })),
      erase: () =>
        unlessRedisFails(async () => {
          await Promise.all([requests.forget(user), budgets.forget(user), stored.drop(user)])
        }),
    }
  }

  return {
    open,
    async admit() {
      if (limits.allRequestsPerMinute === undefined) return
      const waitMs = await unlessRedisFails(() => all.take('users'))
      if (waitMs !== undefined) throw overloaded(waitMs)
    },
  }
}
