import { commit } from '../commit.ts'
import { indexChunk } from '../index-segments/index-chunk.ts'
import { segment } from '../index-segments/plan-segments.ts'
import { seal } from '../index-segments/seal.ts'
import { encodeSegment } from '../index-segments/segment-codec.ts'
import type { IndexedChunk, SegmentContent } from '../index-segments/segment-content.ts'
import { stemsOf } from '../index-segments/stems-of.ts'
import { StringTable } from '../index-segments/string-table.ts'
import { embedChunks } from '../ingest/embed-chunks.ts'
import { indexedEpisode } from '../ingest/prepare-batch.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { CallOptions, Chunk, Episode, RecordKind, Records, Segment } from '../spec/index.ts'

const chunksPerSegment = 1_024

/** Makes the recall index anew from the records, with the analyzer and embedder at hand: one vector a chunk, no extraction. Costs the memory. */
export async function reindex(context: MemoryContext, options: CallOptions): Promise<void> {
  await context.writes.run(context.graph, () => rebuild(context, options))
}

/** The same for whoever has the turn to write already, or needs none: a writer that comes between makes it begin again. */
export async function rebuild(context: MemoryContext, options: CallOptions): Promise<void> {
  await commit(
    context,
    async (head) => {
      if (head.version === 0) return undefined
      const version = head.version + 1
      const dropSegmentIds = (await context.graph.segmentInfos(options)).map(({ id }) => id)
      return { changes: { put: {}, putSegments: await segmentsOfRecords(context, version, options), dropSegmentIds } }
    },
    { ...options, anyGeneration: true },
  )
  context.indexes.drop(context.graph)
}

async function segmentsOfRecords(context: MemoryContext, version: number, options: CallOptions): Promise<readonly Segment[]> {
  const all = <K extends RecordKind>(kind: K): Promise<readonly Records[K][]> => collect(context.graph.scan(kind, options))
  const episodes = await all('episodes')
  const byId = new Map(episodes.map((episode) => [episode.id, episode]))
  const rest: Omit<SegmentContent, 'strings' | 'stems' | 'chunks'> = {
    rebuiltAt: version,
    episodes: episodes.map(indexedEpisode),
    retired: episodes.flatMap(({ id, retiredAt }) => (retiredAt === undefined ? [] : [{ episodeId: id, at: retiredAt }])),
    senses: await all('senses'),
    decisions: await all('decisions'),
    facts: await all('facts'),
    assertions: await all('assertions'),
    corrections: await all('corrections'),
  }
  const segments: Segment[] = []
  let pending: Chunk[] = []
  const flush = async () => {
    const strings = new StringTable()
    const chunks = await indexChunks(context, pending, byId, strings, options)
    const words = { strings: strings.strings, stems: stemsOf(chunks, strings.strings, context.analyzer) }
    const isFirst = segments.length === 0
    const content: SegmentContent = isFirst
      ? { ...rest, ...words, chunks }
      : {
          ...rest,
          episodes: [],
          retired: [],
          senses: [],
          decisions: [],
          facts: [],
          assertions: [],
          corrections: [],
          ...words,
          chunks,
        }
    segments.push(segment(isFirst ? 1 : version, version, await seal(encodeSegment(content))))
    pending = []
  }
  for await (const chunk of context.graph.scan('chunks', options)) {
    pending.push(chunk)
    if (pending.length === chunksPerSegment) await flush()
  }
  await flush()
  return segments
}

async function indexChunks(
  context: MemoryContext,
  chunks: readonly Chunk[],
  episodes: ReadonlyMap<string, Episode>,
  strings: StringTable,
  options: CallOptions,
): Promise<readonly IndexedChunk[]> {
  const read = chunks.flatMap((chunk) => {
    const episode = episodes.get(chunk.episodeId)
    return episode === undefined ? [] : [{ chunk, episode, senses: [], facts: [], assertions: [], decisions: [] }]
  })
  const vectors = await embedChunks(read, context.embedder, options)
  return vectors.map(({ chunk, vector }) => indexChunk(chunk.chunk, chunk.episode, vector, context.analyzer, strings))
}

async function collect<T>(records: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const record of records) all.push(record)
  return all
}
