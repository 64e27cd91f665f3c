import type { GraphStore, ScopedGraph, UserMemories } from '@graphmem/core/spec'

/** What a broken store does otherwise than the sound one below it. */
export interface Otherwise {
  readonly store?: Partial<GraphStore>
  readonly graph?: (graph: ScopedGraph) => Partial<ScopedGraph>
  readonly user?: (user: UserMemories) => Partial<UserMemories>
}

/** The store, with some of it replaced. */
export function passThrough(store: GraphStore, { store: replaced, graph, user }: Otherwise): GraphStore {
  return {
    specVersion: store.specVersion,
    name: store.name,
    capabilities: store.capabilities,
    open(of) {
      const opened = graphOf(store.open(of))
      return { ...opened, ...graph?.(opened) }
    },
    user(userId) {
      const found = store.user(userId)
      const passed: UserMemories = {
        userId: found.userId,
        list: (options) => found.list(options),
        erase: (options) => found.erase(options),
      }
      return { ...passed, ...user?.(passed) }
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    ...replaced,
  }
}

/** The methods of a graph, which may be those of a class, as an object that can be spread. */
function graphOf(graph: ScopedGraph): ScopedGraph {
  return {
    scope: graph.scope,
    head: (options) => graph.head(options),
    apply: (changes, options) => graph.apply(changes, options),
    get: (kind, ids, options) => graph.get(kind, ids, options),
    scan: (kind, options) => graph.scan(kind, options),
    episodesOfKeys: (keys, options) => graph.episodesOfKeys(keys, options),
    sensesOfBlocks: (blocks, options) => graph.sensesOfBlocks(blocks, options),
    segmentInfos: (options) => graph.segmentInfos(options),
    segments: (sinceVersion, options) => graph.segments(sinceVersion, options),
    count: (options) => graph.count(options),
    erase: (options) => graph.erase(options),
  }
}
