import { z } from 'zod'
import type { MemoryCache } from './cache/memory-cache.ts'
import { correct } from './change/correct.ts'
import { forget } from './change/forget.ts'
import { type ReembedOptions, reembed } from './change/reembed.ts'
import { type ReindexOptions, reindex } from './change/reindex.ts'
import { checkInput } from './check-input.ts'
import { currentIndex } from './current-index.ts'
import { digest } from './digest.ts'
import { examineMemory } from './examine/examine-memory.ts'
import type { IndexedEpisode } from './index-segments/segment-content.ts'
import { isWaiting } from './index-segments/waiting-vectors.ts'
import { estimate } from './ingest/estimate.ts'
import { ingest } from './ingest/ingest.ts'
import type { IngestInput, IngestOptions, IngestResult } from './ingest/ingest-input.ts'
import { type EpisodeDraft, parseInput, refuseContradictions, withKey } from './ingest/parse-input.ts'
import type { EntitiesOptions, EpisodeSummary, FactsOptions, Memory } from './memory.ts'
import type { MemoryContext } from './memory-context.ts'
import { budgetSchema } from './models/budget.ts'
import { query } from './query/query.ts'
import { parseOptions } from './recall/parse-options.ts'
import { recall } from './recall/recall.ts'
import { type CallOptions, type EraseOptions, type ErasureReceipt, GraphMemError, type ScopedGraph } from './spec/index.ts'
import { exportLines } from './transfer/export-lines.ts'
import { importLines } from './transfer/import-lines.ts'
import { moveMarkOf } from './transfer/move-mark.ts'
import { listEntities } from './view/list-entities.ts'
import { listFacts } from './view/list-facts.ts'

const signal = z.instanceof(AbortSignal, { error: 'is not an AbortSignal' }).optional()
const anyOptions = z.looseObject({ signal })
const callOptions = z.strictObject({ signal }).optional() as z.ZodType<CallOptions | undefined>
const reindexOptions = z.strictObject({ signal, budget: budgetSchema.optional() }) as z.ZodType<ReindexOptions>
const episodesOptions = z.strictObject({ signal, limit: z.int().min(0).optional() })
const ingestOptions = z.strictObject({
  replace: z.boolean().optional(),
  batchSize: z.int().min(1).max(1_000).optional(),
  concurrency: z.int().min(1).max(64).optional(),
  budget: budgetSchema.optional(),
  onProgress: z.custom<NonNullable<IngestOptions['onProgress']>>((value) => typeof value === 'function', 'is not a function').optional(),
  signal,
}) as z.ZodType<IngestOptions>
const reembedOptions = z.strictObject({
  batchSize: z.int().min(1).max(1_000).optional(),
  budget: budgetSchema.optional(),
  onProgress: z.custom<NonNullable<ReembedOptions['onProgress']>>((value) => typeof value === 'function', 'is not a function').optional(),
  signal,
}) as z.ZodType<ReembedOptions>

