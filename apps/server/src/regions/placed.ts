import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ProblemError } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import type { RegionOf } from './region-finder.ts'

/** Gives a request the region of its user. Who has none is not served: there is no region by default. */
export function placed(regionOf: RegionOf): MiddlewareHandler<ServerEnv> {
  return createMiddleware<ServerEnv>(async (c, next) => {
    const region = regionOf(c.var.principal)
    if (region === undefined)
      throw new ProblemError({ status: 403, code: 'no-region', title: 'The user has no region that is served here' })
    c.set('region', region)
    await next()
  })
}
