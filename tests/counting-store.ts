import type { GraphChanges, GraphStore, ScopedGraph } from '@graphmem/core'

/** A store that notes the calls which pass through it, and the bytes of segments that are written. */
export interface CountingStore extends GraphStore {
  readonly calls: string[]
  readonly written: number[]
}

export function countingStore(inner: GraphStore, beforeCall: (call: string) => void = () => undefined): CountingStore {
  const calls: string[] = []
  const written: number[] = []
  const note = (call: string) => {
    calls.push(call)
    beforeCall(call)
  }
  return {
    ...inner,
    calls,
    written,
    open: (scope) => {
      const graph = inner.open(scope)
      const counted = Object.fromEntries(
        Object.entries(graph).map(([name, member]: [string, unknown]) => [
          name,
          typeof member !== 'function'
            ? member
            : (...given: unknown[]): unknown => {
                note(name)
                if (name === 'apply') {
                  const { putSegments = [] } = given[0] as GraphChanges
                  written.push(putSegments.reduce((total, { bytes }) => total + bytes.length, 0))
                }
                return Reflect.apply(member, graph, given) as unknown
              },
        ]),
      )
      return counted as unknown as ScopedGraph
    },
    user: (userId) => inner.user(userId),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  }
}
