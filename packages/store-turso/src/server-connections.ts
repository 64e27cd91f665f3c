import { createClient } from '@libsql/client'
import { tokenFor } from './auth-token.ts'
import type { Connections } from './connections.ts'
import { openDatabases } from './open-databases.ts'
import { openOnServer, type ServerDatabase } from './server-connection.ts'
import { serverFailure } from './server-failure.ts'
import { serverRequest } from './server-request.ts'
import type { ServerPlacement } from './turso-options.ts'

/** Databases on a server. There is nothing to keep open: a client is made for a call, and is no more than its signal and its token. */
export function serverConnections({ urlOf, oneDatabaseEach, authToken, timeoutMs }: ServerPlacement): Connections {
  const databases = openDatabases()
  return {
    lend(userId, options, work) {
      const url = urlOf(userId)
      const database: ServerDatabase = {
        async clientFor({ signal }) {
          const token = await tokenFor(url, authToken)
          return createClient({ url, ...(token === undefined ? {} : { authToken: token }), fetch: serverRequest({ signal, timeoutMs }) })
        },
        failureOf: serverFailure,
      }
      const open = () => openOnServer(database, oneDatabaseEach ? userId : undefined, options.create)
      return databases.use(url, options, open, (connection) =>
        work({ connection, isCurrent: () => true, removeFile: async () => (oneDatabaseEach ? 'stays' : 'kept') }),
      )
    },
    close: () => databases.idle(),
  }
}
