import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Quotas, UserQuota } from '../quotas/quotas.ts'
import { ProblemError } from './problem.ts'
import { Refusals } from './refusals.ts'
import type { ServerEnv } from './server-env.ts'

/** What a request is counted by: of the user, and of all in the region. */
interface Counted {
  readonly quota: UserQuota
  readonly quotas: Quotas
}

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
    if (own >= perUser) throw refused(429, 'quota-exceeded', 'The user has too many requests under way')
    underWay.set(userId, own + 1)
    const kept: { user?: Promise<void>; all?: Promise<void> } = {}
    try {
      await quota.admit()
      if (total >= all) throw refused(503, 'overloaded', 'The server has too much to do')
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

function refused(status: 429 | 503, code: string, title: string): ProblemError {
  return new ProblemError({ status, code, title, headers: { 'retry-after': '1' } })
}
