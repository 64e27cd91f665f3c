import { type ErasureReceipt, type GraphStore, recordKinds, type Scope, type ScopedGraph, scope } from '@graphmem/core/spec'
import { inOrder } from '../utf8-order.ts'
import { passThrough } from './pass-through.ts'

/** Keeps each memory under a key made of its scope: two scopes of one key are one memory. */
export function keyed(keyOf: (of: Scope) => string): () => (sound: GraphStore) => GraphStore {
  return () => {
    const places = new Map<string, Scope>()
    const opened = new Map<string, Set<string>>()
    const placeOf = (of: Scope): Scope => {
      const key = keyOf(of)
      const place = places.get(key) ?? scope({ userId: `place ${places.size}`, memoryId: 'place' })
      places.set(key, place)
      return place
    }
    return (sound) => {
      const graphsOf = (userId: string): readonly [string, ScopedGraph][] =>
        [...(opened.get(userId) ?? [])].map((memoryId) => [memoryId, sound.open(placeOf(scope({ userId, memoryId })))])
      return passThrough(sound, {
        store: {
          open(of) {
            const own = sound.open(of).scope
            opened.set(own.userId, (opened.get(own.userId) ?? new Set()).add(own.memoryId))
            const graph = passThrough(sound, {}).open(placeOf(own))
            return { ...graph, scope: own }
          },
        },
        user: (user) => ({
          async list(options) {
            await user.list(options)
            const memoryIds: string[] = []
            for (const [memoryId, graph] of graphsOf(user.userId)) if ((await graph.head()).version > 0) memoryIds.push(memoryId)
            return inOrder(memoryIds)
          },
          async erase(options) {
            await user.list(options)
            let receipt: ErasureReceipt | undefined
            for (const [, graph] of graphsOf(user.userId)) receipt = sum(receipt, await graph.erase())
            return receipt ?? user.erase(options)
          },
        }),
      })
    }
  }
}

function sum(a: ErasureReceipt | undefined, b: ErasureReceipt): ErasureReceipt {
  if (!a) return b
  const records = Object.fromEntries(recordKinds.map((kind) => [kind, a.records[kind] + b.records[kind]])) as ErasureReceipt['records']
  return { memories: a.memories + b.memories, records, segments: a.segments + b.segments, unverified: [...a.unverified, ...b.unverified] }
}
