import type { IngestInput } from '@graphmem/core'
import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'
import { placesOf } from './sentinel-search.ts'

const chat = { userId: 'alice', memoryId: 'chat' }
const secret: IngestInput = {
  documents: [
    {
      id: 'secret-zanzibar',
      title: 'Zanzibar (plan)',
      source: 'zanzibar.txt',
      tags: ['zanzibar'],
      metadata: { zanzibar: 'zanzibar' },
      text: 'Bob Zanzibar, known as Zanzibarino, works at Google since 2019. A zanzibarist he is.',
    },
  ],
}
const others: IngestInput = { documents: [{ id: 'other', text: 'Bob works at Google since 2019. Carol likes Tea.' }] }

onEveryStore('forget', (create) => {
  it('deletes an episode beyond recovery, from the records and from the index', async () => {
    const { memory, store } = create()
    await memory().ingest(others)
    const { episodes } = await memory().ingest(secret)
    expect(new Set(await placesOf('zanzibar', store, chat))).toEqual(new Set(['episodes', 'chunks', 'senses', 'segments']))
    const gone = await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect(gone).toEqual({ episodes: 1, chunks: 1, facts: 1, entities: 2 })
    expect(await placesOf('zanzibar', store, chat)).toEqual([])
    expect((await memory().recall('zanzibar')).chunks.map(({ text }) => text)).not.toContain('zanzibar')
    expect(await memory().entities({ named: 'Zanzibarino' })).toEqual([])
  })

  it('deletes it from merged segments too, and later merges do not bring it back', async () => {
    const { memory, store } = create()
    const { episodes } = await memory().ingest(secret)
    for (let index = 0; index < 20; index += 1) await memory().ingest({ id: `${index}`, text: `Number${index} likes Tea.` })
    await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    for (let index = 20; index < 40; index += 1) await memory().ingest({ id: `${index}`, text: `Number${index} likes Tea.` })
    expect(await placesOf('zanzibar', store, chat)).toEqual([])
    expect(await memory().entities({ named: 'Number3' })).toHaveLength(1)
  })

  it('is seen by every other handle at its next call, also when the index was loaded', async () => {
    const setting = create()
    const { episodes } = await setting.memory().ingest(secret)
    await setting.memory().ingest(others)
    const readers = [setting.another(), setting.another(), setting.another()]
    for (const reader of readers) expect((await reader.memory().recall('zanzibarist')).chunks[0]?.text).toContain('zanzibarist')
    await setting.memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    const [first, second, third] = readers
    expect(JSON.stringify(await first?.memory().recall('zanzibarist'))).not.toMatch(/zanzibar/i)
    expect(JSON.stringify(await second?.memory().entities())).not.toMatch(/zanzibar/i)
    await setting.memory().ingest('Dan likes Milk.')
    expect(JSON.stringify(await third?.memory().facts())).not.toMatch(/zanzibar/i)
  })

  it('keeps what rests on other episodes, and takes what rests on it alone', async () => {
    const { memory } = create()
    const { episodes } = await memory().ingest({ documents: [{ id: 'a', text: 'Bob works at Google. Dan likes Milk.' }] })
    await memory().ingest({ documents: [{ id: 'b', text: 'Bob works at Google. Carol likes Tea.' }] })
    expect(await memory().forget({ episodeIds: episodes.map(({ id }) => id) })).toEqual({ episodes: 1, chunks: 1, facts: 1, entities: 2 })
    expect((await memory().facts()).map(({ subject, support }) => [subject.name, support.length])).toEqual([
      ['Bob', 1],
      ['Carol', 1],
    ])
    expect((await memory().entities()).map(({ name }) => name).sort()).toEqual(['Bob', 'Carol', 'Google', 'Tea'])
  })

  it('deletes facts, with the corrections of them, and keeps the passages', async () => {
    const { memory, store } = create()
    await memory().ingest(others)
    const [fact] = await memory().facts({ about: 'Bob' })
    await memory().correct({ verdict: 'pin', factIds: [fact?.id ?? ''], reason: 'sentinel' })
    expect(await memory().forget({ factIds: [fact?.id ?? ''] })).toMatchObject({ episodes: 0, chunks: 0, facts: 1 })
    expect((await memory().facts({ history: true })).map(({ subject }) => subject.name)).toEqual(['Carol'])
    expect(await placesOf('sentinel', store, chat)).toEqual([])
    expect((await memory().recall('Where does Bob work?')).chunks).toHaveLength(1)
  })

  it('ignores ids that are unknown, foreign or forgotten before, by one answer', async () => {
    const { memory } = create()
    const { episodes } = await memory({ userId: 'bob' }).ingest(secret)
    await memory().ingest(others)
    const digest = await memory({ userId: 'bob' }).digest()
    const { version } = await memory().stats()
    for (const id of [episodes[0]?.id ?? '', 'never used', '']) {
      expect(await memory().forget({ episodeIds: [id], factIds: [id] })).toEqual({ episodes: 0, chunks: 0, facts: 0, entities: 0 })
    }
    expect((await memory().stats()).version).toBe(version)
    expect(await memory({ userId: 'bob' }).digest()).toBe(digest)
  })

  it('lets the same episode be remembered again', async () => {
    const { memory } = create()
    const { episodes } = await memory().ingest(secret)
    const digest = await memory().digest()
    await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect(await memory().ingest(secret)).toMatchObject({ added: 1, chunks: 1 })
    expect(await memory().digest()).toBe(digest)
  })

  it('takes a replaced episode out of what was known before', async () => {
    const { memory, store, clock } = create()
    const { episodes } = await memory().ingest({ id: 'a', text: 'Bob likes Zanzibar.' })
    const before = new Date(clock.now)
    await memory().ingest({ id: 'a', text: 'Bob likes Tea.' }, { replace: true })
    await memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect(await placesOf('zanzibar', store, chat)).toEqual([])
    expect(await memory().facts({ knownAt: before, history: true })).toEqual([])
    expect(await memory().facts()).toHaveLength(1)
  })
})

