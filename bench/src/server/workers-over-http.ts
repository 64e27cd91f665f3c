import { overHttp } from './over-http.ts'
import type { ServerProcess } from './server-process.ts'
import { userWork } from './user-work.ts'
import type { Worker } from './worker.ts'

/** Users of a server, each with a connection, which `open` closes. */
export function workersOverHttp(server: ServerProcess, users: number, open: AsyncDisposableStack): Promise<readonly Worker[]> {
  return Promise.all(
    Array.from({ length: users }, async (_, place) => {
      const { userId, operations } = userWork(place)
      const { perform } = open.use(overHttp(server.url, await server.tokenOf(userId)))
      return { operations, perform }
    }),
  )
}
