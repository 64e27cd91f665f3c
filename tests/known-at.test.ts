import type { Memory } from '@graphmem/core'
import { expect, it } from 'vitest'
import { onEveryStore, type Setting } from './on-every-store.ts'

const questions = [
  'Where does Bob work?',
  'What is in New York?',
  'What does Dan like in the harbour of New York Harbour?',
  'Who is employed by Meta?',
  'Where do I live?',
  'tea and milk',
  'Who is Robert?',
  'Which Tea does Dan like, of those that are hired, employed, bought and sold at sea?',
]

async function early({ memory }: Setting): Promise<void> {
  await memory().ingest({
    documents: [
      { id: 'bob', text: 'Bob works at Google. Dan likes Tea. Robert likes Milk.', at: '2020-01-01' },
      { id: 'town', title: 'New York', text: 'A town with a harbour and many bridges. Dan lives in New York.', at: '2020-01-02' },
    ],
  })
  await memory().ingest({
    session: 's',
    turns: [
      { name: 'Carol', content: 'Bob likes Tea.', at: '2020-01-03' },
      { name: 'Eve', content: 'So do many.', at: '2020-01-05' },
    ],
  })
}

async function late({ memory }: Setting): Promise<void> {
  const [first] = await memory().facts()
  await memory().ingest({
    documents: [
      {
        id: 'long',
        title: 'New York Harbour',
        text: 'The harbour of the town. Employed there are many. Meta hires. It is bought and sold at sea.',
        at: '2020-02-01',
      },
      { id: 'alias', text: 'Robert, known as Bob, works at Meta.', at: '2020-02-02' },
    ],
  })
  await memory().ingest({
    session: 's',
    turns: [
      { name: 'Bob', content: 'I like Milk.', at: '2020-01-03T10:00Z' },
      { name: 'Dan', content: 'I live in Oslo.', at: '2020-01-01' },
    ],
  })
  await memory({ self: { name: 'Dan' } }).ingest({ text: 'I live in Rome.', at: '2020-02-03' })
  await memory().ingest({ documents: [{ id: 'bob', text: 'Bob works at Apple.', at: '2020-01-01' }] }, { replace: true })
  if (first !== undefined) await memory().correct({ verdict: 'retract', factIds: [first.id] })
}

/** All that a memory tells of a moment, and all that it shows its reasoner. */
async function told(setting: Setting, memory: Memory, knownAt: Date): Promise<readonly string[]> {
  const results: string[] = [JSON.stringify(await memory.facts({ knownAt, asOf: '2021-01-01', history: true }))]
  for (const question of questions) {
    const { timings, version, ...recalled } = await memory.recall(question, { knownAt, asOf: '2021-01-01' })
    const { timings: _, version: __, ...answered } = await memory.query(question, { knownAt, asOf: '2021-01-01' })
    results.push(JSON.stringify([question, recalled, answered, setting.reasoner.asked.at(-1)?.evidence]))
  }
  return results
}

onEveryStore('what was known at a moment', (create) => {
  it('is to the last bit what a memory tells that never got what came later', async () => {
    const never = create()
    await early(never)
    const moment = new Date(never.clock.now)
    const wanted = await told(never, never.memory(), moment)
    const grown = create()
    await early(grown)
    expect(grown.clock.now).toBe(moment.getTime())
    await late(grown)
    expect(await told(grown, grown.memory(), moment)).toEqual(wanted)
    expect(await told(grown, grown.memory(), new Date(grown.clock.now))).not.toEqual(wanted)
    await grown.memory().reindex()
    expect(await told(grown, grown.memory(), moment)).toEqual(wanted)
  })

  it('includes what was recorded at that very moment', async () => {
    const { memory, clock } = create()
    clock.step = 0
    await memory().ingest({ text: 'Bob works at Google.', at: '2020-01-01' })
    expect(await memory().facts({ knownAt: new Date(clock.now) })).toHaveLength(1)
    expect(await memory().facts({ knownAt: new Date(clock.now - 1) })).toHaveLength(0)
  })
})
