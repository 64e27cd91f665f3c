import { type GraphStore, userId } from '@graphmem/core/spec'
import { gate } from './gate.ts'
import { memories } from './memories.ts'
import { scopedGraph } from './scoped-graph.ts'
import { userMemories } from './user-memories.ts'

/** Keeps memories in this process, and nowhere else: they are gone when the store is disposed of or the process ends. */
export function memoryStore(): GraphStore {
  const held = memories()
  const entrance = gate()
  return {
    specVersion: 1,
    name: 'memory',
    capabilities: { durable: false, multiProcess: false },
    open: (scope) => scopedGraph(held.bind(scope), entrance),
    user: (id) => userMemories(userId(id), held, entrance),
    async [Symbol.asyncDispose]() {
      entrance.close()
      held.clear()
    },
  }
}
