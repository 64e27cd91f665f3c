import type { ApplyOptions, GraphChanges, GraphStore, ScopedGraph } from '@graphmem/core'

/** A call of a scoped graph that can be made again. */
export interface Call {
  readonly name: Exclude<keyof ScopedGraph, 'scope' | 'apply' | 'erase'>
  readonly given: readonly unknown[]
}

/** The same store: says which reads were made of a memory, and what was applied once it is done. */
export function notedCalls(
  store: GraphStore,
  watch: { read(call: Call): void; applying(): void; applied(changes: GraphChanges, options: ApplyOptions): Promise<void> },
): GraphStore {
  return {
    ...store,
    user: (userId) => store.user(userId),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    open(scope) {
      const graph = store.open(scope)
      const noted = Object.entries(graph).map(([name, member]: [string, unknown]) => {
        if (typeof member !== 'function' || name === 'apply' || name === 'erase') return [name, member] as const
        const read = (...given: unknown[]): unknown => {
          watch.read({ name: name as Call['name'], given })
          return Reflect.apply(member, graph, given) as unknown
        }
        return [name, read] as const
      })
      return {
        ...graph,
        ...Object.fromEntries(noted),
        async apply(changes, options) {
          watch.applying()
          const applied = await graph.apply(changes, options)
          await watch.applied(changes, options)
          return applied
        },
      }
    },
  }
}

/** Makes calls again, one after another, and reads all that they give. */
export async function makeAgain(graph: ScopedGraph, calls: readonly Call[]): Promise<void> {
  for (const { name, given } of calls) {
    const result: unknown = Reflect.apply(graph[name], graph, withoutSignal(given))
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      for await (const _ of result as AsyncIterable<unknown>);
    } else await result
  }
}

/** A signal belongs to a call that is over. */
function withoutSignal(given: readonly unknown[]): readonly unknown[] {
  return given.map((each) => (typeof each === 'object' && each !== null && 'signal' in each ? {} : each))
}
