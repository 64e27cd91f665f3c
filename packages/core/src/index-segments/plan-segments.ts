import type { CallOptions, GraphChanges, Head, ScopedGraph, Segment } from '../spec/index.ts'
import { mergeContents } from './merge-contents.ts'
import { mergePlan } from './merge-plan.ts'
import { decodeSegment, encodeSegment } from './segment-codec.ts'
import type { SegmentContent } from './segment-content.ts'

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
  const bytes = encodeSegment(delta)
  const merged = mergePlan(await graph.segmentInfos(options), bytes.length)
  const [oldest] = merged
  if (oldest === undefined) return { putSegments: [segment(head.version + 1, head.version + 1, bytes)], dropSegmentIds: [] }
  const contents: SegmentContent[] = []
  const ids = new Set(merged.map(({ id }) => id))
  for await (const old of graph.segments(oldest.firstVersion - 1, options)) if (ids.has(old.id)) contents.push(decodeSegment(old.bytes))
  const content = mergeContents([...contents, delta])
  return { putSegments: [segment(oldest.firstVersion, head.version + 1, encodeSegment(content))], dropSegmentIds: [...ids] }
}

export function segment(firstVersion: number, lastVersion: number, bytes: Uint8Array): Segment {
  return { id: crypto.randomUUID(), firstVersion, lastVersion, bytes }
}
