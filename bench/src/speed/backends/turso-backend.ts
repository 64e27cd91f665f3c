import { tursoStore } from '@graphmem/store-turso'
import { withOwn } from '@graphmem/testkit'
import { type Client, createClient, type InStatement } from '@libsql/client'
import { type Backend, type Sent, withUser } from './backend.ts'
import { notes } from './notes.ts'

/** A libSQL file. */
export async function tursoBackend(file: string): Promise<Backend> {
  const url = `file:${file}`
  const [own, driver] = [createClient({ url, timeout: 5_000 }), createClient({ url, timeout: 5_000 })]
  const store = tursoStore({ url })
  const { note, taken } = notes()
  const noted = tursoStore({ client: notedClient(own, note) })
  return {
    name: 'one libSQL file',
    store,
    noted,
    taken,
    send: sendBy(driver),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await noted[Symbol.asyncDispose]()
      own.close()
      driver.close()
    },
  }
}

/** Says to a client what was noted of another. */
export function sendBy(driver: Client): Backend['send'] {
  return async (sent, from, to) => {
    for (const { isWrite, statements } of sent) {
      const [first, ...rest] = withUser(statements, from, to) as InStatement[]
      if (isWrite) await driver.batch([first ?? '', ...rest], 'write')
      else await driver.execute(first ?? '')
    }
  }
}

/** The same client, which says what is said to it. */
export function notedClient(client: Client, note: (sent: Sent) => void): Client {
  return withOwn(client, {
    execute: (statement: InStatement) => {
      note({ isWrite: false, statements: [statement] })
      return client.execute(statement)
    },
    batch: (statements: InStatement[], mode: 'write') => {
      note({ isWrite: true, statements })
      return client.batch(statements, mode)
    },
  })
}
