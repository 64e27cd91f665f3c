import { type EmbedderUnderTest, type ModelUnderTest, openaiChatWire, openaiEmbeddingsWire } from '@graphmem/testkit'
import { openaiEmbedder, openaiModel } from '../src/index.ts'

export const compatibleModel: ModelUnderTest = {
  id: 'openai-compatible:meta-llama/llama-3.3-70b:free',
  create: ({ url, key }) => openaiModel({ model: 'meta-llama/llama-3.3-70b:free', apiKey: key, baseURL: `${url}/api/v1/` }),
  wire: openaiChatWire,
}

export const compatibleEmbedder: EmbedderUnderTest = {
  id: 'openai-compatible:nomic-embed-text',
  dimensions: 8,
  create: ({ url, key }) => openaiEmbedder({ model: 'nomic-embed-text', apiKey: key, baseURL: `${url}/v1`, dimensions: 8 }),
  wire: openaiEmbeddingsWire,
}
