import { type Client, createClient, type InStatement, type TransactionMode } from '@libsql/client'
import { onTestFinished } from 'vitest'

/** A real client whose statements pass through `watch` on their way to the database. */
export function watchedClient(client: Client, watch: (sql: string) => string): Client {
  const through = (statement: InStatement | [string, ...unknown[]]): InStatement => {
    if (typeof statement === 'string') return watch(statement)
    if (Array.isArray(statement)) throw new TypeError('the store gives statements as objects')
    return { ...statement, sql: watch(statement.sql) }
  }
  return {
    get closed() {
      return client.closed
    },
    protocol: client.protocol,
    execute: ((statement: InStatement) => client.execute(through(statement))) as Client['execute'],
    batch: (statements, mode) => client.batch(statements.map(through), mode),
    migrate: (statements) => client.migrate(statements),
    transaction: (mode?: TransactionMode) => client.transaction(mode ?? 'write'),
    executeMultiple: (sql) => client.executeMultiple(sql),
    sync: () => client.sync(),
    reconnect: () => client.reconnect(),
    close: () => client.close(),
  }
}

/** A client on a database in memory, which goes with the test. */
export function clientInMemory(): Client {
  const client = createClient({ url: ':memory:' })
  onTestFinished(() => client.close())
  return client
}
