import { assertScope, type GraphStore, scope, userId } from '@graphmem/core/spec'
import { databases } from './databases.ts'
import { fileConnections } from './file-connections.ts'
import { liveConnections } from './live-connections.ts'
import { scopedGraph } from './scoped-graph.ts'
import { placementOf, type TursoStoreOptions } from './turso-options.ts'
import { userMemories } from './user-memories.ts'

/**
 * Keeps memories in libSQL files: one for all users, or one a user. Nothing is opened before it is used.
 *
 * @throws GraphMemError `CONFIG_INVALID` when an option is unknown, missing, or contradicts another; `UNSUPPORTED` for what is not a local file
 */
export function tursoStore(options: TursoStoreOptions): GraphStore {
  const placement = placementOf(options)
  const opened = databases(
    'client' in placement ? liveConnections(placement.client) : fileConnections({ ...placement, busyTimeoutMs: 5000 }),
  )
  return {
    specVersion: 1,
    name: 'turso',
    capabilities: { durable: true, multiProcess: true },
    open(given) {
      assertScope(given)
      return scopedGraph(scope(given), opened)
    },
    user: (id) => userMemories(userId(id), opened),
    [Symbol.asyncDispose]: () => opened.close(),
  }
}
