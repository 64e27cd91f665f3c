import { z } from 'zod'
import { checkInput } from '../check-input.ts'
import { commit } from '../commit.ts'
import { currentIndex } from '../current-index.ts'
import { mergeContents } from '../index-segments/merge-contents.ts'
import { deletionNotice, segment } from '../index-segments/plan-segments.ts'
import { seal, unseal } from '../index-segments/seal.ts'
import { decodeSegment, encodeSegment } from '../index-segments/segment-codec.ts'
import type { SegmentContent } from '../index-segments/segment-content.ts'
import { isWaiting, sealedWaiting, unsealedWaiting, withWaiting } from '../index-segments/waiting-vectors.ts'
import type { Forgotten } from '../memory.ts'
import type { MemoryContext } from '../memory-context.ts'
import { type CallOptions, recordKinds, type Segment } from '../spec/index.ts'
import { type Removal, removalOf } from './removal.ts'

const whatSchema = z.strictObject({ episodeIds: z.array(z.string()).optional(), factIds: z.array(z.string()).optional() })

/** Deletes episodes or facts and all that rests on them alone, from the records and from the recall index, in one atomic write. Costs the memory's index. */
export async function forget(
  context: MemoryContext,
  what: { readonly episodeIds?: readonly string[]; readonly factIds?: readonly string[] },
  options: CallOptions,
): Promise<Forgotten> {
  const { episodeIds = [], factIds = [] } = checkInput(whatSchema, what, 'forget', 'what')
  let removal: Removal | undefined
  const write = () =>
    commit(
      context,
      async (head) => {
        const { index } = await currentIndex(context, options)
        removal = removalOf(index, episodeIds, factIds)
        const gone = removal
        if (recordKinds.every((kind) => gone[kind].size === 0)) return undefined
        const remove = Object.fromEntries(recordKinds.map((kind) => [kind, [...gone[kind]]]))
        return { changes: { put: {}, remove, ...(await segmentsWithout(context, gone, head.version + 1, options)) } }
      },
      options,
    )
  const { changed } = await context.writes.run(context.graph, write)
  if (!changed || removal === undefined) return { episodes: 0, chunks: 0, facts: 0, entities: 0 }
  return { episodes: removal.episodes.size, chunks: removal.chunks.size, facts: removal.facts.size, entities: removal.senses.size }
}

/**
 * The segments that hold something of a removal, written anew without it; the last of them says that something was deleted. Vectors that wait beside the
 * index are made from texts as well.
 */
async function segmentsWithout(
  context: MemoryContext,
  removal: Removal,
  version: number,
  options: CallOptions,
): Promise<{ readonly putSegments: readonly Segment[]; readonly dropSegmentIds: readonly string[] }> {
  const putSegments: Segment[] = []
  const dropSegmentIds: string[] = []
  for await (const old of context.graph.segments(withWaiting, options)) {
    const left = await (isWaiting(old) ? waitingWithout(old, removal) : indexWithout(old, removal))
    if (left === old) continue
    dropSegmentIds.push(old.id)
    if (left !== undefined) putSegments.push(left)
  }
  return { putSegments: [...putSegments, await deletionNotice(version)], dropSegmentIds }
}

/** A segment of the index without what is removed; the same one if it holds nothing of that. */
async function indexWithout(old: Segment, removal: Removal): Promise<Segment> {
  const left = without(decodeSegment(await unseal(old.bytes)), removal)
  return left === undefined ? old : segment(old.firstVersion, old.lastVersion, await seal(encodeSegment(left)))
}

/** The same of vectors that wait; `undefined` if none is left, or if it cannot be read what they are of. */
async function waitingWithout(old: Segment, { chunks }: Removal): Promise<Segment | undefined> {
  const waiting = await unsealedWaiting(old.bytes)
  const vectors = waiting?.vectors.filter(({ chunkId }) => !chunks.has(chunkId)) ?? []
  if (waiting === undefined || vectors.length === 0) return undefined
  return vectors.length === waiting.vectors.length ? old : segment(0, 0, await sealedWaiting({ ...waiting, vectors }))
}

/** A content without what is removed; `undefined` if it holds nothing of that. */
function without(content: SegmentContent, removal: Removal): SegmentContent | undefined {
  const left: SegmentContent = {
    ...content,
    episodes: content.episodes.filter(({ id }) => !removal.episodes.has(id)),
    retired: content.retired.filter(({ episodeId }) => !removal.episodes.has(episodeId)),
    chunks: content.chunks.filter(({ id }) => !removal.chunks.has(id)),
    senses: content.senses.filter(({ id }) => !removal.senses.has(id)),
    decisions: content.decisions.filter(({ id }) => !removal.decisions.has(id)),
    facts: content.facts.filter(({ id }) => !removal.facts.has(id)),
    assertions: content.assertions.filter(({ id }) => !removal.assertions.has(id)),
    corrections: content.corrections.filter(({ id }) => !removal.corrections.has(id)),
  }
  const kinds = ['episodes', 'retired', 'chunks', 'senses', 'decisions', 'facts', 'assertions', 'corrections'] as const
  if (kinds.every((kind) => left[kind].length === content[kind].length)) return undefined
  // Numbering the strings anew drops those that only the removed chunks had.
  return mergeContents([{ ...left, strings: content.strings }])
}
