import { unseal } from '../index-segments/seal.ts'
import { readSegment } from '../index-segments/segment-codec.ts'
import { type CallOptions, type Finding, type FindingCode, GraphMemError, type Head, type ScopedGraph } from '../spec/index.ts'
import { moveMarkOf } from '../transfer/move-mark.ts'

const remedy = 'reindex() makes the index anew from the stored text.'
const examplesShown = 5
const attempts = 3

/**
 * Compares the recall index of a memory with its records. Reads the index, and the passages: again when a write came between, a few times.
 *
 * @throws GraphMemError `CONFLICT`, retryable, when a write came between each time.
 */
export async function examineMemory(graph: ScopedGraph, options: CallOptions): Promise<readonly Finding[]> {
  let before = await graph.head(options)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const findings = await examineAt(graph, before, options)
    const after = await graph.head(options)
    if (after.version === before.version && after.incarnation === before.incarnation) return findings
    before = after
  }
  throw new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: `Cannot examine: the memory was written to in the meantime, ${attempts} times. Call again when less is written.`,
  })
}

async function examineAt(graph: ScopedGraph, head: Head, options: CallOptions): Promise<readonly Finding[]> {
  const { generation } = moveMarkOf(head)
  const dimensions = Number(/\/(\d+)$/.exec(generation ?? '')?.[1] ?? Number.NaN)
  const damaged: string[] = []
  const otherLength: string[] = []
  const unseen = new Set<string>()
  for await (const { id: segmentId, bytes } of graph.segments(0, options)) {
    try {
      for (const { id, vector } of readSegment(await unseal(bytes)).chunks.chunks) {
        unseen.add(id)
        if (vector.length !== dimensions) otherLength.push(id)
      }
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'INDEX_DAMAGED') throw error
      damaged.push(segmentId)
    }
  }
  const missing: string[] = []
  for await (const { id } of graph.scan('chunks', options)) if (!unseen.delete(id)) missing.push(id)
  const { userId, memoryId } = graph.scope
  const found = (code: FindingCode, what: string, ids: readonly string[]): Finding => {
    const examples = ids.slice(0, examplesShown).map((id) => ({ userId, memoryId, id }))
    return { code, what, count: ids.length, examples, remedy }
  }
  return [
    found('damaged-index', 'A part of the recall index cannot be read.', damaged),
    // What the damaged part held is not missing beside.
    found('missing-vector', 'A passage has no vector, and is not found by what it says.', damaged.length > 0 ? [] : missing),
    found('dangling-vector', 'A vector is of a passage that is not there.', [...unseen]),
    found('mixed-generations', 'A vector has another length than those the memory is made with.', otherLength),
  ].filter(({ count }) => count > 0)
}
