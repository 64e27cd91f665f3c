import pMap from 'p-map'
import { commit } from '../commit.ts'
import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { GraphMemError, type GraphMemErrorCode } from '../spec/index.ts'
import { embedChunks } from './embed-chunks.ts'
import type { IngestedEpisode, IngestOptions, IngestResult } from './ingest-input.ts'
import { type Around, knownAround } from './known-around.ts'
import type { EpisodeDraft } from './parse-input.ts'
import { type EpisodePlan, planIngest } from './plan-ingest.ts'
import { prepareBatch } from './prepare-batch.ts'
import { type ChunkPlan, type ReadChunk, readChunk } from './read-chunk.ts'

type Failure = IngestedEpisode['failures'][number]

/**
 * `episode → chunk → extract → resolve → embed → index → apply`, batch by batch; each batch is one atomic write. Chunks that the memory has are
 * passed over without reading them again, so that the same call resumes after whatever happened.
 *
 * Cost: one extraction and one vector a new chunk, and a constant number of reads and statements a batch.
 */
export async function ingest(context: MemoryContext, drafts: readonly EpisodeDraft[], options: IngestOptions): Promise<IngestResult> {
  const started = performance.now()
  options.signal?.throwIfAborted()
  checkGeneration(await context.graph.head(options), context)
  const recordedAt = context.now()
  const plans = await planIngest(context, drafts, recordedAt, options)
  const chunks = plans.flatMap((plan) => plan.chunks)
  const failures = new Map<string, Failure[]>()
  const resumed = new Set<string>()
  const counts = { chunks: 0, entities: 0, facts: 0 }
  const progress = (stage: 'extracting' | 'embedding' | 'resolving' | 'persisting' | 'complete', done: number) =>
    options.onProgress?.({ stage, done, total: chunks.length })
  options.onProgress?.({ stage: 'chunking', done: 0, total: chunks.length })
  const batchSize = options.batchSize ?? 64
  for (let from = 0; from < chunks.length; from += batchSize) {
    const batch = chunks.slice(from, from + batchSize)
    const known = new Set(
      (
        await context.graph.get(
          'chunks',
          batch.map(({ id }) => id),
          options,
        )
      ).map(({ id }) => id),
    )
    progress('extracting', from)
    const fresh = batch.filter(({ id }) => !known.has(id))
    const around = await knownAround(context, fresh, options)
    const read = await pMap(fresh, (plan) => readOrFail(context, plan, around.get(plan.id), recordedAt, failures, options), {
      concurrency: options.concurrency ?? 8,
    })
    const done = read.filter((chunk) => chunk !== undefined)
    for (const { episode } of done) resumed.add(episode.id)
    progress('embedding', from)
    const vectors = await embedChunks(done, context.embedder, options)
    progress('resolving', from)
    let latest = { chunks: 0, entities: 0, facts: 0 }
    const apply = () =>
      commit(
        context,
        async () => {
          const draft = await prepareBatch(context, { read: vectors, replace: options.replace === true, recordedAt }, options)
          progress('persisting', from)
          if (draft !== undefined) latest = draft.counts
          return draft
        },
        options,
      )
    if (done.length > 0) {
      const { changed } = await context.writes.run(context.graph, apply)
      if (changed) for (const key of ['chunks', 'entities', 'facts'] as const) counts[key] += latest[key]
    }
  }
  progress('complete', chunks.length)
  return {
    ...summary(plans, failures, resumed),
    ...counts,
    version: (await context.graph.head(options)).version,
    durationMs: performance.now() - started,
  }
}

/** Reads a chunk; what goes wrong with it is its own failure, unless the caller called it off. */
async function readOrFail(
  context: MemoryContext,
  plan: ChunkPlan,
  around: Around | undefined,
  recordedAt: number,
  failures: Map<string, Failure[]>,
  options: IngestOptions,
): Promise<ReadChunk | undefined> {
  options.signal?.throwIfAborted()
  try {
    return await readChunk(plan, { ...context, recordedAt, around }, options.signal)
  } catch (error) {
    options.signal?.throwIfAborted()
    const failure = failureOf(error, plan.index)
    failures.set(plan.episode.id, [...(failures.get(plan.episode.id) ?? []), failure])
    context.observe({ type: 'chunk-failed', episodeId: plan.episode.id, chunk: plan.index, code: failure.code })
    return undefined
  }
}

/** What a foreign error says may hold the text it was about, and stays out. */
function failureOf(error: unknown, chunk: number): Failure {
  const code: GraphMemErrorCode = GraphMemError.is(error) ? error.code : 'MODEL_FAILED'
  const message = GraphMemError.is(error)
    ? error.message
    : 'The reasoner failed to read the chunk. Ingest the same again to try the chunks that failed.'
  return { chunk, code, message }
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
