import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenAICompatible as createOfVersion2 } from '@ai-sdk/openai-compatible-2'
import { type Endpoint, openaiChatWire, openaiEmbeddingsWire } from '@graphmem/testkit'
import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { describe } from 'vitest'
import { embedderFromAiSdk, fromAiSdk } from '../src/index.ts'

const settingsOf = ({ url, key }: Endpoint) =>
  ({ name: 'acme', baseURL: `${url}/v1`, apiKey: key, includeUsage: true, supportsStructuredOutputs: true }) as const

// The provider takes vectors in the order in which they come, whatever place each says it has.
const { backwards: _, ...wire } = openaiEmbeddingsWire

describe.each([
  ['v4', createOpenAICompatible],
  ['v3', createOfVersion2],
] as const)('a provider of the AI SDK, interface %s:', (_, create) => {
  describeLanguageModel('A model', {
    id: 'acme:gpt-4o-mini',
    create: (endpoint) => fromAiSdk(create(settingsOf(endpoint)).chatModel('gpt-4o-mini')),
    wire: openaiChatWire,
  })

  describeEmbedder('An embedding model', {
    id: 'acme:text-embedding-3-small',
    dimensions: 8,
    sdkReadsVectors: true,
    create: (endpoint) => embedderFromAiSdk(create(settingsOf(endpoint)).embeddingModel('text-embedding-3-small'), { dimensions: 8 }),
    wire,
  })
})
