import type { Context } from 'hono'
import type { ServerEnv } from './server-env.ts'

/** Does what goes on when the answer of a request has begun: the request keeps its place until then, and a server that is told to end waits for it. */
export async function lasting(c: Context<ServerEnv>, place: 'of the user' | 'of all', work: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  c.var.keepPlace(promise, place)
  try {
    await work()
  } finally {
    resolve()
  }
}
