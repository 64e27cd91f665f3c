import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import { GraphMemError, type Scope, type UserId } from '@graphmem/core/spec'
import { migrations } from './migrations.ts'

/** A statement with a slot for the user and one for the memory. One without them does not compile. */
export type MemoryStatement = `${string}:user${string}:memory${string}`

/** A statement about all memories of a user. */
export type UserStatement = `${string}:user${string}`

export type Row = Readonly<Record<string, SQLOutputValue>>
type Values = Readonly<Record<string, SQLInputValue>>

/** Statements of one memory, or one user: the slots are filled here, and nowhere else. */
export interface Statements<Statement extends string> {
  all(sql: Statement, values?: Values): readonly Row[]
  /** How many rows it changed. */
  run(sql: Statement, values?: Values): number
  /** One transaction: all of the work, or nothing. */
  write<Result>(work: () => Result): Result
  /** Takes what was deleted out of the files; `false` when it could not. Writes the whole database anew. */
  purge(): boolean
}

export type MemoryStatements = Statements<MemoryStatement>

export interface SqliteConnection {
  memory(scope: Scope): MemoryStatements
  user(userId: UserId): Statements<UserStatement>
  close(): void
}

/** Opens the file when the first statement runs. */
export function connectSqlite({ path, busyTimeoutMs }: { readonly path: string; readonly busyTimeoutMs: number }): SqliteConnection {
  let database: DatabaseSync | undefined
  let isClosed = false

  function opened(): DatabaseSync {
    if (isClosed) throw new GraphMemError({ code: 'CLOSED', message: 'Cannot reach a memory: its store was closed. Open a new store.' })
    database ??= openDatabase(path, busyTimeoutMs)
    return database
  }

  function bind<Statement extends string>(slots: Values): Statements<Statement> {
    return {
      all: (sql, values) =>
        opened()
          .prepare(sql)
          .all({ ...values, ...slots }),
      run: (sql, values) =>
        Number(
          opened()
            .prepare(sql)
            .run({ ...values, ...slots }).changes,
        ),
      write: (work) => inTransaction(opened(), work),
      purge: () => purge(opened()),
    }
  }

  return {
    memory: ({ userId, memoryId }) => bind({ user: userId, memory: memoryId }),
    user: (userId) => bind({ user: userId }),
    close() {
      isClosed = true
      database?.close()
      database = undefined
    },
  }
}

function openDatabase(path: string, timeout: number): DatabaseSync {
  const database = new DatabaseSync(path, { timeout })
  try {
    inTransaction(database, () => migrate(database))
    database.exec('pragma journal_mode = wal; pragma secure_delete = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('pragma user_version').get()?.['user_version'])
  if (version > migrations.length) {
    throw new GraphMemError({ code: 'STORE_NEWER', message: 'Cannot open the database: a newer version wrote it. Update this package.' })
  }
  for (const migration of migrations.slice(version)) database.exec(migration)
  database.exec(`pragma user_version = ${migrations.length}`)
}

/**
 * `secure_delete` overwrites rows where they stood last. But a page that gave rows to another one as a tree was balanced keeps copies of them
 * in its unused middle, and the write-ahead log keeps whole pages.
 */
function purge(database: DatabaseSync): boolean {
  try {
    database.exec('vacuum')
    return database.prepare('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0
  } catch {
    return false
  }
}

function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}
