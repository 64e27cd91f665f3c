import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { overloaded } from '../quotas/quota-problems.ts'
import type { Quotas, UserQuota } from '../quotas/quotas.ts'
import { ProblemError } from './problem.ts'
import { Refusals } from './refusals.ts'
import type { ServerEnv } from './server-env.ts'

/** What a request is counted by: of the user, and of all in the region. */
interface Counted {
  readonly quota: UserQuota
  readonly quotas: Quotas
}

/** When whoever came while too much was under way may come again. */
const againMs = 1_000

export interface AtOnceLimits {
  /** Requests of one user under way at once, in this process. */
  readonly perUser: number
  /** Those of all users. */
  readonly all: number
}

/**
 * Lets requests in that are within their user's quota, and the server's. Whoever asks too much is refused before anything is read, opened or recorded,
 * and takes nothing from the others. A request is under way until its answer begins, or for as long as it keeps its place.
 *
 * @param onKept is told of each request that goes on when its answer has begun, with its end
 */
export function admitted({ perUser, all }: AtOnceLimits, onKept: (until: Promise<void>) => void): MiddlewareHandler<ServerEnv> {
  const underWay = new Map<string, number>()
  const refusals = new Refusals()
  let total = 0

  const leaveUser = (userId: string) => {
    const left = (underWay.get(userId) ?? 1) - 1
    if (left === 0) underWay.delete(userId)
    else underWay.set(userId, left)
  }
  const leaveAll = () => {
    total -= 1
  }

  async function admit(userId: string, { quotas, quota }: Counted, work: (keepPlace: KeepPlace) => Promise<void>): Promise<void> {
    const own = underWay.get(userId) ?? 0
    if (own >= perUser) throw tooManyAtOnce()
    underWay.set(userId, own + 1)
    const kept: { user?: Promise<void>; all?: Promise<void> } = {}
    try {
      await quota.admit()
      if (total >= all) throw overloaded(againMs)
      total += 1
      try {
        await quotas.admit()
        await work((until, place) => {
          kept.user = until
          if (place === 'of all') kept.all = until
          onKept(until)
        })
      } finally {
        whenEnded(kept.all, leaveAll)
      }
    } finally {
      whenEnded(kept.user, () => leaveUser(userId))
    }
  }

  return createMiddleware<ServerEnv>(async (c, next) => {
    const { userId } = c.var.principal
    const { quotas } = c.var.region
    const quota = quotas.open(userId)
    c.set('quota', quota)
    let isIn = false
    try {
      await admit(userId, { quotas, quota }, (keepPlace) => {
        isIn = true
        c.set('keepPlace', keepPlace)
        return next()
      })
    } catch (error) {
      if (!isIn) await refusals.turn(userId)
      throw error
    }
  })
}

type KeepPlace = ServerEnv['Variables']['keepPlace']

function whenEnded(kept: Promise<void> | undefined, leave: () => void): void {
  if (kept === undefined) leave()
  else void kept.then(leave)
}

function tooManyAtOnce(): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'quota-exceeded',
    title: 'The user has too many requests under way',
    headers: { 'retry-after': String(againMs / 1_000) },
  })
}
