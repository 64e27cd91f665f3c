import type { Embedder, EmbedOptions } from '@graphmem/core/spec'
import { configInvalid } from './config-invalid.ts'
import { failureInBody, failureOf } from './failure.ts'
import { checkEmbedderOptions, type OpenAIEmbedderOptions } from './openai-options.ts'
import { serverOf } from './server.ts'
import { type ToldVector, unitVectors } from './unit-vectors.ts'

/** The parts of an answer that are read: servers that speak as OpenAI does leave out any of them. */
interface ToldVectors {
  readonly data?: readonly ToldVector[] | null
  readonly usage?: { readonly prompt_tokens?: unknown } | null
  readonly error?: unknown
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

  return {
    specVersion: 1,
    id,
    dimensions,
    remote: { maxTexts },
    async embed(texts: readonly string[], { signal, onUsage }: EmbedOptions = {}): Promise<readonly Float32Array[]> {
      signal?.throwIfAborted()
      // A server refuses a text that is empty, and with it all the others.
      const sent = texts.filter(hasWords)
      if (sent.length === 0) return texts.map(() => new Float32Array(dimensions))
      // Where floats are not asked for, the SDK asks for base64, and takes any text for such.
      const body = { model, input: sent, encoding_format: 'float', ...(sendDimensions && { dimensions }) } as const
      const told: ToldVectors | null | undefined = await client.embeddings.create(body, { signal }).catch((error: unknown): never => {
        signal?.throwIfAborted()
        throw failureOf(id, error)
      })
      if (!Array.isArray(told?.data)) throw failureInBody(id, told?.error)
      const inputTokens = told.usage?.prompt_tokens
      if (typeof inputTokens === 'number') onUsage?.({ inputTokens, outputTokens: 0 })
      const vectors = unitVectors(id, told.data, sent.length, dimensions)[Symbol.iterator]()
      return texts.map((text) => (hasWords(text) ? vectors.next().value : undefined) ?? new Float32Array(dimensions))
    },
  }
}

function hasWords(text: string): boolean {
  return text.trim() !== ''
}
