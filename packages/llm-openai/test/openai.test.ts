import { type Endpoint, openaiChatWire, openaiEmbeddingsWire } from '@graphmem/testkit'
import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'
import { leadOpenAITo } from './with-provider.ts'

function led<T>(make: (key: string) => T): (endpoint: Endpoint) => T {
  return ({ url, key }) => {
    leadOpenAITo(url)
    return make(key)
  }
}

describeLanguageModel('OpenAI', {
  id: 'openai:gpt-4o-mini',
  create: led((apiKey) => openaiModel({ model: 'gpt-4o-mini', apiKey })),
  wire: openaiChatWire,
})

describeLanguageModel('OpenAI, with a model that reasons,', {
  id: 'openai:gpt-5-mini',
  create: led((apiKey) => openaiModel({ model: 'gpt-5-mini', apiKey, reasoningEffort: 'low' })),
  wire: openaiChatWire,
})

describeEmbedder('OpenAI', {
  id: 'openai:text-embedding-3-small',
  dimensions: 8,
  create: led((apiKey) => openaiEmbedder({ model: 'text-embedding-3-small', apiKey, dimensions: 8 })),
  wire: openaiEmbeddingsWire,
})
