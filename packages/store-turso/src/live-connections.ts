import type { Client } from '@libsql/client'
import { type Connection, openLive } from './connection.ts'
import type { Connections } from './connections.ts'

/** The one database of a client that the caller made, and closes. */
export function liveConnections(client: Client): Connections {
  let opening: Promise<Connection> | undefined

  async function open(): Promise<Connection> {
    opening ??= openLive(client)
    try {
      return await opening
    } catch (error) {
      opening = undefined
      throw error
    }
  }

  return {
    async lend(_userId, _options, work) {
      return work({ connection: await open(), isCurrent: () => true, removeFile: async () => 'kept' })
    },
    async close() {},
  }
}
