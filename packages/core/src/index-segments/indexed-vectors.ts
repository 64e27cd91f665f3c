import { type CallOptions, GraphMemError, type ScopedGraph } from '../spec/index.ts'
import type { Quantised } from './quantised.ts'
import { unseal } from './seal.ts'
import { readSegment } from './segment-codec.ts'

/** The vectors in a memory's index, by chunk; those of parts that are damaged, or of another format, are left out. Reads the index. */
export async function indexedVectors(
  graph: ScopedGraph,
  options: CallOptions,
): Promise<{ readonly vectors: ReadonlyMap<string, Quantised>; readonly isDamaged: boolean }> {
  const vectors = new Map<string, Quantised>()
  let isDamaged = false
  for await (const { bytes } of graph.segments(0, options)) {
    try {
      for (const { id, vector, scale } of readSegment(await unseal(bytes)).chunks.chunks) vectors.set(id, { vector, scale })
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'INDEX_DAMAGED') throw error
      isDamaged = true
    }
  }
  return { vectors, isDamaged }
}
