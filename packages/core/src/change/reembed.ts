import { commit } from '../commit.ts'
import { indexedVectors } from '../index-segments/indexed-vectors.ts'
import { deletionNotice, segment } from '../index-segments/plan-segments.ts'
import { type Quantised, quantised } from '../index-segments/quantised.ts'
import type { VectorsOf } from '../index-segments/segments-of-records.ts'
import { isWaiting, sealedWaiting, unsealedWaiting, withWaiting } from '../index-segments/waiting-vectors.ts'
import { type WithVectors, withVectors } from '../index-segments/with-vectors.ts'
import { embedChunks } from '../ingest/embed-chunks.ts'
import { generationOf, type MemoryContext, madeWith, refuseMoving, vectorsMadeBy } from '../memory-context.ts'
import type { Bill } from '../models/bill.ts'
import type { Budget } from '../models/budget.ts'
import { modelsOf } from '../models/models-of.ts'
import { type CallOptions, type Chunk, GraphMemError, type Head, type ModelOptions, type Segment, type SegmentInfo } from '../spec/index.ts'
import { segmentsAnew } from './segments-anew.ts'

export interface ReembedOptions extends CallOptions {
  /** Chunks embedded and kept at once: a call that is cut off loses the vectors of so many at most. 1 to 1,000. Default 256. */
  readonly batchSize?: number
  /** For a remote embedder. Where it does not reach, what was embedded is kept for the next call. */
  readonly budget?: Budget
  readonly onProgress?: (progress: ReembedProgress) => void
}

export interface ReembedProgress {
  /** Chunks that have a vector of the embedder at hand, and all that there are. */
  readonly done: number
  readonly total: number
}

export interface ReembedResult {
  readonly chunks: number
  /** Chunks that this call embedded: none where nothing was to be done, fewer than there are where an earlier call was cut off. */
  readonly embedded: number
  /** The memory's version after it. */
  readonly version: number
  /** What it took of a remote embedder. */
  readonly usage: Bill
  readonly durationMs: number
}

/** What a call has made so far. */
interface Work {
  /** Of the embedder at hand, by chunk. */
  readonly vectors: Map<string, Quantised>
  /** Segments beside the index that are of no use. */
  readonly useless: Set<string>
  /** See {@link withVectors}. */
  readonly written: Map<string, Segment>
  readonly titles: Map<string, string | undefined>
  /** Whether the index cannot be taken over, and has to be made anew from the records. */
  fromRecords: boolean
}

const defaultBatchSize = 256

/**
 * `vectors that wait → chunks without one → embed → keep beside the index → … → one write that swaps`: gives a memory the vectors of the embedder at
 * hand, and the index of the analyzer at hand, from the stored text. Until the last write nothing of the index changes, so whoever has the embedder of
 * before reads and writes on. Chunks that come meanwhile are embedded before the swap, which is done to the head that was seen, or tried again.
 *
 * Cost: one vector a chunk; a batch, a constant number of reads and one write; the index once. Holds the new index, and a byte a dimension and chunk.
 */
export async function reembed(
  context: MemoryContext,
  { signal, budget, batchSize = defaultBatchSize, onProgress }: ReembedOptions,
): Promise<ReembedResult> {
  const { graph, embedder } = context
  const started = performance.now()
  const calls = context.models.begin({ budget, models: modelsOf({ embedder }) })
  const options: ModelOptions = { signal, calls }
  const work = await workSoFar(context, options)
  let embedded = 0
  for (;;) {
    const { head, lacking } = await swap(context, work, options)
    const total = (await graph.count(options)).chunks
    onProgress?.({ done: total - lacking.length, total })
    if (lacking.length === 0)
      return { chunks: total, embedded, version: head.version, usage: calls.bill, durationMs: performance.now() - started }
    const before = embedded
    for (let from = 0; from < lacking.length; from += batchSize) {
      embedded += await embedBatch(context, lacking.slice(from, from + batchSize), work, options)
      onProgress?.({ done: total - Math.max(0, lacking.length - from - batchSize), total })
    }
    // The index tells of chunks that are not there: they were forgotten meanwhile, or it does not fit the records.
    if (embedded === before) work.fromRecords = true
  }
}

/** What waits from an earlier call; and where the embedder stays as it is, what is in the index. */
async function workSoFar(context: MemoryContext, options: CallOptions): Promise<Work> {
  const { graph, embedder } = context
  const head = await graph.head(options)
  const madeBy = vectorsMadeBy(embedder)
  const isIndexOfUse = madeWith(head).vectorsBy === madeBy && head.generation !== generationOf(context)
  const vectors = new Map(isIndexOfUse ? (await indexedVectors(graph, options)).vectors : [])
  const useless = new Set<string>()
  const isAnyWaiting = (await graph.segmentInfos(options)).some(isWaiting)
  for await (const old of isAnyWaiting ? graph.segments(withWaiting, options) : []) {
    // They come first.
    if (!isWaiting(old)) break
    const waiting = await unsealedWaiting(old.bytes)
    if (waiting?.madeBy === madeBy) for (const { chunkId, ...vector } of waiting.vectors) vectors.set(chunkId, vector)
    else useless.add(old.id)
  }
  for (const [id, { vector }] of vectors) if (vector.length !== embedder.dimensions) vectors.delete(id)
  return { vectors, useless, written: new Map(), titles: new Map(), fromRecords: false }
}

