import { assertScope, type GraphStore, scope, userId } from '@graphmem/core/spec'
import { connection } from './connection.ts'
import { database } from './database.ts'
import { checkedOptions, type Neo4jStoreOptions } from './neo4j-options.ts'
import { scopedGraph } from './scoped-graph.ts'
import { userMemories } from './user-memories.ts'

/**
 * Keeps memories in a Neo4j database, 5.26 or later, of any edition, as nodes and relationships to browse. Connects when it is first used.
 *
 * @throws GraphMemError `CONFIG_INVALID` when an option is unknown, missing, or contradicts another
 */
export function neo4jStore(options: Neo4jStoreOptions): GraphStore {
  const opened = database(connection(checkedOptions(options)))
  return {
    specVersion: 1,
    name: 'neo4j',
    capabilities: { durable: true, multiProcess: true },
    open(given) {
      assertScope(given)
      return scopedGraph(scope(given), opened)
    },
    user: (id) => userMemories(userId(id), opened),
    [Symbol.asyncDispose]: () => opened.close(),
  }
}
