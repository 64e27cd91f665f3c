import type { GraphStore } from '@graphmem/core/spec'

/** The same store, saying when one of its applies begins and ends. */
export function watchApplies(store: GraphStore, watch: (moment: 'begin' | 'end') => void): GraphStore {
  return {
    ...store,
    user: (userId) => store.user(userId),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    open(scope) {
      const graph = store.open(scope)
      return {
        ...graph,
        async apply(changes, options) {
          watch('begin')
          try {
            return await graph.apply(changes, options)
          } finally {
            watch('end')
          }
        },
      }
    },
  }
}
