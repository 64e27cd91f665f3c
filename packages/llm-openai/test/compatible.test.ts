import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { openaiModel } from '../src/index.ts'
import { compatibleEmbedder, compatibleModel } from './compatible-under-test.ts'

describeLanguageModel('A server that speaks as OpenAI does', compatibleModel)

describeLanguageModel('A server that speaks as OpenAI does, and wants no key,', {
  ...compatibleModel,
  id: 'openai-compatible:llama3.2',
  hasKey: false,
  create: ({ url }) => openaiModel({ model: 'llama3.2', baseURL: `${url}/v1` }),
})

describeEmbedder('A server that speaks as OpenAI does', compatibleEmbedder)
