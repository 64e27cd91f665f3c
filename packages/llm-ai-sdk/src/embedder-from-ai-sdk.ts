import type { EmbeddingModelV3, EmbeddingModelV4 } from '@ai-sdk/provider'
import { type Embedder, type EmbedOptions, remoteEmbedder } from '@graphmem/core/spec'
import { aiSdkFailure } from './ai-sdk-failure.ts'
import { checkedId } from './checked-id.ts'
import { configInvalid } from './config-invalid.ts'

export interface AiSdkEmbedderOptions {
  /** How long the model's vectors are. */
  readonly dimensions: number
  /** The most texts of one request, from 1 up. Default: what the model says, 64 if it does not; never more than it says. */
  readonly maxTexts?: number
  /** Default: the provider's name, up to a dot, and the model's: `openai:text-embedding-3-small`. */
  readonly id?: string
}

/**
 * An embedding model of any provider of the AI SDK, as `openai.embeddingModel('text-embedding-3-small')` makes it.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function embedderFromAiSdk(model: EmbeddingModelV3 | EmbeddingModelV4, options: AiSdkEmbedderOptions): Embedder {
  const id = checkedId(model, 'doEmbed', options, ['dimensions', 'maxTexts', 'id'])
  const { dimensions } = options
  if (!isCount(dimensions))
    throw configInvalid('dimensions', 'it is no whole number from 1 up. Give the length of the vectors of the model')
  if (options.maxTexts !== undefined && !isCount(options.maxTexts)) throw configInvalid('maxTexts', 'it is no whole number from 1 up')
  const most = typeof model.maxEmbeddingsPerCall === 'number' ? model.maxEmbeddingsPerCall : undefined
  const maxTexts = Math.min(options.maxTexts ?? most ?? 64, most ?? Number.POSITIVE_INFINITY)

  async function ask(texts: readonly string[], { signal, onUsage }: EmbedOptions): Promise<readonly unknown[]> {
    const asked = async () => model.doEmbed({ values: [...texts], ...(signal && { abortSignal: signal }) })
    const { embeddings, usage } = await asked().catch((error: unknown): never => {
      signal?.throwIfAborted()
      throw aiSdkFailure(id, error)
    })
    if (usage !== undefined && Number.isFinite(usage.tokens)) onUsage?.({ inputTokens: usage.tokens, outputTokens: 0 })
    return embeddings
  }

  return remoteEmbedder({ id, dimensions, maxTexts, ask })
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1
}
