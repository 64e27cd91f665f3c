import { startLibsqlDouble } from '@graphmem/services/libsql'
import { tursoStore } from '@graphmem/store-turso'
import { createClient, type InStatement } from '@libsql/client'
import { type Backend, type Sent, withUser } from './backend.ts'
import { notedClient } from './turso-backend.ts'
import { wireTo } from './wire.ts'

/**
 * A double of a libSQL server. Its store makes a client for each call, which nobody can listen to: statements are noted of the store on a file, which
 * runs the same but for settings of its connection. What goes to the server itself is counted on the wire.
 */
export async function libsqlServerBackend(file: string): Promise<Backend> {
  const server = await startLibsqlDouble()
  const { origin, port, searchParams } = new URL(server.url)
  const authToken = searchParams.get('authToken') ?? ''
  const wire = await wireTo(Number(port))
  const database = `bench-${crypto.randomUUID().slice(0, 8)}/`
  const url = `${origin}/${database}`
  const own = createClient({ url: `file:${file}` })
  const driver = createClient({ url, authToken })
  let said: Sent[] = []
  const store = tursoStore({ url, authToken })
  const noted = tursoStore({ client: notedClient(own, (sent) => said.push(forServer(sent))) })
  const wired = tursoStore({ url: `http://127.0.0.1:${wire.port}/${database}`, authToken })
  return {
    name: server.name,
    store,
    noted,
    wired: { store: wired, wire },
    taken() {
      const taken = said
      said = []
      return taken
    },
    async send(sent, from, to) {
      for (const { isWrite, statements } of sent) {
        const [first, ...rest] = withUser(statements, from, to) as InStatement[]
        if (isWrite) await driver.batch([first ?? '', ...rest], 'write')
        else await driver.execute(first ?? '')
      }
    },
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
