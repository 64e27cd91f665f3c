import { type CallOptions, unlessAborted } from '@graphmem/core/spec'
import neo4j, { type Driver, type Result, type Session } from 'neo4j-driver'
import { migrate } from './migrations/migrate.ts'
import type { Neo4jStoreOptions } from './neo4j-options.ts'
import type { Row } from './rows.ts'
import type { ScopedStatement } from './scoped-statements.ts'

/** A database that is up to date. The one module that speaks to the driver; it takes scoped statements only. */
export interface Connection {
  read(statement: ScopedStatement, options: CallOptions): Promise<readonly Row[]>
  /** One transaction: what `work` says to the database is kept when it resolves. */
  write<T>(work: (run: Run) => Promise<T>, options: CallOptions): Promise<T>
  close(): Promise<void>
}

/** Runs statements one after another, sent at once. Rejects with the error of the first that fails, after which none is run. */
export type Run = (statements: readonly ScopedStatement[]) => Promise<readonly (readonly Row[])[]>

/** Connects when it is first used. The driver tries nothing again by itself: what is to be tried again is core's to decide. */
export function connection(options: Neo4jStoreOptions): Connection {
  const driver = 'driver' in options ? options.driver : openDriver(options)
  // What this store has written, it reads: each session waits for what those before it did.
  const bookmarkManager = neo4j.bookmarkManager()
  let migrated: Promise<void> | undefined

  function session(defaultAccessMode: 'READ' | 'WRITE'): Session {
    const { database } = options
    return driver.session({ defaultAccessMode, bookmarkManager, ...(database === undefined ? {} : { database }) })
  }

  async function upToDate(): Promise<void> {
    migrated ??= migrate({
      server: async () => (await driver.getServerInfo(options.database === undefined ? {} : { database: options.database })).agent ?? '',
      run: (cypher, parameters) => inSession('WRITE', {}, async (opened) => rowsOf(await opened.run(cypher, parameters))),
    })
    try {
      await migrated
    } catch (error) {
      migrated = undefined
      throw error
    }
  }

  /** An abort does not wait: the session resets its connection, and with that ends what runs, behind the caller's back. */
  async function inSession<T>(mode: 'READ' | 'WRITE', { signal }: CallOptions, work: (opened: Session) => Promise<T>): Promise<T> {
    const opened = session(mode)
    try {
      return await work(opened)
    } finally {
      const closed = opened.close()
      if (signal?.aborted) closed.catch(() => undefined)
      else await closed
    }
  }

  return {
    async read({ cypher, parameters }, options) {
      await unlessAborted(upToDate(), options.signal)
      return inSession('READ', options, async (opened) =>
        rowsOf(await unlessAborted(opened.run(cypher, { ...parameters }), options.signal)),
      )
    },
    async write(work, options) {
      await unlessAborted(upToDate(), options.signal)
      return inSession('WRITE', options, async (opened) => {
        // Not awaited: its message goes out with those of the first statements.
        const transaction = opened.beginTransaction()
        const run: Run = async (statements) => {
          const results = statements.map(({ cypher, parameters }) => transaction.run(cypher, { ...parameters }))
          return (await unlessAborted(allOf(results), options.signal)).map(rowsOf)
        }
        const result = await work(run)
        options.signal?.throwIfAborted()
        // From here on an abort has to wait for what becomes of it.
        await transaction.commit()
        return result
      })
    },
    async close() {
      if (!('driver' in options)) await driver.close()
    },
  }
}

function openDriver({ url, username, password }: Extract<Neo4jStoreOptions, { readonly url: string }>): Driver {
  return neo4j.driver(url, neo4j.auth.basic(username, password), { userAgent: 'graphmem', telemetryDisabled: true })
}

/** All results, or the error of the first statement that failed; the others fail for its sake. */
async function allOf(results: readonly Result[]): Promise<readonly Awaited<Result>[]> {
  const settled = await Promise.allSettled(results)
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}

function rowsOf({ records }: Awaited<Result>): readonly Row[] {
  return records.map((record) => record.toObject())
}
