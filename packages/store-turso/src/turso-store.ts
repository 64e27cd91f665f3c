import { assertScope, type GraphStore, scope, userId } from '@graphmem/core/spec'
import type { Connections } from './connections.ts'
import { databases } from './databases.ts'
import { fileConnections } from './file-connections.ts'
import { liveConnections } from './live-connections.ts'
import { replicaConnections } from './replica-connections.ts'
import { scopedGraph } from './scoped-graph.ts'
import { serverConnections } from './server-connections.ts'
import { type Placement, placementOf, type TursoStoreOptions } from './turso-options.ts'
import { userMemories } from './user-memories.ts'

/**
 * Keeps memories in libSQL: in files, on a server, or on a server with a copy in a file; in one database for all users, or one a user. Nothing
 * is opened before it is used.
 *
 * @throws GraphMemError `CONFIG_INVALID` when an option is unknown, missing, or contradicts another; `UNSUPPORTED` for other places
 */
export function tursoStore(options: TursoStoreOptions): GraphStore {
  const opened = databases(connectionsTo(placementOf(options)))
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

function connectionsTo(placement: Placement): Connections {
  switch (placement.kind) {
    case 'client':
      return liveConnections(placement.client)
    case 'files':
      return fileConnections({ ...placement, busyTimeoutMs: 5000 })
    case 'server':
      return serverConnections(placement)
    case 'replica':
      return replicaConnections(placement)
  }
}
