import type { Applied, GraphChanges, GraphStore, ScopedGraph } from '@graphmem/core/spec'
import { scope } from '@graphmem/core/spec'

/** Applies changes to the memory as it is now. */
export async function write(graph: ScopedGraph, changes: Partial<GraphChanges>, applyId: string = crypto.randomUUID()): Promise<Applied> {
  return graph.apply({ put: {}, ...changes }, { applyId, expect: await graph.head(), generation: 'g1' })
}

export function memoryOf(store: GraphStore, userId: string, memoryId = 'chat'): ScopedGraph {
  return store.open(scope({ userId, memoryId }))
}
