import pMap from 'p-map'
import type { MemoryContext } from '../memory-context.ts'
import { GraphMemError, type GraphMemErrorCode, type Instant, type ModelCalls, unlessAborted } from '../spec/index.ts'
import { embedChunks } from './embed-chunks.ts'
import type { IngestedEpisode, IngestOptions } from './ingest-input.ts'
import { type Around, knownAround } from './known-around.ts'
import type { Batch } from './prepare-batch.ts'
import { type ChunkPlan, type ReadChunk, readChunk } from './read-chunk.ts'

/** Why a chunk was not read. */
export type Failure = IngestedEpisode['failures'][number]

/** How a batch is read. */
export interface Reading {
  readonly recordedAt: Instant
  readonly calls: ModelCalls
  readonly concurrency: number
  readonly progress: (stage: 'embedding' | 'extracting') => void
  readonly failed: (plan: ChunkPlan, failure: Failure) => void
}

/**
 * Embeds chunks and has them read, in this order: vectors that cannot be had waste no extraction. What goes wrong with a chunk is its own failure, and
 * what goes wrong with the vectors of a remote embedder that of all of them. An aborted call leaves those that were read by then.
 *
 * @throws GraphMemError where the embedder is work of this process and fails; `ADAPTER_INVALID`
 */
export async function readBatch(
  context: MemoryContext,
  plans: readonly ChunkPlan[],
  reading: Reading,
  options: IngestOptions,
): Promise<Batch['read']> {
  reading.progress('embedding')
  const embedded = await embedOrFail(context, plans, reading, options)
  reading.progress('extracting')
  const around = await knownAround(
    context,
    embedded.map(({ chunk: { plan } }) => plan),
    { signal: options.signal, calls: reading.calls },
  )
  const read = await pMap(
    embedded,
    async ({ chunk: { plan }, vector }) => {
      const chunk = await readOrFail(context, plan, around.get(plan.id), reading, options)
      return chunk === undefined ? undefined : { chunk, vector }
    },
    { concurrency: reading.concurrency },
  )
  return read.filter((chunk) => chunk !== undefined)
}

async function embedOrFail(
  { embedder, observe }: MemoryContext,
  plans: readonly ChunkPlan[],
  reading: Reading,
  { signal }: IngestOptions,
): Promise<readonly { readonly chunk: { readonly plan: ChunkPlan }; readonly vector: Float32Array }[]> {
  const chunks = plans.map((plan) => {
    const { episode, span } = plan
    return { plan, episode, chunk: { text: episode.text.slice(span.start, span.end) } }
  })
  try {
    return await embedChunks(chunks, embedder, { signal, calls: reading.calls })
  } catch (error) {
    const isOfModel = GraphMemError.is(error) && (error.code.startsWith('MODEL_') || error.code === 'BUDGET_EXCEEDED')
    if (embedder.remote === undefined || signal?.aborted === true || !isOfModel) throw error
    for (const plan of plans) fail(plan, error, reading, observe)
    return []
  }
}

async function readOrFail(
  context: MemoryContext,
  plan: ChunkPlan,
  around: Around | undefined,
  reading: Reading,
  { signal }: IngestOptions,
): Promise<ReadChunk | undefined> {
  const isAborted = () => signal?.aborted === true
  if (isAborted()) return undefined
  try {
    const { recordedAt, calls } = reading
    return await unlessAborted(readChunk(plan, { ...context, recordedAt, around }, { signal, calls }), signal)
  } catch (error) {
    if (!isAborted()) fail(plan, error, reading, context.observe)
    return undefined
  }
}

function fail(plan: ChunkPlan, error: unknown, { failed }: Reading, observe: MemoryContext['observe']): void {
  const failure = failureOf(error, plan.index)
  failed(plan, failure)
  observe({ type: 'chunk-failed', episodeId: plan.episode.id, chunk: plan.index, code: failure.code })
}

/** What a foreign error says may hold the text it was about, and stays out. */
function failureOf(error: unknown, chunk: number): Failure {
  const code: GraphMemErrorCode = GraphMemError.is(error) ? error.code : 'MODEL_FAILED'
  const message = GraphMemError.is(error)
    ? error.message
    : 'The reasoner failed to read the chunk. Ingest the same again to try the chunks that failed.'
  return { chunk, code, message }
}
