import { type CallOptions, type GraphChanges, GraphMemError, type Head, type ScopedGraph, type Segment } from '../spec/index.ts'
import { mergeContents } from './merge-contents.ts'
import { mergePlan } from './merge-plan.ts'
import { seal, unseal } from './seal.ts'
import { decodeSegment, encodeSegment } from './segment-codec.ts'
import type { SegmentContent } from './segment-content.ts'
import { isWaiting } from './waiting-vectors.ts'

/**
 * The segment that an apply writes for what is new, merged with the last ones where these have become many. At most two reads, and amortised a
 * constant number of rewrites of each byte for each factor of eight the index grows.
 */
export async function planSegments(
  graph: ScopedGraph,
  head: Head,
  delta: SegmentContent,
  options: CallOptions,
): Promise<Required<Pick<GraphChanges, 'putSegments' | 'dropSegmentIds'>>> {
  const bytes = await seal(encodeSegment(delta))
  const infos = (await graph.segmentInfos(options)).filter((info) => !isWaiting(info))
  const merged = mergePlan(infos, bytes.length)
  const [oldest] = merged
  const ids = new Set(merged.map(({ id }) => id))
  const contents = oldest === undefined ? undefined : await readContents(graph, oldest.firstVersion, ids, options)
  if (oldest === undefined || contents === undefined) {
    return { putSegments: [segment(head.version + 1, head.version + 1, bytes)], dropSegmentIds: [] }
  }
  const content = mergeContents([...contents, delta])
  const mergedBytes = await seal(encodeSegment(content))
  return { putSegments: [segment(oldest.firstVersion, head.version + 1, mergedBytes)], dropSegmentIds: [...ids] }
}

/** What segments hold; `undefined` when one of them is damaged or older, and is left to whoever reads the index, who makes it anew. */
async function readContents(
  graph: ScopedGraph,
  firstVersion: number,
  ids: ReadonlySet<string>,
  options: CallOptions,
): Promise<readonly SegmentContent[] | undefined> {
  const contents: SegmentContent[] = []
  try {
    for await (const { id, bytes } of graph.segments(firstVersion - 1, options)) {
      if (ids.has(id)) contents.push(decodeSegment(await unseal(bytes)))
    }
    return contents
  } catch (error) {
    if (GraphMemError.is(error) && error.code === 'INDEX_DAMAGED') return undefined
    throw error
  }
}

/** A segment that says that something was deleted: whoever holds an index from before loads it anew. */
export async function deletionNotice(version: number): Promise<Segment> {
  return segment(version, version, await seal(encodeSegment({ ...mergeContents([]), rebuiltAt: version })))
}

export function segment(firstVersion: number, lastVersion: number, bytes: Uint8Array): Segment {
  return { id: crypto.randomUUID(), firstVersion, lastVersion, bytes }
}
