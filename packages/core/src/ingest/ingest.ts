import { commit } from '../commit.ts'
import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { modelsOf } from '../models/models-of.ts'
import type { Instant } from '../spec/index.ts'
import { batchesOf, defaultConcurrency } from './batches.ts'
import type { IngestedEpisode, IngestOptions, IngestProgress, IngestResult } from './ingest-input.ts'
import type { EpisodeDraft } from './parse-input.ts'
import { type EpisodePlan, planIngest } from './plan-ingest.ts'
import { type Batch, type BatchCounts, prepareBatch } from './prepare-batch.ts'
import { type Failure, type Reading, readBatch } from './read-batch.ts'
import type { ChunkPlan } from './read-chunk.ts'

/**
 * `episode → chunk → embed → extract → resolve → index → apply`, batch by batch; each batch is one atomic write. Chunks that the memory has are
 * passed over without reading them again, so that the same call resumes after whatever happened.
 *
 * Cost: one vector and one extraction a new chunk, and a constant number of reads and statements a batch.
 */
export async function ingest(context: MemoryContext, drafts: readonly EpisodeDraft[], options: IngestOptions): Promise<IngestResult> {
  const started = performance.now()
  options.signal?.throwIfAborted()
  const calls = context.models.begin({ budget: options.budget, models: modelsOf(context) })
  checkGeneration(await context.graph.head(options), context)
  const recordedAt = context.now()
  const plans = await planIngest(context, drafts, recordedAt, options)
  const chunks = plans.flatMap((plan) => plan.chunks)
  const failures = new Map<string, Failure[]>()
  const resumed = new Set<string>()
  const counts = { chunks: 0, entities: 0, facts: 0 }
  let done = 0
  const progress = (stage: IngestProgress['stage']) => options.onProgress?.({ stage, done, total: chunks.length })
  const reading: Reading = {
    recordedAt,
    calls,
    concurrency: options.concurrency ?? defaultConcurrency,
    progress,
    failed: ({ episode }, failure) => failures.set(episode.id, [...(failures.get(episode.id) ?? []), failure]),
  }
  progress('chunking')
  for (const batch of batchesOf(chunks, context.reasoner, options)) {
    const ids = batch.map(({ id }) => id)
    await context.claims.run(context.graph.scope, ids, options.signal, async () => {
      const read = await readBatch(context, await withoutKnown(context, batch, options), reading, options)
      for (const { chunk } of read) resumed.add(chunk.episode.id)
      const latest = await write(context, read, recordedAt, progress, options)
      options.signal?.throwIfAborted()
      for (const key of ['chunks', 'entities', 'facts'] as const) counts[key] += latest[key]
    })
    done += batch.length
  }
  progress('complete')
  return {
    ...summary(plans, failures, resumed),
    ...counts,
    version: (await context.graph.head(options)).version,
    usage: calls.bill,
    durationMs: performance.now() - started,
  }
}

async function withoutKnown({ graph }: MemoryContext, batch: readonly ChunkPlan[], options: IngestOptions): Promise<readonly ChunkPlan[]> {
  const ids = batch.map(({ id }) => id)
  const known = new Set((await graph.get('chunks', ids, options)).map(({ id }) => id))
  return batch.filter(({ id }) => !known.has(id))
}

/** Writes what was read of a batch, in one atomic write. */
async function write(
  context: MemoryContext,
  read: Batch['read'],
  recordedAt: Instant,
  progress: (stage: 'resolving' | 'persisting') => void,
  options: IngestOptions,
): Promise<BatchCounts> {
  progress('resolving')
  const nothing = { chunks: 0, entities: 0, facts: 0 }
  if (read.length === 0) return nothing
  // What a model was paid for is written, also when the call is aborted meanwhile.
  const call = context.reasoner.model === undefined ? { signal: options.signal } : {}
  let latest: BatchCounts = nothing
  const apply = () =>
    commit(
      context,
      async () => {
        const draft = await prepareBatch(context, { read, replace: options.replace === true, recordedAt }, call)
        progress('persisting')
        if (draft !== undefined) latest = draft.counts
        return draft
      },
      call,
    )
  const { changed } = await context.writes.run(context.graph, apply)
  return changed ? latest : nothing
}

/** What became of each episode, and how many of each. */
function summary(
  plans: readonly EpisodePlan[],
  failures: ReadonlyMap<string, readonly Failure[]>,
  resumed: ReadonlySet<string>,
): Pick<IngestResult, 'episodes' | 'added' | 'unchanged' | 'replaced' | 'failed'> {
  const episodes = plans.map(({ episode, status }): IngestedEpisode => {
    const failed = failures.get(episode.id) ?? []
    // An episode that was there in part is added by the call that completes it.
    const reached = status === 'unchanged' && resumed.has(episode.id) ? 'added' : status
    return { id: episode.id, key: episode.key.slice(1), status: failed.length > 0 ? 'failed' : reached, failures: failed }
  })
  const count = (status: IngestedEpisode['status']) => episodes.filter((episode) => episode.status === status).length
  return { episodes, added: count('added'), unchanged: count('unchanged'), replaced: count('replaced'), failed: count('failed') }
}
