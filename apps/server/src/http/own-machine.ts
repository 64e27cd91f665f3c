import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ProblemError } from './problem.ts'
import type { ServerEnv } from './server-env.ts'

/** Whether only programs of the same machine can reach a server at a name or an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * Refuses what pages of other sites have the browser of that machine send: by their origin, and by a name that leads here and is not the machine's own
 * (DNS rebinding). For a server that asks for no token.
 *
 * @param origins those of pages that may
 */
export function refuseOtherSites(origins: readonly string[]): MiddlewareHandler<ServerEnv> {
  return createMiddleware<ServerEnv>((c, next) => {
    const origin = c.req.header('origin')
    const host = new URL(c.req.url).hostname.replace(/^\[(.*)\]$/, '$1')
    if (!isLoopback(host) || (origin !== undefined && !origins.includes(origin))) throw fromElsewhere()
    return next()
  })
}

function fromElsewhere(): ProblemError {
  return new ProblemError({
    status: 403,
    code: 'forbidden',
    title: 'The request comes from another site',
    detail: 'Without tokens, this server takes requests at 127.0.0.1, and from pages whose origins are set.',
  })
}
