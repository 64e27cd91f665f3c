import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { tokenFor } from './auth-token.ts'
import type { Connections } from './connections.ts'
import { breaksConnection } from './errors.ts'
import { openDatabases } from './open-databases.ts'
import { replicaFailure } from './replica-failure.ts'
import { openOnServer, type ServerDatabase } from './server-connection.ts'
import type { ReplicaPlacement } from './turso-options.ts'

/** A local file that is a copy of a database on a server: reads are the file's, writes the server's. The driver does all of it, synchronously. */
export function replicaConnections({ path, syncUrl, authToken, syncIntervalMs }: ReplicaPlacement): Connections {
  const databases = openDatabases()
  let client: Client | undefined

  const database: ServerDatabase = {
    async clientFor() {
      if (client) return client
      const token = await tokenFor(syncUrl, authToken)
      mkdirSync(dirname(path), { recursive: true })
      client ??= createClient({
        url: pathToFileURL(path).href,
        syncUrl,
        ...(token === undefined ? {} : { authToken: token }),
        ...(syncIntervalMs === undefined ? {} : { syncInterval: syncIntervalMs / 1000 }),
      })
      return client
    },
    failureOf: replicaFailure,
  }

  return {
    async lend(_userId, options, work) {
      const open = () => openOnServer(database, undefined, options.create)
      try {
        return await databases.use(path, options, open, (connection) =>
          work({ connection, isCurrent: () => true, removeFile: async () => 'kept' }),
        )
      } catch (error) {
        if (breaksConnection(error)) forget()
        throw error
      }
    },
    async close() {
      await databases.idle()
      forget()
    },
  }

  function forget(): void {
    client?.close()
    client = undefined
  }
}
