import { type QueryOptions, recallWeights } from '@graphmem/core'
import { hostileScopes } from '@graphmem/testkit'
import { expect, it } from 'vitest'
import { content } from './content.ts'
import { onEveryCache } from './on-every-cache.ts'
import { settingOf } from './on-every-store.ts'

const question = 'Where does Bob work?'

await onEveryCache('a cache', (create) => {
  it('answers again as computed, for the head of the store and no reasoner', async () => {
    const { memory, calls, reasoner, events } = create()
    await memory({ self: { name: 'Alice' } }).ingest({ turns: [{ content: 'Bob works at Google.', at: '2023-05-01', session: 's' }] })
    for (const ask of ['query', 'recall'] as const) {
      const options = { explain: true } as const
      const first = await memory()[ask](question, options)
      calls.length = 0
      const asked = reasoner.asked.length
      const again = await memory()[ask](question, options)
      expect(calls).toEqual(['head'])
      expect(reasoner.asked).toHaveLength(asked)
      expect([first.timings.cached, again.timings.cached]).toEqual([undefined, true])
      expect({ ...again, timings: first.timings }).toStrictEqual(first)
      expect(content(again)).toBe(content(first))
      expect(events.at(-1)).toMatchObject({
        type: 'cache-hit',
        kind: ask === 'query' ? 'query' : 'search',
        userId: 'alice',
        memoryId: 'chat',
      })
    }
    expect(JSON.stringify(events)).not.toMatch(/Bob|Google/)
  })

  it('gives the same results as no cache, cold and warm', async () => {
    const { memory, store } = create()
    const without = settingOf(store)
    for (const text of ['Bob works at Google.', 'Bob likes Tea.', 'Bob works at Meta since 2022.', 'Carol lives in Leeds.']) {
      await memory().ingest(text)
      for (const asked of [question, 'What does Bob like?', 'Where does Carol live?']) {
        const plain = content(await without.memory().query(asked))
        expect(content(await memory().query(asked))).toBe(plain)
        expect(content(await memory().query(asked))).toBe(plain)
      }
    }
  })

  it('keeps users and memories of hostile ids apart', async () => {
    const { memory } = create()
    for (const [place, ids] of hostileScopes.entries()) await memory(ids).ingest(`Bob works at Firm${place}.`)
    for (const isCached of [undefined, true]) {
      for (const [place, ids] of hostileScopes.entries()) {
        const { answer, timings } = await memory(ids).query(question)
        expect([answer, timings.cached]).toEqual([`Firm${place}`, isCached])
      }
    }
  })

  it('asks anew for whatever else is asked for, and for other names, weights and reasoners', async () => {
    const { memory, another } = create()
    await memory().ingest({
      documents: [
        { text: 'Bob works at Google.', tags: ['a'] },
        { text: 'Bob likes Tea.', tags: ['b'] },
      ],
    })
    const asked: readonly QueryOptions[] = [
      {},
      { limit: 1 },
      { maxContextTokens: 50 },
      { minConfidence: 0.9 },
      { history: true },
      { explain: true },
      { explain: { chunkIds: ['x'] } },
      { where: { tags: ['a'] } },
      { where: { tags: ['b'] } },
      { where: { after: '2020-01-01' } },
      { asOf: '2020-01-01' },
      { at: '2020-01-01' },
      { knownAt: '2023-01-01' },
    ]
    for (const isCached of [undefined, true]) {
      for (const options of asked) expect((await memory().query(question, options)).timings.cached, JSON.stringify(options)).toBe(isCached)
    }
    expect((await memory().recall(question)).timings.cached).toBeUndefined()
    expect((await memory().query(`${question} `)).timings.cached).toBeUndefined()
    expect((await memory({ self: { name: 'Bob' } }).query(question)).timings.cached).toBeUndefined()
    expect(
      (
        await another({ weights: { ...recallWeights, cover: 5 } })
          .memory()
          .query(question)
      ).timings.cached,
    ).toBeUndefined()
    const other = another()
    expect((await other.memory().query(question)).timings.cached).toBe(true)
    const { reasoner } = other
    const renamed = other.another({ reasoner: { ...reasoner, id: 'scripted/2' } })
    expect((await renamed.memory().query(question)).timings.cached).toBeUndefined()
  })
})
