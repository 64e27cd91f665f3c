import type { CallOptions, ScopedGraph, Segment, SegmentInfo } from '../spec/index.ts'
import { segment } from './plan-segments.ts'
import type { Quantised } from './quantised.ts'
import { seal, unseal } from './seal.ts'
import { decodeSegment, encodeSegment, readSegment } from './segment-codec.ts'
import { isWaiting } from './waiting-vectors.ts'

/** The index with other vectors in it, or the chunks of it that have none yet. */
export interface WithVectors {
  readonly segments: readonly Segment[]
  readonly lacking: readonly string[]
}

/**
 * The segments of a memory's index with other vectors in them.
 *
 * @param written what was written by earlier calls, by the id of the segment that it takes the place of: no segment ever changes, so that after another
 *   writer came between, only what that one wrote is read. Added to.
 * @throws GraphMemError `INDEX_DAMAGED`
 */
export async function withVectors(
  graph: ScopedGraph,
  infos: readonly SegmentInfo[],
  vectors: ReadonlyMap<string, Quantised>,
  written: Map<string, Segment>,
  options: CallOptions,
): Promise<WithVectors> {
  const index = infos.filter((info) => !isWaiting(info))
  const ids = new Set(index.map(({ id }) => id))
  for (const id of written.keys()) if (!ids.has(id)) written.delete(id)
  const [oldest] = index.filter(({ id }) => !written.has(id))
  const lacking: string[] = []
  for await (const old of oldest === undefined ? [] : graph.segments(oldest.firstVersion - 1, options)) {
    if (written.has(old.id)) continue
    const bytes = await unseal(old.bytes)
    const without = readSegment(bytes).chunks.chunks.filter(({ id }) => !vectors.has(id))
    lacking.push(...without.map(({ id }) => id))
    if (without.length > 0) continue
    const content = decodeSegment(bytes)
    const chunks = content.chunks.map((chunk) => ({ ...chunk, ...vectors.get(chunk.id) }))
    written.set(old.id, segment(old.firstVersion, old.lastVersion, await seal(encodeSegment({ ...content, chunks }))))
  }
  return { segments: index.flatMap(({ id }) => written.get(id) ?? []), lacking }
}
