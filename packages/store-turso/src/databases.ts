import { type CallOptions, GraphMemError, type UserId } from '@graphmem/core/spec'
import { foreignOwner } from './connection.ts'
import type { Connections, Loan } from './connections.ts'
import { storeError } from './errors.ts'
import type { Row } from './rows.ts'
import type { ScopedStatement } from './scoped-statements.ts'
import { shareTurn } from './share-turn.ts'

/** Runs statements on the databases of users: in turn, with the caller's signal, and with this project's errors. */
export interface Databases {
  /** The rows of one statement; none where there is no database. */
  read(userId: UserId, statement: ScopedStatement, options?: CallOptions): Promise<readonly Row[]>
  /** Runs statements as one transaction. */
  write(userId: UserId, statements: readonly ScopedStatement[], options: WriteOptions): Promise<void>
  /** Runs statements as one transaction, after which what they deleted is in no file. */
  erase(userId: UserId, statements: readonly ScopedStatement[], options: EraseOptions): Promise<Erased>
  close(): Promise<void>
}

interface WriteOptions extends CallOptions {
  /** Whether the statements delete anything. */
  readonly deletes: boolean
}

interface EraseOptions extends CallOptions {
  /** Whether everything of the user goes, and with it a file of the user's own. */
  readonly wholeUser: boolean
}

export interface Erased {
  /** How many rows each statement deleted; none where there was no database. */
  readonly counts: readonly number[]
  readonly unverified: readonly string[]
}

export function databases(connections: Connections): Databases {
  let closed = false

  async function use<T>(userId: UserId, call: Call, work: (loan: Loan) => Promise<T>): Promise<T | undefined> {
    const { doing, create, fresh, signal } = call
    const enter = () => {
      signal?.throwIfAborted()
      if (closed) throw new GraphMemError({ code: 'CLOSED', message: `${doing}: the store was closed. Open another one.` })
    }
    enter()
    await shareTurn()
    enter()
    try {
      const result = await connections.lend(userId, { create, fresh, signal }, async (loan) => {
        enter()
        const { owner } = loan.connection
        if (owner !== undefined && owner !== userId) throw foreignOwner()
        return work(loan)
      })
      signal?.throwIfAborted()
      return result
    } catch (error) {
      signal?.throwIfAborted()
      throw storeError(error, doing)
    }
  }

  return {
    async read(userId, statement, { signal } = {}) {
      const call = { doing: 'Cannot read the memory', create: false, signal }
      return (await use(userId, call, ({ connection }) => connection.read(statement, { signal }))) ?? []
    },
    async write(userId, statements, { signal, deletes }) {
      const call = { doing: 'Cannot write the memory', create: true, signal }
      await use(userId, call, async ({ connection, isCurrent }) => {
        await connection.write(statements, { signal })
        if (!isCurrent()) throw removedMeanwhile()
        if (deletes) await connection.purge()
      })
    },
    async erase(userId, statements, { signal, wholeUser }) {
      const call = { doing: 'Cannot erase', create: false, fresh: true, signal }
      const erased = await use<Erased>(userId, call, async ({ connection, removeFile }) => {
        const counts = await connection.write(statements, { signal })
        const unpurged = await connection.purge()
        const unverified = { removed: [], kept: unpurged, 'in use': [...unpurged, fileInUse], stays: [...unpurged, databaseStays] }
        return { counts, unverified: unverified[wholeUser ? await removeFile() : 'kept'] }
      })
      return erased ?? { counts: [], unverified: [] }
    },
    async close() {
      closed = true
      await connections.close()
    },
  }
}

interface Call extends CallOptions {
  /** What fails if it does: "Cannot read the memory". */
  readonly doing: string
  /** Whether a database is made where there is none. */
  readonly create: boolean
  /** Whether an old copy would do harm. */
  readonly fresh?: boolean
}

const fileInUse = "The user's file could not be removed, because someone has it open; the records in it are deleted."

const databaseStays = "The user's database stays on its server, with the user's id as its owner. Delete it with the tools of the server."

function removedMeanwhile(): GraphMemError {
  return new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: 'Cannot write the memory: another process erased its user in the meantime. Read the head and call again.',
  })
}