/** Puts the vectors in the place of those in the index, if there is one for each chunk; says which have none. */
async function swap(
  context: MemoryContext,
  work: Work,
  options: CallOptions,
): Promise<{ readonly head: Head; readonly lacking: readonly string[] }> {
  const { graph } = context
  const generation = generationOf(context)
  let lacking: readonly string[] = []
  const write = () =>
    commit(
      context,
      async (head) => {
        lacking = []
        refuseMoving(head)
        if (head.version === 0) return undefined
        const infos = await graph.segmentInfos(options)
        if (head.generation === generation) {
          const waiting = infos.filter(isWaiting)
          return waiting.length === 0 ? undefined : { changes: { put: {}, dropSegmentIds: waiting.map(({ id }) => id) } }
        }
        const next = await nextIndex(context, head, infos, work, options)
        lacking = next.lacking
        if (lacking.length > 0) return undefined
        return { changes: { put: {}, putSegments: next.segments, dropSegmentIds: infos.map(({ id }) => id) } }
      },
      { signal: options.signal, anyGeneration: true },
    )
  const { head, changed } = await context.writes.run(graph, write)
  if (changed) context.indexes.drop(graph)
  return { head, lacking }
}

/** The index with the vectors at hand: that of before with them in it, or one from the records where the analyzer is another too, or it is damaged. */
async function nextIndex(
  context: MemoryContext,
  head: Head,
  infos: readonly SegmentInfo[],
  work: Work,
  options: CallOptions,
): Promise<WithVectors> {
  const { graph, analyzer } = context
  const version = head.version + 1
  if (!work.fromRecords && madeWith(head).analyzer === analyzer.id) {
    try {
      const { segments, lacking } = await withVectors(graph, infos, work.vectors, work.written, options)
      return { segments: [...segments, await deletionNotice(version)], lacking }
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'INDEX_DAMAGED') throw error
      work.fromRecords = true
    }
  }
  const lacking: string[] = []
  const vectorsOf: VectorsOf = async (chunks) => {
    const ids = chunks.map(({ chunk }) => chunk.id)
    lacking.push(...ids.filter((id) => !work.vectors.has(id)))
    return ids.map((id) => work.vectors.get(id))
  }
  return { segments: await segmentsAnew(context, version, vectorsOf, options), lacking }
}

/** Embeds chunks, as far as they are there, and keeps their vectors beside the index; how many they were. */
async function embedBatch(context: MemoryContext, ids: readonly string[], work: Work, options: ModelOptions): Promise<number> {
  const { graph, embedder } = context
  const chunks = await graph.get('chunks', ids, options)
  await readTitles(context, chunks, work.titles, options)
  // A chunk without its episode is being forgotten.
  const whole = chunks.filter(({ episodeId }) => work.titles.has(episodeId))
  if (whole.length === 0) return 0
  const read = whole.map((chunk) => {
    const title = work.titles.get(chunk.episodeId)
    return { chunk, episode: title === undefined ? {} : { title } }
  })
  const made = (await embedChunks(read, embedder, options)).map(({ chunk, vector }) => ({ chunk: chunk.chunk, ...quantised(vector) }))
  const write = () =>
    commit(
      context,
      async (head) => {
        refuseMoving(head)
        // What was forgotten or erased meanwhile leaves nothing here.
        const there = new Map((await graph.get('chunks', ids, options)).map(({ id, text }) => [id, text]))
        const vectors = made.flatMap(({ chunk, ...vector }) => (there.get(chunk.id) === chunk.text ? { chunkId: chunk.id, ...vector } : []))
        if (vectors.length === 0 || head.generation === undefined || head.generation === generationOf(context)) return undefined
        const bytes = await sealedWaiting({ madeBy: vectorsMadeBy(embedder), vectors })
        const changes = { put: {}, putSegments: [segment(0, 0, bytes)], dropSegmentIds: [...work.useless] }
        return { changes, generation: head.generation }
      },
      { signal: options.signal, anyGeneration: true },
    )
  const { changed } = await context.writes.run(graph, write)
  if (changed) work.useless.clear()
  for (const { chunk, vector, scale } of made) work.vectors.set(chunk.id, { vector, scale })
  return whole.length
}

/** Reads the titles of the episodes of chunks, those that were not read before. */
async function readTitles(
  { graph }: MemoryContext,
  chunks: readonly Chunk[],
  titles: Map<string, string | undefined>,
  options: CallOptions,
): Promise<void> {
  const unread = new Set(chunks.map(({ episodeId }) => episodeId).filter((id) => !titles.has(id)))
  if (unread.size === 0) return
  for (const { id, title } of await graph.get('episodes', [...unread], options)) titles.set(id, title)
}
