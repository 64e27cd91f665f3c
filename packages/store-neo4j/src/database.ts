import { type CallOptions, GraphMemError } from '@graphmem/core/spec'
import type { Connection, Run } from './connection.ts'
import { storeError } from './errors.ts'
import type { Row } from './rows.ts'
import type { ScopedStatement } from './scoped-statements.ts'

/** Runs statements with the caller's signal, and with this project's errors. */
export interface Database {
  /** The rows of one statement. */
  read(statement: ScopedStatement, options?: CallOptions): Promise<readonly Row[]>
  /** Runs statements as one transaction. */
  write(statements: readonly ScopedStatement[], options: CallOptions): Promise<void>
  /** Runs what `work` says as one transaction. */
  erase<T>(work: (run: Run) => Promise<T>, options?: CallOptions): Promise<T>
  close(): Promise<void>
}

export function database(connection: Connection): Database {
  let closed: Promise<void> | undefined

  async function use<T>(doing: string, { signal }: CallOptions, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    if (closed !== undefined) throw new GraphMemError({ code: 'CLOSED', message: `${doing}: the store was closed. Open another one.` })
    try {
      const result = await work()
      signal?.throwIfAborted()
      return result
    } catch (error) {
      signal?.throwIfAborted()
      throw storeError(error, doing)
    }
  }

  return {
    read: (statement, options = {}) => use('Cannot read the memory', options, () => connection.read(statement, options)),
    async write(statements, options) {
      await use('Cannot write the memory', options, () => connection.write((run) => run(statements), options))
    },
    erase: (work, options = {}) => use('Cannot erase', options, () => connection.write(work, options)),
    close() {
      closed ??= connection.close()
      return closed
    },
  }
}
