import { describeLanguageModel } from '@graphmem/testkit/vitest'
import { anthropicModel } from '../src/index.ts'
import { messagesWire } from './wire.ts'

describeLanguageModel('Anthropic', {
  id: 'anthropic:claude-haiku-5-5',
  create: ({ url, key }) => anthropicModel({ model: 'claude-haiku-5-5', apiKey: key, baseURL: url }),
  wire: messagesWire,
})
