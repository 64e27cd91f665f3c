import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'
import { rejection } from './rejection.ts'

const documents = [
  { id: 'film', title: 'Silver Harbour', text: 'Silver Harbour is a film of 1971. It was directed by Marta Lindqvist.', tags: ['film'] },
  { id: 'director', title: 'Marta Lindqvist', text: 'She grew up in Uppsala and painted on Sundays.' },
  { id: 'other', title: 'Copper Bay', text: 'Copper Bay is a film of 1980.' },
]
const question = 'Where did the director of Silver Harbour grow up?'

onEveryStore('an explanation', (create) => {
  it('tells what each signal gave, and the names and sentences over which a passage was reached', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const { chunks, explanation } = await memory().recall(question, { explain: true })
    expect(explanation?.chunks.map(({ chunkId }) => chunkId)).toEqual(chunks.map(({ id }) => id))
    expect(explanation?.names).toEqual(['silver harbour'])
    const film = explanation?.chunks.find(({ namedAs }) => namedAs === 'silver harbour')
    expect(film).toMatchObject({ rank: 1, path: [] })
    const director = explanation?.chunks.find(({ chunkId }) => chunkId === chunks.find(({ title }) => title === 'Marta Lindqvist')?.id)
    expect(director?.path).toMatchObject([
      { fromChunkId: film?.chunkId, name: 'marta lindqvist', sentence: 'It was directed by Marta Lindqvist.', leadsTo: 'about' },
    ])
    for (const { signals } of explanation?.chunks ?? []) for (const { value, weight, gave } of signals) expect(gave).toBe(value * weight)
  })

  it('says why a passage is not among those returned', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const all = (await memory().recall(question, { limit: 3 })).chunks
    const chunkIds = [...all.map(({ id }) => id), 'never-used']
    const { explanation } = await memory().recall(question, { limit: 1, explain: { chunkIds } })
    expect(explanation?.whyNot.map(({ reason }) => reason)).toEqual(['returned', 'outranked', 'outranked', 'unknown'])
    expect(explanation?.whyNot[1]?.short).toBeCloseTo((all[0]?.score ?? 0) - (all[1]?.score ?? 0))
    const filtered = await memory().recall(question, { where: { tags: ['film'] }, explain: { chunkIds } })
    expect(filtered.explanation?.whyNot.map(({ reason }) => reason)).toEqual(['returned', 'filtered', 'filtered', 'unknown'])
  })

  it('does not change what is found, and is not there unless it is asked for', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    const plain = await memory().query(question)
    const explained = await memory().query(question, { explain: true })
    expect(plain).not.toHaveProperty('explanation')
    expect(explained.chunks).toEqual(plain.chunks)
    expect(explained.answer).toBe(plain.answer)
    expect(explained.explanation?.chunks).toHaveLength(plain.chunks.length)
  })

  it('ranks and explains by the weights that were given', async () => {
    const { memory } = create({ weights: { version: 7, passages: { bm25: 1 }, turns: {}, cover: 0 } })
    await memory().ingest({ documents })
    const { chunks, explanation } = await memory().recall('Copper film', { explain: true })
    expect(chunks[0]?.title).toBe('Copper Bay')
    expect(explanation?.weightsVersion).toBe(7)
    expect(explanation?.chunks[0]?.signals[0]).toEqual({ name: 'bm25', value: 1, weight: 1, gave: 1 })
  })

  it('says of what another memory holds that it is unknown', async () => {
    const { memory } = create()
    await memory().ingest({ documents })
    await memory({ userId: 'bob' }).ingest({ text: 'Bob likes Tea.' })
    const [foreign] = (await memory({ userId: 'bob' }).recall('Tea')).chunks
    const { explanation } = await memory().recall(question, { explain: { chunkIds: [foreign?.id ?? ''] } })
    expect(explanation?.whyNot).toEqual([{ chunkId: foreign?.id, reason: 'unknown' }])
  })

  it('is refused for what is no list of ids', async () => {
    const { memory } = create()
    expect(await rejection(memory().recall(question, { explain: { chunkIds: 'a' } } as never))).toMatchObject({ code: 'INPUT_INVALID' })
  })
})
