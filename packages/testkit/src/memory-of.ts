import { type GraphStore, type ScopedGraph, scope } from '@graphmem/core/spec'

/** A user's memory, `chat` where no other is named. */
export function memoryOf(store: GraphStore, userId: string, memoryId = 'chat'): ScopedGraph {
  return store.open(scope({ userId, memoryId }))
}
