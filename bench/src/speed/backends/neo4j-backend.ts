import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jStore } from '@graphmem/store-neo4j'
import neo4j, { type Driver } from 'neo4j-driver'
import { type Backend, withUser } from './backend.ts'
import { wireTo } from './wire.ts'

interface Said {
  readonly cypher: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A Neo4j server of its own. @throws ServiceMissing */
export async function neo4jBackend(): Promise<Backend> {
  const server = await startNeo4j()
  const { hostname, port, username, password } = new URL(server.url)
  const wire = await wireTo(Number(port))
  const auth = neo4j.auth.basic(username, password)
  const own = neo4j.driver(`bolt://${hostname}:${port}`, auth)
  const driver = neo4j.driver(`bolt://${hostname}:${port}`, auth)
  let said: { isWrite: boolean; statements: Said[] }[] = []
  const store = neo4jStore({ url: `bolt://${hostname}:${port}`, username, password })
  const noted = neo4jStore({ driver: notedDriver(own, (each) => said.push(each)) })
  const wired = neo4jStore({ url: `bolt://${hostname}:${wire.port}`, username, password })
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

function notedDriver(driver: Driver, note: (sent: { isWrite: boolean; statements: Said[] }) => void): Driver {
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

function withOwn<T extends object>(target: T, own: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === 'string' && name in own) return own[name]
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
