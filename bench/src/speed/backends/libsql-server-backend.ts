import { startLibsqlDouble } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { tursoStore } from '@graphmem/store-turso'
import { createClient } from '@libsql/client'
import type { Backend, Sent } from './backend.ts'
import { notes } from './notes.ts'
import { notedClient, sendBy } from './turso-backend.ts'
import { wireTo } from './wire.ts'

/**
 * A double of a libSQL server. Its store makes a client for each call, which nobody can listen to: statements are noted of the store on a file, which
 * runs the same but for settings of its connection. What goes to the server itself is counted on the wire.
 */
export async function libsqlServerBackend(file: string): Promise<Backend> {
  const server = await startLibsqlDouble()
  const { url: root, authToken } = libsqlAccess(server.url)
  const wire = await wireTo(Number(new URL(root).port))
  const database = `bench-${crypto.randomUUID().slice(0, 8)}/`
  const url = `${root}/${database}`
  const own = createClient({ url: `file:${file}` })
  const driver = createClient({ url, authToken })
  const { note, taken } = notes()
  const store = tursoStore({ url, authToken })
  const noted = tursoStore({ client: notedClient(own, (sent) => note(forServer(sent))) })
  const wired = tursoStore({ url: `http://127.0.0.1:${wire.port}/${database}`, authToken })
  return {
    name: server.name,
    store,
    noted,
    wired: { store: wired, wire },
    taken,
    send: sendBy(driver),
    async [Symbol.asyncDispose]() {
      for (const each of [store, noted, wired]) await each[Symbol.asyncDispose]()
      own.close()
      driver.close()
      await wire[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Settings of a file's connection are not said to a server. */
function forServer({ isWrite, statements }: Sent): Sent {
  return { isWrite, statements: statements.filter((statement) => typeof statement !== 'string' || !statement.startsWith('PRAGMA')) }
}
