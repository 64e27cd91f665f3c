import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Turns } from '../turns/turns.ts'
import type { Authenticator } from '../who/authenticator.ts'
import { hashedUser } from '../who/hashed-user.ts'
import { openMemory } from '../who/open-memory.ts'
import { allows, type Permission } from '../who/principal.ts'
import type { Auditor } from './auditor.ts'
import { ProblemError } from './problem.ts'
import type { ServerEnv } from './server-env.ts'

/** Lets requests in whose credential is good, and tells all others the same. */
export function authenticated(authenticator: Authenticator): MiddlewareHandler<ServerEnv> {
  return createMiddleware<ServerEnv>(async (c, next) => {
    const principal = await authenticator.authenticate(c.req.header('authorization'), (why) => {
      if (c.var.refused === undefined) c.set('refused', why)
    })
    if (principal === undefined) throw unauthorized()
    c.set('principal', principal)
    await next()
  })
}

/**
 * What a route needs, for its definition: lets a request in whose token has the permission, with its memory open; records it as `action`, whatever
 * comes of it; and says so in the service's document.
 */
export type ScopeOpener = (
  permission: Permission,
  action: string,
) => { readonly security: { bearer: string[] }[]; readonly middleware: [MiddlewareHandler<ServerEnv>] }

/** Opens the memory that the path names, or the header `memory-id`, or `default`; of the user whom the token names, in the user's region. */
export function scopeOpener(auditor: Auditor, turns: Turns): ScopeOpener {
  return (permission, action) => {
    const middleware = createMiddleware<ServerEnv>(async (c, next) => {
      const { principal, region } = c.var
      const memoryId = c.req.param('memoryId') ?? decoded(c.req.header('memory-id')) ?? 'default'
      await auditor(c, { action, memoryId }, async () => {
        if (!allows(principal, permission)) throw forbidden(permission)
        c.set('memoryId', memoryId)
        c.set('memory', openMemory(region.graphMem, principal, memoryId))
        c.set('user', region.graphMem.user(principal.userId))
        c.set('inTurn', (work) => turns.run(hashedUser(principal.userId), work))
        c.set('jobs', region.queue.open(principal.userId, principal.weight))
        await next()
      })
    })
    return { security: [{ bearer: [permission] }], middleware: [middleware] }
  }
}

/** Headers are ASCII: an id with anything else comes percent-encoded. */
function decoded(header: string | undefined): string | undefined {
  try {
    return header === undefined ? undefined : decodeURIComponent(header)
  } catch {
    throw new ProblemError({
      status: 400,
      code: 'scope-invalid',
      title: 'The id of the memory is not one',
      field: 'memory-id',
      detail: 'memory-id: is not percent-encoded text. Write a percent sign as %25.',
    })
  }
}

function unauthorized(): ProblemError {
  return new ProblemError({
    status: 401,
    code: 'unauthorized',
    title: 'The request needs a token of this server',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function forbidden(permission: Permission): ProblemError {
  return new ProblemError({
    status: 403,
    code: 'forbidden',
    title: 'The token does not allow this',
    detail: `It needs the scope ${permission}.`,
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${permission}"` },
  })
}
