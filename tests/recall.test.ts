import type { DocumentInput, Filter, Memory, RecallResult } from '@graphmem/core'
import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'
import { rejection } from './rejection.ts'

const animals = ['fox', 'bear', 'crow', 'mole', 'wolf', 'hare', 'toad', 'lynx']
const documents: readonly DocumentInput[] = animals.map((animal, index) => ({
  id: animal,
  title: `${animal[0]?.toUpperCase()}${animal.slice(1)} (animal)`,
  text: `The ${animal} lives in the wood. Bob${index} likes ${animal === 'fox' ? 'Jumping' : 'Sleeping'}. It eats ${animals[(index + 1) % 8]} and berries.`,
  at: `2023-0${index + 1}-01`,
  tags: index % 2 === 0 ? ['even'] : ['odd', 'late'],
  source: `s${index % 3}`,
  importance: index,
  metadata: { shelf: index % 4, loud: index === 2 },
}))
const questions = ['Who lives in the wood?', 'What does the Fox eat?', 'berries', 'Who likes Jumping?', 'What does Bob3 like?']

/** What a caller gets, without how long it took and in which version. */
function told({ timings, version, ...rest }: RecallResult): string {
  return JSON.stringify(rest)
}

async function answers(memory: Memory): Promise<readonly string[]> {
  const results: string[] = []
  for (const question of questions) results.push(told(await memory.recall(question)))
  return results
}

