import { GraphMem, type IngestInput } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { expect, onTestFinished, test } from 'vitest'
import { saidAt } from '../src/jobs/said-at.ts'

const models = { reasoner: localReasoner(), embedder: localEmbedder() }

async function memory() {
  const store = memoryStore()
  const graphMem = new GraphMem({ store, ...models })
  onTestFinished(async () => {
    await graphMem.close()
    await store[Symbol.asyncDispose]()
  })
  return graphMem.memory({ userId: 'alice', memoryId: 'default' })
}

const inputs: readonly (readonly [name: string, input: IngestInput])[] = [
  ['a text', 'I live in Lisbon.'],
  ['a text in an object', { text: 'I live in Lisbon.' }],
  ['a text with an id', { id: 't1', text: 'I live in Lisbon.' }],
  ['a text with a time', { at: '2024-05-01T10:00:00Z', text: 'I live in Lisbon.' }],
  ['turns', { turns: [{ content: 'I live in Lisbon.' }, { role: 'assistant', content: 'Noted.' }] }],
  ['turns of a session', { session: 's1', turns: [{ content: 'Thanks.' }, { content: 'Thanks.' }] }],
  [
    'turns with sessions of their own',
    {
      turns: [
        { session: 's1', content: 'Thanks.' },
        { session: 's2', content: 'Thanks.' },
      ],
    },
  ],
  [
    'turns with a time, a place or an id',
    {
      session: 's1',
      turns: [
        { content: 'One.', at: '2024-05-01T10:00:00Z' },
        { content: 'Two.', sequence: 7 },
        { content: 'Three.', id: 't3' },
      ],
    },
  ],
  ['documents', { documents: [{ text: 'Ada lives in London.' }, { id: 'd1', text: 'Ada lives in Paris.' }] }],
]

test.each(inputs)('%s that is ingested again is the same, where it was said at one time', async (_, input) => {
  const alice = await memory()
  const at = new Date('2025-03-01T12:00:00Z')
  await alice.ingest(saidAt(input, at))
  const before = await alice.digest()
  const { added, unchanged, episodes } = await alice.ingest(saidAt(input, at))
  expect({ added, unchanged }).toEqual({ added: 0, unchanged: episodes.length })
  expect(await alice.digest()).toBe(before)
})

test.each(inputs)('%s is what it would be if it were ingested at that time', async (_, input) => {
  const at = new Date('2025-03-01T12:00:00Z')
  const store = memoryStore()
  const then = new GraphMem({ store, ...models, clock: () => at.getTime() })
  const [ours, whole] = [await memory(), then.memory({ userId: 'alice', memoryId: 'default' })]
  await ours.ingest(saidAt(input, at))
  await whole.ingest(input)
  expect(await ours.digest()).toBe(await whole.digest())
})
