import { indexedEpisode } from '../ingest/prepare-batch.ts'
import type { Analyzer, Chunk, Episode, RecordKind, Records, Segment } from '../spec/index.ts'
import { indexChunk } from './index-chunk.ts'
import { segment } from './plan-segments.ts'
import type { Quantised } from './quantised.ts'
import { seal } from './seal.ts'
import { encodeSegment } from './segment-codec.ts'
import type { SegmentContent } from './segment-content.ts'
import { stemsOf } from './stems-of.ts'
import { StringTable } from './string-table.ts'

const chunksPerSegment = 1_024

/** A chunk with the episode it is of: what its vector and its entry in the index are made from. */
export interface ChunkOfEpisode {
  readonly chunk: Chunk
  readonly episode: Episode
}

export type VectorsOf = (chunks: readonly ChunkOfEpisode[]) => Promise<readonly (Quantised | undefined)[]>

export interface IndexedRecords extends Readonly<{ [K in Exclude<RecordKind, 'chunks'>]: readonly Records[K][] }> {
  readonly chunks: AsyncIterable<Chunk> | Iterable<Chunk>
}

/**
 * The whole recall index of a memory, made from its records for the version that is about to be written. Analyses every chunk.
 *
 * @param rebuiltAt the version at which something was deleted; 0 for never.
 * @param vectorsOf gives the vectors of some chunks, in their order; a chunk without one is left out.
 */
export async function segmentsOfRecords(
  records: IndexedRecords,
  { version, rebuiltAt, analyzer }: { readonly version: number; readonly rebuiltAt: number; readonly analyzer: Analyzer },
  vectorsOf: VectorsOf,
): Promise<readonly Segment[]> {
  const { episodes, senses, decisions, facts, assertions, corrections } = records
  const episodeOf = new Map(episodes.map((episode) => [episode.id, episode]))
  const retired = episodes.flatMap(({ id, retiredAt }) => (retiredAt === undefined ? [] : [{ episodeId: id, at: retiredAt }]))
  const first = { episodes: episodes.map(indexedEpisode), retired, senses, decisions, facts, assertions, corrections }
  const later = { episodes: [], retired: [], senses: [], decisions: [], facts: [], assertions: [], corrections: [] }
  const segments: Segment[] = []
  let pending: ChunkOfEpisode[] = []
  const flush = async () => {
    const strings = new StringTable()
    const vectors = await vectorsOf(pending)
    const chunks = pending.flatMap(({ chunk, episode }, place) => {
      const vector = vectors[place]
      return vector === undefined ? [] : [indexChunk(chunk, episode, vector, analyzer, strings)]
    })
    const words = { strings: strings.strings, stems: stemsOf(chunks, strings.strings, analyzer) }
    const isFirst = segments.length === 0
    const content: SegmentContent = { rebuiltAt, ...(isFirst ? first : later), ...words, chunks }
    segments.push(segment(isFirst ? 1 : version, version, await seal(encodeSegment(content))))
    pending = []
  }
  for await (const chunk of records.chunks) {
    const episode = episodeOf.get(chunk.episodeId)
    if (episode !== undefined) pending.push({ chunk, episode })
    if (pending.length === chunksPerSegment) await flush()
  }
  await flush()
  return segments
}
