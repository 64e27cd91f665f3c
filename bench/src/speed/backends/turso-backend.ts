import { tursoStore } from '@graphmem/store-turso'
import { type Client, createClient, type InStatement } from '@libsql/client'
import { type Backend, type Sent, withUser } from './backend.ts'

/** A libSQL file. */
export async function tursoBackend(file: string): Promise<Backend> {
  const url = `file:${file}`
  const [own, driver] = [createClient({ url, timeout: 5_000 }), createClient({ url, timeout: 5_000 })]
  const store = tursoStore({ url })
  let said: Sent[] = []
  const noted = tursoStore({ client: notedClient(own, (each) => said.push(each)) })
  return {
    name: 'one libSQL file',
    store,
    noted,
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
      await store[Symbol.asyncDispose]()
      await noted[Symbol.asyncDispose]()
      own.close()
      driver.close()
    },
  }
}

/** The same client, which says what is said to it. */
export function notedClient(client: Client, note: (sent: Sent) => void): Client {
  return new Proxy(client, {
    get(_, name) {
      if (name === 'execute') {
        return (statement: InStatement) => {
          note({ isWrite: false, statements: [statement] })
          return client.execute(statement)
        }
      }
      if (name === 'batch') {
        return (statements: InStatement[], mode: 'write') => {
          note({ isWrite: true, statements })
          return client.batch(statements, mode)
        }
      }
      const value: unknown = Reflect.get(client, name)
      return typeof value === 'function' ? value.bind(client) : value
    },
  })
}
