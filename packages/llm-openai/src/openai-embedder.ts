import { type Embedder, type EmbedOptions, remoteEmbedder } from '@graphmem/core/spec'
import { configInvalid } from './config-invalid.ts'
import { failureInBody, failureOf } from './failure.ts'
import { checkEmbedderOptions, type OpenAIEmbedderOptions } from './openai-options.ts'
import { serverOf } from './server.ts'

/** The parts of an answer that are read: servers that speak as OpenAI does leave out any of them. */
interface ToldVectors {
  readonly data?: readonly (ToldVector | null)[] | null
  readonly usage?: { readonly prompt_tokens?: unknown } | null
  readonly error?: unknown
}

interface ToldVector {
  readonly embedding?: unknown
  /** Which of the texts it is of. */
  readonly index?: unknown
}

/** How long the vectors of OpenAI's models are where nothing else is asked for. */
const ownDimensions: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1536,
  'text-embedding-3-large': 3072,
  'text-embedding-ada-002': 1536,
}

/**
 * An embedder of OpenAI, of Azure OpenAI, or of a server that speaks as OpenAI does. Nothing is sent before it is used.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function openaiEmbedder(options: OpenAIEmbedderOptions): Embedder {
  checkEmbedderOptions(options)
  const { client, id, model } = serverOf(options)
  const { maxTexts = options.baseURL === undefined ? 256 : 32, sendDimensions = options.model.startsWith('text-embedding-3-') } = options
  const dimensions = options.dimensions ?? ownDimensions[options.model]
  if (dimensions === undefined) throw configInvalid('dimensions', 'it is missing: how long are the vectors of the model?')

  async function ask(input: readonly string[], { signal, onUsage }: EmbedOptions): Promise<readonly unknown[]> {
    // Where floats are not asked for, the SDK asks for base64, and takes any text for such.
    const body = { model, input: [...input], encoding_format: 'float' as const, ...(sendDimensions && { dimensions }) }
    const told: ToldVectors | null | undefined = await client.embeddings.create(body, { signal }).catch((error: unknown): never => {
      signal?.throwIfAborted()
      throw failureOf(id, error)
    })
    if (!Array.isArray(told?.data)) throw failureInBody(id, told?.error)
    const inputTokens = told.usage?.prompt_tokens
    if (typeof inputTokens === 'number') onUsage?.({ inputTokens, outputTokens: 0 })
    return inOrder(told.data)
  }

  return remoteEmbedder({ id, dimensions, maxTexts, ask })
}

function inOrder(told: readonly (ToldVector | null)[]): readonly unknown[] {
  const vectors = new Map(told.map((vector, place) => [typeof vector?.index === 'number' ? vector.index : place, vector?.embedding]))
  return told.map((_, place) => vectors.get(place))
}
