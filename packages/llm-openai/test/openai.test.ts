import type { Endpoint } from '@graphmem/testkit'
import { describeEmbedder, describeLanguageModel } from '@graphmem/testkit/vitest'
import { vi } from 'vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'
import { chatWire, embeddingsWire, schemaRefusal } from './wire.ts'

const realFetch = globalThis.fetch

/** OpenAI's address is not to be set: what goes there is led to the double. */
function leadTo(url: string): void {
  vi.stubGlobal('fetch', (to: URL | string, init?: RequestInit) => realFetch(String(to).replace('https://api.openai.com', url), init))
}

function led<T>(make: (endpoint: Endpoint) => T): (endpoint: Endpoint) => T {
  return (endpoint) => {
    leadTo(endpoint.url)
    return make(endpoint)
  }
}

describeLanguageModel('OpenAI', {
  id: 'openai:gpt-4o-mini',
  create: led(({ key }) => openaiModel({ model: 'gpt-4o-mini', apiKey: key })),
  wire: { ...chatWire, schemaRefusal },
})

describeLanguageModel('OpenAI, a model that reasons,', {
  id: 'openai:gpt-5-mini',
  create: led(({ key }) => openaiModel({ model: 'gpt-5-mini', apiKey: key, reasoningEffort: 'low' })),
  wire: { ...chatWire, schemaRefusal },
})

describeEmbedder('OpenAI', {
  id: 'openai:text-embedding-3-small',
  dimensions: 8,
  create: led(({ key }) => openaiEmbedder({ model: 'text-embedding-3-small', apiKey: key, dimensions: 8 })),
  wire: embeddingsWire,
})
