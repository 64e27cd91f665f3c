import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Embedder, LanguageModel } from '@graphmem/core'
import { embedderFromAiSdk, fromAiSdk } from '@graphmem/llm-ai-sdk'
import { anthropicModel } from '@graphmem/llm-anthropic'
import { ollamaEmbedder, ollamaModel } from '@graphmem/llm-ollama'
import { openaiEmbedder, openaiModel } from '@graphmem/llm-openai'
import {
  anthropicWire,
  type EmbedderWire,
  type Endpoint,
  type ModelWire,
  ollamaWire,
  openaiChatWire,
  openaiEmbeddingsWire,
} from '@graphmem/testkit'

/** A provider as its users have it: through its own SDK, here before a double that speaks its wire format. */
export interface Provider {
  readonly name: string
  readonly model: (endpoint: Endpoint) => LanguageModel
  readonly modelWire: ModelWire
  /** Absent where the provider has none. */
  readonly embedder?: (endpoint: Endpoint, dimensions: number) => Embedder
  readonly embedderWire?: EmbedderWire
  /** Where its SDK sends requests, if that cannot be set. */
  readonly fixedUrl?: string
}

const openaiWires = { modelWire: openaiChatWire, embedderWire: openaiEmbeddingsWire } as const
const [chat, embedding] = ['gpt-4o-mini', 'text-embedding-3-small'] as const
const azureAt = ({ url, key }: Endpoint) =>
  ({ apiKey: key, azure: { endpoint: url, deployment: 'my-deployment', apiVersion: '2024-10-21' } }) as const
const acmeAt = ({ url, key }: Endpoint) =>
  createOpenAICompatible({ name: 'acme', baseURL: `${url}/v1`, apiKey: key, includeUsage: true, supportsStructuredOutputs: true })

export const providers: readonly Provider[] = [
  {
    name: 'OpenAI',
    ...openaiWires,
    fixedUrl: 'https://api.openai.com',
    model: ({ key }) => openaiModel({ model: chat, apiKey: key }),
    embedder: ({ key }, dimensions) => openaiEmbedder({ model: embedding, apiKey: key, dimensions }),
  },
  {
    name: 'Azure OpenAI',
    ...openaiWires,
    model: (endpoint) => openaiModel({ model: chat, ...azureAt(endpoint) }),
    embedder: (endpoint, dimensions) => openaiEmbedder({ model: embedding, ...azureAt(endpoint), dimensions }),
  },
  {
    name: 'Anthropic',
    modelWire: anthropicWire.messagesWire,
    model: ({ url, key }) => anthropicModel({ model: 'claude-haiku-5-5', apiKey: key, baseURL: url }),
  },
  {
    name: 'Ollama',
    modelWire: ollamaWire.chatWire,
    embedderWire: ollamaWire.embedWire,
    model: ({ url }) => ollamaModel({ model: 'llama3.2', url }),
    embedder: ({ url }, dimensions) => ollamaEmbedder({ model: 'nomic-embed-text', url, dimensions }),
  },
  {
    name: 'a server that speaks as OpenAI does',
    ...openaiWires,
    model: ({ url, key }) => openaiModel({ model: 'llama-3.3-70b', apiKey: key, baseURL: `${url}/v1` }),
    embedder: ({ url, key }, dimensions) => openaiEmbedder({ model: 'nomic-embed-text', apiKey: key, baseURL: `${url}/v1`, dimensions }),
  },
  {
    name: 'fromAiSdk',
    ...openaiWires,
    model: (endpoint) => fromAiSdk(acmeAt(endpoint).chatModel(chat)),
    embedder: (endpoint, dimensions) => embedderFromAiSdk(acmeAt(endpoint).embeddingModel(embedding), { dimensions }),
  },
]
