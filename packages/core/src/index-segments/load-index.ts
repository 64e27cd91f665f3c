import type { Analyzer, CallOptions, Head, ScopedGraph } from '../spec/index.ts'
import { RecallIndex } from './recall-index.ts'
import { unseal } from './seal.ts'
import { readSegment } from './segment-codec.ts'

/**
 * Brings an index up to the memory's head: reads the segments that are new, or all of them when there is no index yet or something was deleted
 * since it was loaded. Costs what is new. Others may be reading `loaded` meanwhile: it goes from one version to another at once.
 *
 * @returns the index, and the head it belongs to: a later one than was given if the memory was erased or deleted from meanwhile.
 * @throws GraphMemError `INDEX_DAMAGED` for a segment that is damaged or of another version.
 */
export async function loadIndex(
  graph: ScopedGraph,
  head: Head,
  loaded: RecallIndex | undefined,
  analyzer: Analyzer,
  options: CallOptions,
): Promise<{ readonly head: Head; readonly index: RecallIndex }> {
  const index = loaded ?? new RecallIndex(analyzer)
  const since = index.version
  const additions: (() => void)[] = []
  let last = since
  for await (const segment of graph.segments(since, options)) {
    const content = readSegment(await unseal(segment.bytes))
    // Something was deleted since the index was loaded, or while it is being loaded: what was read before that has to go.
    const deletedSince = content.rebuiltAt > (since > 0 ? since : head.version)
    if (deletedSince) return loadIndex(graph, await graph.head(options), undefined, analyzer, options)
    last = Math.max(last, segment.lastVersion)
    const add = () => index.add(content, segment.bytes.length)
    if (loaded === undefined) add()
    else additions.push(add)
  }
  const after = await graph.head(options)
  if (after.incarnation !== head.incarnation) return loadIndex(graph, after, undefined, analyzer, options)
  for (const add of additions) add()
  // A write may have come after the head was read: then the index is newer than the head, and says so.
  index.version = Math.max(last, head.version)
  return { head: { ...head, version: index.version }, index }
}
