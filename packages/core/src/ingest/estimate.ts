import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { plus } from '../models/bill.ts'
import { costAtMost, costOf } from '../models/cost.ts'
import { boundOfTexts } from '../models/request-size.ts'
import { type CallOptions, GraphMemError, type ModelPurpose, type Reasoner } from '../spec/index.ts'
import { batchesOf } from './batches.ts'
import { textToEmbed } from './embed-chunks.ts'
import type { IngestOptions } from './ingest-input.ts'
import type { EpisodeDraft } from './parse-input.ts'
import { passageOf } from './passage-of.ts'
import { planIngest } from './plan-ingest.ts'
import type { ChunkPlan } from './read-chunk.ts'

/** What an ingest would take of models, if every request is answered at once: those that are made again, or asked to be mended, come on top. */
export interface Estimate {
  readonly episodes: number
  readonly newChunks: number
  /** They cost nothing. */
  readonly knownChunks: number
  readonly calls: number
  readonly tokens: EstimatedRange
  /** US dollars; `undefined` when the price of any model is not known. */
  readonly usd: EstimatedRange | undefined
  /** In order of purpose. Empty where no model would be called. */
  readonly items: readonly EstimateItem[]
}

export interface EstimateItem {
  readonly purpose: ModelPurpose
  readonly model: string
  readonly calls: number
  readonly tokens: EstimatedRange
  readonly usd: EstimatedRange | undefined
}

interface EstimatedRange {
  readonly likely: number
  /** If every answer is as long as it may be. */
  readonly most: number
}

/** Tokens of some requests, as one expects them and at most. */
interface Expected {
  readonly calls: number
  readonly likely: { readonly inputTokens: number; readonly outputTokens: number }
  readonly most: { readonly inputTokens: number; readonly outputTokens: number }
}

const charactersPerToken = 4
/** Chunks looked up at once. */
const readSize = 1_000

/** Plans an ingest, and counts what it would ask of models. Reads what the memory has of it, and nothing else. */
export async function estimate(context: MemoryContext, drafts: readonly EpisodeDraft[], options: IngestOptions): Promise<Estimate> {
  const { reasoner, embedder, graph } = context
  checkGeneration(await graph.head(options), context)
  const plans = await planIngest(context, drafts, context.now(), options)
  const chunks = plans.flatMap((plan) => plan.chunks)
  const known = await knownIds(context, chunks, options)
  const batches = batchesOf(chunks, reasoner, options).map((batch) => batch.filter(({ id }) => !known.has(id)))
  const items = [
    ...(embedder.remote === undefined ? [] : [itemOf(context, 'embed', embedder.id, embeddings(batches, embedder.remote.maxTexts))]),
    ...(reasoner.model === undefined ? [] : [itemOf(context, 'extract', reasoner.model.id, extractions(batches.flat(), context))]),
  ].filter(({ calls }) => calls > 0)
  return {
    episodes: plans.length,
    newChunks: chunks.length - known.size,
    knownChunks: known.size,
    calls: items.reduce((total, { calls }) => total + calls, 0),
    tokens: { likely: sumOf(items.map(({ tokens }) => tokens.likely)), most: sumOf(items.map(({ tokens }) => tokens.most)) },
    usd: items.reduce<EstimatedRange | undefined>(added, { likely: 0, most: 0 }),
    items,
  }
}

async function knownIds({ graph }: MemoryContext, chunks: readonly ChunkPlan[], options: CallOptions): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let from = 0; from < chunks.length; from += readSize) {
    const ids = chunks.slice(from, from + readSize).map(({ id }) => id)
    for (const { id } of await graph.get('chunks', ids, options)) known.add(id)
  }
  return known
}

function embeddings(batches: readonly (readonly ChunkPlan[])[], maxTexts: number): Expected {
  const texts = batches.map((batch) =>
    batch.map(({ episode, span }) => textToEmbed({ episode, chunk: { text: episode.text.slice(span.start, span.end) } })),
  )
  return {
    calls: sumOf(texts.map((batch) => Math.ceil(batch.length / maxTexts))),
    likely: { inputTokens: sumOf(texts.flat().map((text) => Math.ceil(text.length / charactersPerToken))), outputTokens: 0 },
    most: { inputTokens: boundOfTexts(texts.flat()), outputTokens: 0 },
  }
}

function extractions(chunks: readonly ChunkPlan[], { reasoner, self }: Pick<MemoryContext, 'reasoner' | 'self'>): Expected {
  const sizes = chunks.map((chunk) => sizeOf(reasoner, chunk, self))
  const inputTokens = sumOf(sizes.map((size) => size.inputTokens))
  return {
    calls: chunks.length,
    likely: { inputTokens, outputTokens: sumOf(sizes.map((size) => size.outputTokens)) },
    most: { inputTokens, outputTokens: sumOf(sizes.map((size) => size.maxOutputTokens)) },
  }
}

function sizeOf(reasoner: Reasoner, chunk: ChunkPlan, self: MemoryContext['self']): ReturnType<NonNullable<Reasoner['extractionOf']>> {
  const size = reasoner.extractionOf?.(passageOf(chunk, self))
  if (size !== undefined) return size
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    field: 'reasoner',
    message: `Cannot estimate: the reasoner ${reasoner.id} has a model, and no extractionOf to say what it would ask of it.`,
  })
}

function itemOf({ models }: MemoryContext, purpose: ModelPurpose, model: string, { calls, likely, most }: Expected): EstimateItem {
  const price = models.priceOf(model)
  return {
    purpose,
    model,
    calls,
    tokens: { likely: likely.inputTokens + likely.outputTokens, most: most.inputTokens + most.outputTokens },
    usd: price === undefined ? undefined : { likely: costOf(likely, price), most: costAtMost(most, price) },
  }
}

function added(total: EstimatedRange | undefined, { usd }: EstimateItem): EstimatedRange | undefined {
  const [likely, most] = [plus(total?.likely, usd?.likely), plus(total?.most, usd?.most)]
  return likely === undefined || most === undefined ? undefined : { likely, most }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
