import type { CallOptions, UserId } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import { type Connection, ownerOf, toDriver } from './connection.ts'
import { migrate, versionOf } from './migrations/migrate.ts'
import { tableMark } from './migrations/version-mark.ts'

export interface ServerDatabase {
  /** A client for one call. */
  clientFor(options: CallOptions): Promise<Client>
  /** What the client threw, as an error that says nothing of what was sent. */
  failureOf(error: unknown): unknown
}

/**
 * Opens a database of which a server does the writing, and brings it up to date; `undefined` where it is empty and nothing is to be made.
 * `claimFor` makes one that is nobody's belong to that user. Once open, a read is one call of the client, and a write one.
 */
export async function openOnServer(
  { clientFor, failureOf }: ServerDatabase,
  claimFor: UserId | undefined,
  create: boolean,
): Promise<Connection | undefined> {
  async function ask<T>(options: CallOptions, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work(await clientFor(options))
    } catch (error) {
      throw failureOf(error)
    }
  }

  const opened = await ask({}, async (client) => {
    const version = await versionOf(client, tableMark)
    if (version === 0 && !create) return undefined
    await migrate(client, tableMark, version)
    return { owner: await ownerOf(client, claimFor) }
  })
  return (
    opened && {
      owner: opened.owner,
      read: (statement, options = {}) => ask(options, async (client) => (await client.execute(toDriver(statement))).rows),
      write: (statements, options = {}) =>
        ask(options, async (client) => {
          const results = await client.batch(statements.map(toDriver), 'write')
          return results.map(({ rowsAffected }) => rowsAffected)
        }),
      purge: async () => [notOverwritten],
      close: async () => undefined,
    }
  )
}

const notOverwritten =
  'Whether the server overwrites what was deleted, in its files, its log, its copies and its backups, cannot be seen from here.'