onEveryStore('erase', (create) => {
  it('deletes a memory, and no other', async () => {
    const { memory, graphMem, store, events } = create()
    await memory().ingest(secret)
    await memory({ memoryId: 'work' }).ingest(others)
    await memory({ userId: 'bob' }).ingest(secret)
    expect(await graphMem.user('alice').list()).toEqual(['chat', 'work'])
    const receipt = await memory().erase()
    expect(receipt).toMatchObject({ memories: 1, records: { episodes: 1, chunks: 1 }, unverified: [] })
    expect(await graphMem.user('alice').list()).toEqual(['work'])
    expect(await graphMem.user('bob').list()).toEqual(['chat'])
    expect(await memory().stats()).toMatchObject({ version: 0, segments: 0 })
    expect((await memory().recall('zanzibar')).chunks).toEqual([])
    expect(await placesOf('zanzibar', store, chat)).toEqual([])
    expect(events).toContainEqual({ type: 'memory-erased', episodes: 1, ...chat })
    expect(await memory().erase()).toMatchObject({ memories: 0 })
  })

  it("deletes all memories of a user, and no one else's", async () => {
    const { memory, graphMem } = create()
    for (const memoryId of ['a', 'b', 'c']) await memory({ memoryId }).ingest(secret)
    await memory({ userId: 'alicE' }).ingest(others)
    expect(await graphMem.user('alice').erase()).toMatchObject({ memories: 3, records: { episodes: 3 } })
    expect(await graphMem.user('alice').list()).toEqual([])
    expect(await graphMem.user('alicE').list()).toEqual(['chat'])
  })

  it('leaves a new incarnation nothing of the old index, in the handles that had loaded it', async () => {
    for (const how of ['memory', 'user'] as const) {
      const setting = create()
      const reader = setting.another()
      await setting.memory().ingest(secret)
      await setting.memory().ingest(others)
      for (const { memory } of [setting, reader]) await memory().recall('zanzibarist')
      if (how === 'memory') await setting.memory().erase()
      else await setting.graphMem.user('alice').erase()
      await setting.memory().ingest('Dan likes Milk.')
      await setting.memory().ingest('Dan likes Tea.')
      await setting.memory().ingest('Dan likes Beer.')
      for (const { memory } of [setting, reader]) {
        // Before the recall: that would load the index anew when it misses a passage.
        expect(await memory().facts({ history: true })).toHaveLength(3)
        expect(JSON.stringify([await memory().entities(), await memory().recall('zanzibarist google')])).not.toMatch(/zanzibar|google/i)
      }
    }
  })

  it('keeps a name without a word, such as a star, that what stays mentions', async () => {
    const { memory, reasoner } = create()
    reasoner.extractWith = ({ text }) => ({
      names: [...text.matchAll(/★|☆/g)].map(({ 0: name, index }) => ({
        name,
        type: 'other',
        mentions: [{ start: index, end: index + 1 }],
      })),
      facts: [],
      same: [],
    })
    await memory().ingest({ id: 'stays', text: 'She drew ★ at night.' })
    const { episodes } = await memory().ingest({ id: 'goes', text: 'He drew ★ and ☆ by day.' })
    expect(await memory().forget({ episodeIds: episodes.map(({ id }) => id) })).toMatchObject({ episodes: 1, entities: 1 })
    const copy = create().memory()
    await copy.import(memory().export())
    expect(await copy.digest()).toBe(await memory().digest())
    expect((await copy.entities()).map(({ name, mentions }) => ({ name, mentions }))).toEqual([{ name: '★', mentions: 1 }])
  })
})
