import type { Analyzer, CallOptions, Head, ScopedGraph } from '../spec/index.ts'
import { RecallIndex } from './recall-index.ts'
import { decodeSegment } from './segment-codec.ts'

/**
 * Brings an index up to the memory's head: reads the segments that are new, or all of them when there is no index yet or something was deleted
 * since it was loaded. Costs what is new.
 *
 * @throws GraphMemError `STORE_CORRUPT` for a damaged segment.
 */
export async function loadIndex(
  graph: ScopedGraph,
  head: Head,
  loaded: RecallIndex | undefined,
  analyzer: Analyzer,
  options: CallOptions,
): Promise<RecallIndex> {
  const index = loaded ?? new RecallIndex(analyzer)
  const since = index.version
  let last = since
  for await (const segment of graph.segments(since, options)) {
    const content = decodeSegment(segment.bytes)
    // Something was deleted since the index was loaded, or while it is being loaded: what was read before that has to go.
    const deletedSince = content.rebuiltAt > (since > 0 ? since : head.version)
    if (deletedSince) return loadIndex(graph, await graph.head(options), undefined, analyzer, options)
    index.add(content, segment.bytes.length)
    last = Math.max(last, segment.lastVersion)
  }
  // A write may have come after the head was read: then the index is newer than the head, and says so.
  index.version = Math.max(last, head.version)
  return index
}
