import { openaiChatWire, openaiEmbeddingsWire } from '@graphmem/testkit'
import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { describe } from 'vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'

describe.each([{ apiVersion: '2024-10-21' }, {}])('Azure OpenAI, %o', (version) => {
  const azureAt = (endpoint: string) => ({ endpoint, deployment: 'my-deployment', ...version })

  describeLanguageModel('Azure OpenAI', {
    id: 'azure:gpt-4o-mini',
    model: 'my-deployment',
    create: ({ url, key }) => openaiModel({ model: 'gpt-4o-mini', apiKey: key, azure: azureAt(url) }),
    wire: openaiChatWire,
  })

  describeEmbedder('Azure OpenAI', {
    id: 'azure:text-embedding-3-small',
    model: 'my-deployment',
    dimensions: 8,
    create: ({ url, key }) => openaiEmbedder({ model: 'text-embedding-3-small', apiKey: key, dimensions: 8, azure: azureAt(url) }),
    wire: openaiEmbeddingsWire,
  })
})
