import { type CallOptions, GraphMemError, type UserId } from '@graphmem/core/spec'
import { type Client, createClient, type InStatement } from '@libsql/client'
import { migrate } from './migrations/migrate.ts'
import { headerMark } from './migrations/version-mark.ts'
import { purge } from './purge.ts'
import type { Row } from './rows.ts'
import type { ScopedStatement } from './scoped-statements.ts'

/** A database that is open and up to date. It takes scoped statements only. */
export interface Connection {
  /** The user whom the database belongs to; `undefined` where users share it. */
  readonly owner: string | undefined
  read(statement: ScopedStatement, options?: CallOptions): Promise<readonly Row[]>
  /** One transaction, and the numbers of rows its statements changed. */
  write(statements: readonly ScopedStatement[], options?: CallOptions): Promise<readonly number[]>
  /** Takes what was deleted out of all files. Returns what could not be done, in words. */
  purge(): Promise<readonly string[]>
  close(): Promise<void>
}

const schema = 'memory_file'

/**
 * A client that opens files. They are attached to an empty database in memory, because a client that is closed keeps its file open until
 * the statements it prepared are collected as garbage (libsql-js, issue 228), and a database that is detached lets go of it at once.
 *
 * `synchronous` stays at FULL, the default: an apply that was answered survives the end of the process, and of the power. The time-out is an
 * option of the client, and no PRAGMA, because that reaches one connection of several.
 */
export function fileClient(busyTimeoutMs: number): Client {
  return createClient({ url: ':memory:', timeout: busyTimeoutMs })
}

/** Opens a file with a client that has none open, and creates it when there is none. `claimFor` makes a new file belong to that user. */
export async function openFile(client: Client, path: string, claimFor: UserId | undefined): Promise<Connection> {
  await client.execute({ sql: `ATTACH ? AS ${schema}`, args: [path] })
  const close = async () => {
    await client.execute(`DETACH ${schema}`)
  }
  try {
    return await openSchema(client, schema, claimFor, close)
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

/** Takes over the database of a client whose owner closes it. */
export function openLive(client: Client): Promise<Connection> {
  return openSchema(client, 'main', undefined, async () => undefined)
}

async function openSchema(client: Client, schema: string, claimFor: UserId | undefined, close: () => Promise<void>): Promise<Connection> {
  await migrate(client, headerMark(schema))
  return {
    owner: await ownerOf(client, claimFor),
    async read(statement) {
      return (await client.execute(toDriver(statement))).rows
    },
    async write(statements) {
      // A live client has several connections, and this setting is one connection's: it goes with each transaction, and is made after the
      // first statement, which is the guard of an apply.
      const [first, ...rest] = statements.map(toDriver)
      if (!first) return []
      const [guard, , ...results] = await client.batch([first, `PRAGMA ${schema}.secure_delete = ON`, ...rest], 'write')
      return [guard, ...results].map((result) => result?.rowsAffected ?? 0)
    },
    purge: () => purge(client, schema),
    close,
  }
}

/** Whose the database is. `claimFor` makes one that is nobody's belong to that user. */
export async function ownerOf(client: Client, claimFor: UserId | undefined): Promise<string | undefined> {
  const owner = await storedOwner(client)
  if (claimFor === undefined || owner === claimFor) return owner
  await client.execute({
    sql: `INSERT INTO owner (user_id) SELECT :userId
          WHERE NOT EXISTS (SELECT 1 FROM owner) AND NOT EXISTS (SELECT 1 FROM memories WHERE user_id <> :userId)`,
    args: { userId: claimFor },
  })
  if ((await storedOwner(client)) !== claimFor) throw foreignOwner()
  return claimFor
}

async function storedOwner(client: Client): Promise<string | undefined> {
  const { rows } = await client.execute('SELECT user_id FROM owner')
  const owner = rows[0]?.['user_id']
  return typeof owner === 'string' ? owner : undefined
}

export function foreignOwner(): GraphMemError {
  return new GraphMemError({
    code: 'STORE_CORRUPT',
    message: "Cannot open the database: it belongs to another user. Put every user's file or database back under its own name.",
  })
}

export function toDriver({ sql, args }: ScopedStatement): InStatement {
  return { sql, args: { ...args } }
}
