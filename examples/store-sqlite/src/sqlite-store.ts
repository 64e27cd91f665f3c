import { assertScope, GraphMemError, type GraphStore, scope, userId } from '@graphmem/core/spec'
import { scopedGraph } from './scoped-graph.ts'
import { connectSqlite } from './scoped-statements.ts'
import { userMemories } from './user-memories.ts'

export interface SqliteStoreOptions {
  /** The database file. Its folder has to be there; the file is made on first use. */
  readonly path: string
  /** How long a call waits while another process writes, before it fails with `STORE_BUSY`. The whole process stands still meanwhile. */
  readonly busyTimeoutMs: number
}

/**
 * Keeps the memories of all users in one SQLite file, which several processes may share.
 *
 * @throws GraphMemError `CONFIG_INVALID` when the path names no file
 */
export function sqliteStore(options: SqliteStoreOptions): GraphStore {
  if (options.path === '' || options.path === ':memory:') {
    throw new GraphMemError({ code: 'CONFIG_INVALID', field: 'path', message: 'Cannot keep memories without a file: give a path.' })
  }
  const connection = connectSqlite(options)
  return {
    specVersion: 1,
    name: 'sqlite',
    capabilities: { durable: true, multiProcess: true },
    open(given) {
      assertScope(given)
      // A copy: whoever changes the object later does not change which memory this is.
      const own = scope(given)
      return scopedGraph(own, connection.memory(own))
    },
    user: (id) => userMemories(userId(id), connection),
    [Symbol.asyncDispose]: async () => connection.close(),
  }
}