/** The memory of a context: checks what comes in, and hands it to the pipelines. */
export function openMemory(context: MemoryContext, cache: MemoryCache | undefined, refuseClosed: () => void): Memory {
  let isClosed = false
  const guard = (options: CallOptions | undefined): CallOptions => {
    refuseClosed()
    if (isClosed)
      throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use this memory: it was closed. Open it again with memory().' })
    const call = { signal: checkInput(anyOptions, options ?? {}, 'use this memory', 'options').signal }
    call.signal?.throwIfAborted()
    return call
  }
  /** For calls that take a signal and nothing else. */
  const guardSignalOnly = (options: CallOptions | undefined): CallOptions => {
    const call = guard(options)
    checkInput(callOptions, options, 'use this memory', 'options')
    return call
  }
  const ingestDrafts = (drafts: readonly EpisodeDraft[], options: IngestOptions): Promise<IngestResult> =>
    ingest(context, refuseContradictions(drafts), options)
  const index = async (options: CallOptions) => (await currentIndex(context, options)).index

  return {
    scope: context.graph.scope,

    async ingest(input: IngestInput, options: IngestOptions = {}) {
      guard(options)
      const checked = checkInput(ingestOptions, options, 'ingest', 'options')
      checked.onProgress?.({ stage: 'parsing', done: 0, total: 0 })
      return ingestDrafts(parseInput(input, context.now(), context.self), checked)
    },

    async estimate(input, options = {}) {
      guard(options)
      const checked = checkInput(ingestOptions, options, 'estimate', 'options')
      return estimate(context, refuseContradictions(parseInput(input, context.now(), context.self)), checked)
    },

    async replace(episodeId: string, input: IngestInput, options: IngestOptions = {}) {
      const call = guard(options)
      const checked = checkInput(ingestOptions, options, 'replace', 'options')
      const drafts = parseInput(input, context.now(), context.self)
      const [draft] = drafts
      const [episode] = typeof episodeId === 'string' ? await context.graph.get('episodes', [episodeId], call) : []
      if (draft === undefined || drafts.length > 1 || episode === undefined) {
        const problem = episode === undefined ? 'there is no episode of this id' : 'an episode is replaced by exactly one other'
        throw new GraphMemError({ code: 'INPUT_INVALID', field: 'episodeId', message: `Cannot replace: episodeId: ${problem}.` })
      }
      return ingestDrafts([withKey(draft, episode.key)], { ...checked, replace: true })
    },

    async recall(question, options = {}) {
      guard(options)
      const now = context.now()
      const plan = parseOptions(question, options, now)
      if (cache === undefined) return recall(context, plan)
      return cache.serve({ kind: 'search', plan, options, now, compute: recall })
    },

    async query(question, options = {}) {
      guard(options)
      const now = context.now()
      const plan = parseOptions(question, options, now)
      if (cache === undefined) return query(context, plan)
      return cache.serve({ kind: 'query', plan, options, now, compute: query })
    },

    async facts(options: FactsOptions = {}) {
      const call = guard(options)
      return listFacts(await index(call), context, options)
    },

    async entities(options: EntitiesOptions = {}) {
      const call = guard(options)
      return listEntities(await index(call), context, options)
    },

    async episodes(options = {}) {
      const call = guard(options)
      const { limit } = checkInput(episodesOptions, options, 'list episodes', 'options')
      const { episodes, retiredAt } = await index(call)
      return [...episodes.values()]
        .sort((a, b) => (a.at ?? a.recordedAt) - (b.at ?? b.recordedAt) || (a.sequence ?? 0) - (b.sequence ?? 0) || (a.id < b.id ? -1 : 1))
        .slice(0, limit ?? Number.POSITIVE_INFINITY)
        .map((episode) => summary(episode, retiredAt.get(episode.id)))
    },

    async forget(what, options) {
      return forget(context, what, guardSignalOnly(options))
    },

    async correct(correction, options) {
      return correct(context, correction, guardSignalOnly(options))
    },

    async version(options) {
      return (await context.graph.head(guardSignalOnly(options))).version
    },

    async stats(options) {
      const call = guardSignalOnly(options)
      const head = await context.graph.head(call)
      const { version } = head
      const { generation } = moveMarkOf(head)
      const records = await context.graph.count(call)
      const segments = (await context.graph.segmentInfos(call)).filter((info) => !isWaiting(info))
      return {
        version,
        ...(generation === undefined ? {} : { generation }),
        records,
        segments: segments.length,
        segmentBytes: segments.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
      }
    },

    async digest(options) {
      return digest(context.graph, guardSignalOnly(options))
    },

    async reindex(options = {}) {
      guard(options)
      return reindex(context, checkInput(reindexOptions, options, 'reindex', 'options'))
    },

    async reembed(options = {}) {
      guard(options)
      return reembed(context, checkInput(reembedOptions, options, 'reembed', 'options'))
    },

    async examine(options) {
      return examineMemory(context.graph, guardSignalOnly(options))
    },

    async *export(options) {
      yield* exportLines(context, guardSignalOnly(options))
    },

    async import(source, options) {
      const call = guardSignalOnly(options)
      const { records, digest, checksum } = await importLines(context, source, call)
      return { records, digest, checksum }
    },

    async erase(options) {
      return eraseMemory(context, cache, guardSignalOnly(options))
    },

    async close() {
      isClosed = true
      await context.writes.run(context.graph, async () => undefined)
      context.indexes.drop(context.graph)
    },
  }
}

/** Erases a memory with what the process holds and the cache keeps of it. */
export async function eraseMemory(context: MemoryContext, cache: MemoryCache | undefined, options: EraseOptions): Promise<ErasureReceipt> {
  const erase = () => (options.expect === undefined ? eraseTelling(context.graph, options) : context.graph.erase(options))
  const receipt = await context.writes.run(context.graph, erase)
  context.indexes.drop(context.graph)
  context.observe({ type: 'memory-erased', episodes: receipt.records.episodes })
  return cache === undefined ? receipt : cache.erase(receipt, options)
}

const maxAttempts = 10

/** Erases, and says so where a move had written a copy elsewhere. The head is expected: a move that marks it meanwhile is seen. */
async function eraseTelling(graph: ScopedGraph, options: CallOptions): Promise<ErasureReceipt> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await graph.head(options)
    try {
      // Who writes all the while does not hold up an erasure.
      const receipt = await graph.erase({ ...options, expect: attempt < maxAttempts ? head : undefined })
      return moveMarkOf(head).state === 'leaving' ? withMoved(receipt) : receipt
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'CONFLICT' || attempt === maxAttempts) throw error
    }
  }
}

/** The receipt of an erasure of something that was being moved. */
export function withMoved(receipt: ErasureReceipt): ErasureReceipt {
  return { ...receipt, unverified: [...receipt.unverified, copyElsewhere] }
}

const copyElsewhere = 'The memory was being moved to another store: a copy of it may be there, which is erased there.'

function summary(episode: IndexedEpisode, retiredAt: number | undefined): EpisodeSummary {
  const { id, kind, title, source, session, speaker, at, recordedAt } = episode
  return {
    id,
    kind,
    ...(title === undefined ? {} : { title }),
    ...(source === undefined ? {} : { source }),
    ...(session === undefined ? {} : { session }),
    ...(speaker === undefined ? {} : { speaker }),
    ...(at === undefined ? {} : { at: new Date(at) }),
    recordedAt: new Date(recordedAt),
    ...(retiredAt === undefined ? {} : { retiredAt: new Date(retiredAt) }),
  }
}
