import type { Draft } from '../commit.ts'
import { indexChunk } from '../index-segments/index-chunk.ts'
import { quantised } from '../index-segments/quantised.ts'
import type { IndexedEpisode } from '../index-segments/segment-content.ts'
import { stemsOf } from '../index-segments/stems-of.ts'
import { StringTable } from '../index-segments/string-table.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { CallOptions, Decision, Episode, Instant } from '../spec/index.ts'
import { episodeChanged } from './plan-ingest.ts'
import type { ReadChunk } from './read-chunk.ts'
import { sameAsSelf, sameByName } from './same-names.ts'

/** What one batch writes: chunks that were read, and their vectors. */
export interface Batch {
  readonly read: readonly { readonly chunk: ReadChunk; readonly vector: Float32Array }[]
  /** Whether what is believed under the keys of these episodes is replaced by them. */
  readonly replace: boolean
  readonly recordedAt: Instant
}

/** Counts what a batch brought that the memory did not have. */
export interface BatchCounts {
  readonly chunks: number
  readonly entities: number
  readonly facts: number
}

/**
 * Makes the write of a batch from the memory as it is: leaves out what is there already, and proposes which names are the same. Five reads,
 * whatever the batch and the memory hold.
 *
 * @throws GraphMemError `EPISODE_CHANGED` when another writer brought other content under the key of an episode since it was planned.
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
  const episodes = byId(read.map(({ episode }) => episode))
  const retire = await replacedBy(episodes, batch.replace, context, options)
  const ofSelf = sameAsSelf(self, batch.recordedAt)
  const arrived = byId([...read.flatMap(({ senses }) => senses), ...ofSelf.senses])
  const referred = [...arrived, ...read.flatMap((chunk) => chunk.known.senses)]
  const known = await graph.sensesOfBlocks([...new Set(referred.map(({ block }) => block))], options)
  const knownIds = idsOf(known)
  const senses = arrived.filter(({ id }) => !knownIds.has(id))
  // What a chunk was read beside may have been forgotten meanwhile: then nothing is said of it.
  const isSense = idsOf([...known, ...arrived])
  const proposed = byId<Decision>([
    ...ofSelf.decisions,
    ...read.flatMap(({ decisions }) => decisions.filter((decision) => decision.senses.every((id) => isSense.has(id)))),
    ...sameByName(senses, known, batch.recordedAt),
  ])
  const decisions = await without(proposed, (wanted) => graph.get('decisions', wanted, options))
  const stated = byId(read.flatMap((chunk) => chunk.facts))
  const factIds = new Set([...stated.map(({ id }) => id), ...read.flatMap((chunk) => chunk.known.factIds)])
  const factsThere = idsOf(await graph.get('facts', [...factIds], options))
  const facts = stated.filter(({ id }) => !factsThere.has(id))
  const isFact = new Set([...idsOf(stated), ...factsThere])
  const assertions = byId(read.flatMap((chunk) => chunk.assertions)).filter(({ factId }) => isFact.has(factId))
  const strings = new StringTable()
  const chunks = fresh.map(({ chunk, vector }) => indexChunk(chunk.chunk, chunk.episode, quantised(vector), context.analyzer, strings))
  return {
    changes: {
      put: { episodes, chunks: read.map(({ chunk }) => chunk), senses, decisions, facts, assertions },
      ...(retire.length === 0 ? {} : { retire: { episodeIds: retire, at: batch.recordedAt } }),
    },
    delta: {
      rebuiltAt: 0,
      strings: strings.strings,
      stems: stemsOf(chunks, strings.strings, context.analyzer),
      episodes: episodes.map(indexedEpisode),
      retired: retire.map((episodeId) => ({ episodeId, at: batch.recordedAt })),
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

/** The believed episodes of other content under the keys of these. One that was itself replaced meanwhile replaces nothing any more. */
async function replacedBy(
  episodes: readonly Episode[],
  replace: boolean,
  { graph }: MemoryContext,
  options: CallOptions,
): Promise<readonly string[]> {
  const ofKeys = await graph.episodesOfKeys([...new Set(episodes.map(({ key }) => key))], options)
  const retired = new Set(ofKeys.filter(({ retiredAt }) => retiredAt !== undefined).map(({ id }) => id))
  const idOfKey = new Map(episodes.map(({ id, key }) => [key, id]))
  const others = ofKeys.filter(({ id, key }) => !retired.has(id) && idOfKey.get(key) !== id && !retired.has(idOfKey.get(key) ?? ''))
  if (others.length > 0 && !replace) throw episodeChanged(others)
  return others.map(({ id }) => id)
}

/** An episode as the index keeps it. */
export function indexedEpisode({ text, key, contentHash, chunkCount, retiredAt, ...rest }: Episode): IndexedEpisode {
  return rest
}

function byId<T extends { readonly id: string }>(records: readonly T[]): readonly T[] {
  return [...new Map(records.map((record) => [record.id, record])).values()]
}

function idsOf(records: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(records.map(({ id }) => id))
}

async function without<T extends { readonly id: string }>(
  records: readonly T[],
  read: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const there = new Set((await read(records.map(({ id }) => id))).map(({ id }) => id))
  return records.filter(({ id }) => !there.has(id))
}
