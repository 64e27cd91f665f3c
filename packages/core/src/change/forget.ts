import { z } from 'zod'
import { checkInput } from '../check-input.ts'
import { commit } from '../commit.ts'
import { currentIndex } from '../current-index.ts'
import { mergeContents } from '../index-segments/merge-contents.ts'
import { segment } from '../index-segments/plan-segments.ts'
import { seal, unseal } from '../index-segments/seal.ts'
import { decodeSegment, encodeSegment } from '../index-segments/segment-codec.ts'
import type { SegmentContent } from '../index-segments/segment-content.ts'
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

/** The segments that hold something of a removal, written anew without it; the last of them says that something was deleted. */
async function segmentsWithout(
  context: MemoryContext,
  removal: Removal,
  version: number,
  options: CallOptions,
): Promise<{ readonly putSegments: readonly Segment[]; readonly dropSegmentIds: readonly string[] }> {
  const putSegments: Segment[] = []
  const dropSegmentIds: string[] = []
  for await (const old of context.graph.segments(0, options)) {
    const content = decodeSegment(await unseal(old.bytes))
    const left = without(content, removal)
    if (left === undefined) continue
    dropSegmentIds.push(old.id)
    putSegments.push(segment(old.firstVersion, old.lastVersion, await seal(encodeSegment(left))))
  }
  const notice = { ...mergeContents([]), rebuiltAt: version }
  return { putSegments: [...putSegments, segment(version, version, await seal(encodeSegment(notice)))], dropSegmentIds }
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
