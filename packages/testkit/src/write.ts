import type { Applied, ApplyOptions, GraphChanges, ScopedGraph } from '@graphmem/core/spec'

/** Applies changes to the memory as it is now. */
export async function write(graph: ScopedGraph, changes: Partial<GraphChanges>, options: Partial<ApplyOptions> = {}): Promise<Applied> {
  const expect = options.expect ?? (await graph.head())
  return graph.apply({ put: {}, ...changes }, { applyId: crypto.randomUUID(), generation: 'g1', ...options, expect })
}
