import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** Lets pages of these origins make requests from browsers. Tokens come in a header, never in a cookie: credentials of the browser are not taken. */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'memory-id', 'prefer', 'x-request-id'],
    allowMethods: ['GET', 'POST', 'DELETE'],
    exposeHeaders: ['location', 'retry-after', 'x-request-id'],
    maxAge: 600,
  })
}
