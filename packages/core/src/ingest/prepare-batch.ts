import type { Draft } from '../commit.ts'
import { indexChunk } from '../index-segments/index-chunk.ts'
import type { IndexedEpisode } from '../index-segments/segment-content.ts'
import { StringTable } from '../index-segments/string-table.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { CallOptions, Decision, Episode, Instant } from '../spec/index.ts'
import type { ReadChunk } from './read-chunk.ts'
import { sameAsSelf, sameByName } from './same-names.ts'

/** What one batch writes: chunks that were read, their vectors, and the episodes they replace. */
export interface Batch {
  readonly read: readonly { readonly chunk: ReadChunk; readonly vector: Float32Array }[]
  readonly retire: readonly string[]
  readonly recordedAt: Instant
}

/** Counts what a batch brought that the memory did not have. */
export interface BatchCounts {
  readonly chunks: number
  readonly entities: number
  readonly facts: number
}

/**
 * Makes the write of a batch from the memory as it is: leaves out what is there already, and proposes which names are the same. Four reads,
 * whatever the batch and the memory hold.
 */
export async function prepareBatch(
  context: MemoryContext,
  batch: Batch,
  options: CallOptions,
): Promise<(Draft & { readonly counts: BatchCounts }) | undefined> {
  const { graph, self } = context
  const ids = batch.read.map(({ chunk }) => chunk.chunk.id)
  const there = new Set((await graph.get('chunks', ids, options)).map(({ id }) => id))
  const fresh = batch.read.filter(({ chunk }) => !there.has(chunk.chunk.id))
  if (fresh.length === 0) return undefined
  const read = fresh.map(({ chunk }) => chunk)
  const ofSelf = sameAsSelf(self, batch.recordedAt)
  const arrived = byId([...read.flatMap(({ senses }) => senses), ...ofSelf.senses])
  const known = await graph.sensesOfBlocks([...new Set(arrived.map(({ block }) => block))], options)
  const knownIds = new Set(known.map(({ id }) => id))
  const senses = arrived.filter(({ id }) => !knownIds.has(id))
  const proposed = byId<Decision>([
    ...ofSelf.decisions,
    ...read.flatMap(({ decisions }) => decisions),
    ...sameByName(senses, known, batch.recordedAt),
  ])
  const decisions = await without(proposed, (wanted) => graph.get('decisions', wanted, options))
  const facts = await without(byId(read.flatMap((chunk) => chunk.facts)), (wanted) => graph.get('facts', wanted, options))
  const episodes = byId(read.map(({ episode }) => episode))
  const assertions = byId(read.flatMap((chunk) => chunk.assertions))
  const strings = new StringTable()
  const chunks = fresh.map(({ chunk, vector }) => indexChunk(chunk.chunk, chunk.episode, vector, context.analyzer, strings))
  return {
    changes: {
      put: { episodes, chunks: read.map(({ chunk }) => chunk), senses, decisions, facts, assertions },
      ...(batch.retire.length === 0 ? {} : { retire: { episodeIds: batch.retire, at: batch.recordedAt } }),
    },
    delta: {
      rebuiltAt: 0,
      strings: strings.strings,
      episodes: episodes.map(indexedEpisode),
      retired: batch.retire.map((episodeId) => ({ episodeId, at: batch.recordedAt })),
      chunks,
      senses,
      decisions,
      facts,
      assertions,
      corrections: [],
    },
    counts: { chunks: chunks.length, entities: senses.filter(({ key }) => !key.startsWith('@')).length, facts: facts.length },
  }
}

/** An episode as the index keeps it. */
export function indexedEpisode({ text, key, contentHash, chunkCount, retiredAt, ...rest }: Episode): IndexedEpisode {
  return rest
}

function byId<T extends { readonly id: string }>(records: readonly T[]): readonly T[] {
  return [...new Map(records.map((record) => [record.id, record])).values()]
}

async function without<T extends { readonly id: string }>(
  records: readonly T[],
  read: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const there = new Set((await read(records.map(({ id }) => id))).map(({ id }) => id))
  return records.filter(({ id }) => !there.has(id))
}
