import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { neo4jStore } from '@graphmem/store-neo4j'
import { withOwn } from '@graphmem/testkit'
import neo4j, { type Driver } from 'neo4j-driver'
import { type Backend, type Sent, withUser } from './backend.ts'
import { notes } from './notes.ts'
import { wireTo } from './wire.ts'

interface Said {
  readonly cypher: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A Neo4j server of its own. @throws ServiceMissing */
export async function neo4jBackend(): Promise<Backend> {
  const server = await startNeo4j()
  const { url, username, password } = neo4jAccess(server.url)
  const wire = await wireTo(Number(new URL(url).port))
  const auth = neo4j.auth.basic(username, password)
  const own = neo4j.driver(url, auth)
  const driver = neo4j.driver(url, auth)
  const { note, taken } = notes()
  const store = neo4jStore({ url, username, password })
  const noted = neo4jStore({ driver: notedDriver(own, note) })
  const wired = neo4jStore({ url: `bolt://127.0.0.1:${wire.port}`, username, password })
  return {
    name: server.name,
    store,
    noted,
    wired: { store: wired, wire },
    taken,
    async send(sent, from, to) {
      for (const { isWrite, statements } of sent) await run(driver, isWrite, withUser(statements, from, to) as Said[])
    },
    async [Symbol.asyncDispose]() {
      for (const each of [store, noted, wired]) await each[Symbol.asyncDispose]()
      await Promise.all([own.close(), driver.close()])
      await wire[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function run(driver: Driver, isWrite: boolean, statements: readonly Said[]): Promise<void> {
  const session = driver.session({ defaultAccessMode: isWrite ? 'WRITE' : 'READ' })
  if (isWrite) {
    const transaction = session.beginTransaction()
    await Promise.all(statements.map(({ cypher, parameters }) => transaction.run(cypher, parameters)))
    await transaction.commit()
  } else {
    for (const { cypher, parameters } of statements) await session.run(cypher, parameters)
  }
  await session.close()
}

function notedDriver(driver: Driver, note: (sent: Sent) => void): Driver {
  return withOwn(driver, {
    session: (...options: Parameters<Driver['session']>) => {
      const session = driver.session(...options)
      return withOwn(session, {
        run: (cypher: string, parameters: Said['parameters']) => {
          note({ isWrite: false, statements: [{ cypher, parameters }] })
          return session.run(cypher, parameters)
        },
        beginTransaction: () => {
          const transaction = session.beginTransaction()
          const statements: Said[] = []
          note({ isWrite: true, statements })
          return withOwn(transaction, {
            run: (cypher: string, parameters: Said['parameters']) => {
              statements.push({ cypher, parameters })
              return transaction.run(cypher, parameters)
            },
          })
        },
      })
    },
  })
}