onEveryStore('recall', (create) => {
  it('ranks the same to the last bit, whatever the order, the batches and the segments', async () => {
    const expected = create().memory()
    await expected.ingest({ documents })
    const wanted = await answers(expected)
    const one = create()
    for (const document of documents.toReversed()) await one.memory().ingest({ documents: [document] })
    expect(await answers(one.memory())).toEqual(wanted)
    const small = create().memory()
    await small.ingest({ documents }, { batchSize: 3, concurrency: 2 })
    expect(await answers(small)).toEqual(wanted)
    expect((await small.stats()).segments).not.toBe((await expected.stats()).segments)
    await small.reindex()
    expect(await answers(small)).toEqual(wanted)
  })

  it('ranks the same to the last bit, with or without a noisy neighbour', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const alone = await answers(memory())
    const noise = Array.from({ length: 30 }, (_, copy) =>
      documents.map((document) => ({ ...document, id: `${document.id}${copy}` })),
    ).flat()
    await memory({ userId: 'bob' }).ingest({ documents: noise })
    await memory({ memoryId: 'work' }).ingest({ documents: noise })
    expect(await answers(memory())).toEqual(alone)
    expect(await answers(memory({ userId: 'bob' }))).not.toEqual(alone)
  })

  it('grows with the memory: a handle that looked before sees what came since', async () => {
    const setting = create()
    const other = setting.another()
    for (const document of documents) {
      await setting.memory().ingest({ documents: [document] })
      expect((await other.memory().recall(`What does the ${document.title} eat?`)).chunks[0]?.title).toBe(document.title)
    }
    expect(await answers(other.memory())).toEqual(await answers(setting.memory()))
  })

  it('orders equal scores by id', async () => {
    const { memory } = create()
    await memory().ingest({ documents: Array.from({ length: 6 }, (_, index) => ({ id: `${index}`, text: 'The same words.' })) })
    const { chunks } = await memory().recall('the same words')
    expect(new Set(chunks.map(({ score }) => score)).size).toBe(1)
    expect(chunks.map(({ id }) => id)).toEqual(chunks.map(({ id }) => id).sort())
  })

  it('returns the first of the same list when it is asked for fewer', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const all = (await memory().recall('wood berries', { limit: 100 })).chunks
    expect(all).toHaveLength(8)
    for (const limit of [1, 3, 8]) expect((await memory().recall('wood berries', { limit })).chunks).toEqual(all.slice(0, limit))
  })

  it('only narrows by a filter, and keeps the scores of what passes', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const all = (await memory().recall('wood berries', { limit: 100 })).chunks
    const passing: readonly (readonly [Filter, (document: DocumentInput, index: number) => boolean])[] = [
      [{ tags: ['even'] }, (_, index) => index % 2 === 0],
      [{ tags: ['odd', 'late'] }, (_, index) => index % 2 === 1],
      [{ tags: ['odd', 'even'] }, () => false],
      [{ source: 's1' }, (_, index) => index % 3 === 1],
      [{ source: ['s1', 's2'] }, (_, index) => index % 3 !== 0],
      [{ kind: 'document' }, () => true],
      [{ kind: 'turn' }, () => false],
      [{ session: 's' }, () => false],
      [{ speaker: 'Bob' }, () => false],
      [{ after: '2023-04-01' }, (_, index) => index >= 3],
      [{ before: new Date('2023-04-01') }, (_, index) => index < 3],
      [{ minImportance: 6 }, (_, index) => index >= 6],
      [{ metadata: { shelf: 2 } }, (_, index) => index % 4 === 2],
      [{ metadata: { shelf: 2, loud: true } }, (_, index) => index === 2],
      [{ metadata: { toString: 'x' } }, () => false],
      [{ tags: ['even'], source: 's0', after: '2023-02-01' }, (_, index) => index === 6],
    ]
    for (const [where, passes] of passing) {
      const wanted = new Set(documents.filter(passes).map(({ title }) => title))
      const { chunks, facts } = await memory().recall('wood berries', { limit: 100, where })
      expect(chunks, JSON.stringify(where)).toEqual(all.filter(({ title }) => wanted.has(title)))
      const passed = new Set(chunks.map(({ id }) => id))
      expect(facts.every(({ support }) => support.some(({ chunkId }) => passed.has(chunkId)))).toBe(true)
    }
  })

  it('filters turns by session and speaker', async () => {
    const { memory } = create()
    const turns = [{ content: 'Bob likes Tea.' }, { name: 'Carol', content: 'Bob likes Milk.' }]
    await memory().ingest({ session: 'monday', turns })
    await memory().ingest({ session: 'tuesday', turns })
    const texts = async (where: Filter) => (await memory().recall('What does Bob like?', { where })).chunks.map(({ text }) => text).sort()
    expect(await texts({ session: 'monday' })).toEqual(['Bob likes Milk.', 'Bob likes Tea.'])
    expect(await texts({ speaker: 'Carol' })).toEqual(['Bob likes Milk.', 'Bob likes Milk.'])
    expect(await texts({ session: 'tuesday', speaker: ['Carol', 'Dan'] })).toEqual(['Bob likes Milk.'])
  })

  it('refuses a filter key or a value that it does not know', async () => {
    const { memory } = create()
    for (const where of [
      { user: 'bob' },
      { tags: 'even' },
      { kind: 'note' },
      { after: 'tomorrow' },
      { minImportance: 11 },
      { source: [] as unknown, memoryId: 'x' },
      null,
    ]) {
      expect(await rejection(memory().recall('wood', { where } as never)), JSON.stringify(where)).toMatchObject({ code: 'INPUT_INVALID' })
    }
  })

  it('keeps the context within its budget', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const whole = await memory().recall('wood berries Bob1 Bob2 Bob3')
    expect(whole.context).toContain('Facts:')
    expect(whole.context).toContain(whole.chunks[0]?.text)
    for (let maxContextTokens = 1; maxContextTokens < 400; maxContextTokens += 1) {
      const { context } = await memory().recall('wood berries Bob1 Bob2 Bob3', { maxContextTokens })
      expect(context.length).toBeLessThanOrEqual(maxContextTokens * 4)
    }
  })

  it('lifts the turns beside a turn that fits', async () => {
    const { memory } = create()
    const contents = [
      'Good morning to all.',
      'Which instrument do you play?',
      'Mostly the cello.',
      'Rain again today.',
      'So it goes.',
      'Nothing else.',
    ]
    await memory().ingest({
      session: 's',
      turns: contents.map((content, sequence) => ({ content, sequence, name: sequence % 2 === 0 ? 'Bob' : 'Carol' })),
    })
    const { chunks } = await memory().recall('instrument play', { limit: 2 })
    expect(chunks.map(({ text }) => text)).toEqual(['Which instrument do you play?', 'Mostly the cello.'])
  })

  it('puts a document first whose title the question names', async () => {
    const { memory } = create()
    await memory().ingest({
      documents: [
        { title: 'Jaguar (car)', text: 'A maker of cars in Coventry. Its owner is in Mumbai.' },
        { title: 'Coventry', text: 'A town in England with owners of Jaguar cars, and cars, and cars of every owner.' },
      ],
    })
    expect((await memory().recall('Who is the owner of Jaguar?')).chunks[0]?.title).toBe('Jaguar (car)')
  })

  it('finds a name as a whole word only', async () => {
    const { memory, reasoner } = create()
    await memory().ingest({ documents: [{ text: 'Art likes Tea.' }, { text: 'Ann likes Milk.' }] })
    const named = async (question: string) => {
      await memory().query(question)
      return reasoner.asked.at(-1)?.evidence.named.map(({ name }) => name)
    }
    expect(await named('What does Art like?')).toEqual(['Art'])
    for (const question of ['Who is at the Party?', 'Who is the Artist?', 'Where is the Cart?']) expect(await named(question)).toEqual([])
  })
})
