import { expect, it } from 'vitest'
import { content } from './content.ts'
import { onEveryCache } from './on-every-cache.ts'

const question = 'Where does Bob work?'

await onEveryCache('a cache of a memory that changes', (create) => {
  it('sees an ingest at once, here and in another process, and keeps what others have', async () => {
    const here = create()
    const there = here.another()
    const others = [{ userId: 'bob' }, { memoryId: 'notes' }]
    for (const ids of [{}, ...others]) {
      await here.memory(ids).ingest('Bob works at Google.')
      await here.memory(ids).query(question)
      expect((await there.memory(ids).query(question)).timings.cached).toBe(true)
    }
    await here.memory().ingest('Bob works at Meta.')
    const fresh = await there.memory().query(question)
    expect([fresh.answer, fresh.timings.cached]).toEqual(['Meta', undefined])
    expect(await here.memory().query(question)).toMatchObject({ answer: 'Meta', timings: { cached: true } })
    for (const ids of others) expect(await there.memory(ids).query(question)).toMatchObject({ answer: 'Google', timings: { cached: true } })
  })

  it('never gives back what was forgotten or erased, and counts on the receipt what it kept', async () => {
    const { memory, graphMem, another } = create()
    const text = 'Bob works at Google.'
    const { episodes } = await memory().ingest(text)
    await memory().query(question)
    await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect((await memory().query(question)).found).toBe(false)
    await memory().ingest(text)
    for (const ask of ['query', 'recall'] as const) await memory()[ask](question)
    await memory({ memoryId: 'notes' }).ingest(text)
    await memory({ memoryId: 'notes' }).query(question)
    expect(await memory().erase()).toMatchObject({ caches: 4, unverified: [] })
    expect(await another().memory().query(question)).toMatchObject({ found: false, chunks: [] })
    await memory().ingest('Carol likes Tea.')
    expect(content(await memory().query(question))).not.toContain('Google')
    expect(await memory({ memoryId: 'notes' }).query(question)).toMatchObject({ answer: 'Google', timings: { cached: true } })
    expect(await graphMem.user('alice').erase()).toMatchObject({ caches: 2, unverified: [] })
    expect(await memory({ memoryId: 'notes' }).query(question)).toMatchObject({ found: false, chunks: [] })
  })

  it('leaves nothing of an answer that was computed while its memory was erased', async () => {
    const { memory, reasoner, another, graphMem } = create()
    await memory().ingest('Bob works at Google.')
    const racing = another({
      reasoner: {
        ...reasoner,
        async answer(given, evidence) {
          await memory().erase()
          return reasoner.answer(given, evidence)
        },
      },
    })
    expect(await racing.memory().query(question)).toMatchObject({ answer: 'Google' })
    expect(await graphMem.user('alice').erase()).toMatchObject({ caches: 0 })
    expect(await memory().query(question)).toMatchObject({ found: false })
  })
})
