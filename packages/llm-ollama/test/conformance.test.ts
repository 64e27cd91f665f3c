import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { ollamaEmbedder, ollamaModel } from '../src/index.ts'
import { chatWire, embedWire } from './wire.ts'

describeLanguageModel('Ollama', {
  id: 'ollama:llama3.2',
  create: ({ url }) => ollamaModel({ model: 'llama3.2', url }),
  hasKey: false,
  wire: chatWire,
})

describeLanguageModel('Ollama, with a key,', {
  id: 'ollama:qwen3:8b',
  create: ({ url, key }) => ollamaModel({ model: 'qwen3:8b', url: `${url}/`, apiKey: key }),
  wire: chatWire,
})

describeEmbedder('Ollama', {
  id: 'ollama:nomic-embed-text',
  create: ({ url }) => ollamaEmbedder({ model: 'nomic-embed-text', url, dimensions: 8 }),
  hasKey: false,
  dimensions: 8,
  wire: embedWire,
})
