import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { tokenFor } from './auth-token.ts'
import type { Connections } from './connections.ts'
import { codeOf } from './errors.ts'
import { openDatabases } from './open-databases.ts'
import { replicaFailure } from './replica-failure.ts'
import { openOnServer, type ServerDatabase } from './server-connection.ts'
import type { ReplicaPlacement } from './turso-options.ts'

/**
 * A local file that is a copy of a database on a server: reads are the file's, writes the server's. It is brought up to date when it is opened,
 * and before what must not be decided by an old copy: an erasure, and the making of tables.
 */
export function replicaConnections({ path, syncUrl, authToken, syncIntervalMs }: ReplicaPlacement): Connections {
  const databases = openDatabases()
  let opened: Promise<Client> | undefined

  const database: ServerDatabase = {
    clientFor() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined
        throw error
      })
      return opened
    },
    failureOf: replicaFailure,
  }

  async function open(): Promise<Client> {
    const token = await tokenFor(syncUrl, authToken)
    mkdirSync(dirname(path), { recursive: true })
    const client = createClient({
      url: pathToFileURL(path).href,
      syncUrl,
      ...(token === undefined ? {} : { authToken: token }),
      ...(syncIntervalMs === undefined ? {} : { syncInterval: syncIntervalMs / 1000 }),
    })
    try {
      await client.sync()
      return client
    } catch (error) {
      client.close()
      throw error
    }
  }

  async function sync(): Promise<void> {
    try {
      await (await database.clientFor({})).sync()
    } catch (error) {
      throw replicaFailure(error)
    }
  }

  return {
    async lend(_userId, options, work) {
      let isFresh = false
      const openFresh = async () => {
        if (options.create || options.fresh === true) await sync()
        isFresh = true
        const connection = await openOnServer(database, undefined, options.create)
        return connection && { ...connection, purge: async () => [...(await connection.purge()), copiesHold] }
      }
      try {
        return await databases.use(path, options, openFresh, async (connection) => {
          if (options.fresh === true && !isFresh) await sync()
          return work({ connection, isCurrent: () => true, removeFile: async () => 'kept' })
        })
      } catch (error) {
        if (needsReopening(error)) await forget()
        throw error
      }
    },
    async close() {
      await databases.idle()
      await forget()
    },
  }

  /** Not when the server fails: to open the copy again needs the server, and its reads do not. */
  function needsReopening(error: unknown): boolean {
    const code = codeOf(error)
    return ofFile.has(code) || (typeof authToken === 'function' && code === 'HTTP_401')
  }

  async function forget(): Promise<void> {
    const forgotten = opened
    opened = undefined
    const client = await forgotten?.catch(() => undefined)
    client?.close()
  }
}

const copiesHold =
  'The file that is a copy of the server may hold what was deleted, in parts that are not used; other copies show it until they are brought up to date.'

/** What says that the local file, or what the client holds of it, is not to be used any more. */
const ofFile: ReadonlySet<string> = new Set([
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_FORMAT',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PERM',
  'SQLITE_FULL',
  'NO_COPY',
])
