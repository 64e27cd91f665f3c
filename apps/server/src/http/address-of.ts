import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Where a request came from: the other end of its connection. What a header claims is not looked at: anybody can write one. */
export function addressOf(c: Context): string {
  return (c.env as { readonly incoming?: unknown } | undefined)?.incoming === undefined
    ? 'unknown'
    : (getConnInfo(c).remote.address ?? 'unknown')
}
