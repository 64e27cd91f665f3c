import type { OpenAPIHono } from '@hono/zod-openapi'
import { ProblemError } from './problem.ts'
import type { ServerEnv } from './server-env.ts'

/** Tells whoever comes to a path by a method that it does not take which it takes (RFC 9110, 15.5.6). Comes after all routes. */
export function refuseOtherMethods(app: OpenAPIHono<ServerEnv>): void {
  const taken = new Map<string, Set<string>>()
  for (const { method, path } of app.routes) if (method !== 'ALL') taken.set(path, (taken.get(path) ?? new Set()).add(method))
  for (const [path, methods] of taken) {
    const allow = [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].join(', ')
    app.all(path, () => {
      throw new ProblemError({
        status: 405,
        code: 'method-not-allowed',
        title: 'The path does not take this method',
        detail: `It takes ${allow}.`,
        headers: { allow },
      })
    })
  }
}
