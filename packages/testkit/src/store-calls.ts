import type { CallOptions, GraphStore, Scope } from '@graphmem/core/spec'
import { collect } from './collect.ts'
import { build } from './record-builders.ts'

/** A call of a store that does I/O. */
export interface StoreCall {
  readonly name: string
  readonly make: (options?: CallOptions) => Promise<unknown>
}

/** Every call that there is, on handles that are opened now. */
export function storeCalls(store: GraphStore, scope: Scope): readonly StoreCall[] {
  const graph = store.open(scope)
  const user = store.user(scope.userId)
  const put = { senses: [build.senses('by a call')] }
  const applyOptions = { applyId: 'a call', expect: { version: 0 }, generation: 'g1' }
  return [
    { name: 'head', make: (options) => graph.head(options) },
    { name: 'apply', make: (options) => graph.apply({ put }, { ...applyOptions, ...options }) },
    { name: 'get', make: (options) => graph.get('senses', ['s1'], options) },
    { name: 'get of no ids', make: (options) => graph.get('senses', [], options) },
    { name: 'scan', make: (options) => collect(graph.scan('senses', options)) },
    { name: 'episodesOfKeys', make: (options) => graph.episodesOfKeys(['key'], options) },
    { name: 'sensesOfBlocks', make: (options) => graph.sensesOfBlocks(['block'], options) },
    { name: 'segmentInfos', make: (options) => graph.segmentInfos(options) },
    { name: 'segments', make: (options) => collect(graph.segments(0, options)) },
    { name: 'count', make: (options) => graph.count(options) },
    { name: 'erase', make: (options) => graph.erase(options) },
    { name: 'list of a user', make: (options) => user.list(options) },
    { name: 'erase of a user', make: (options) => user.erase(options) },
  ]
}
