import { expect, it } from 'vitest'
import { onEveryStore } from './on-every-store.ts'
import { rejection } from './rejection.ts'

onEveryStore('identity of episodes', (create) => {
  it('changes nothing and calls no model when the same comes again', async () => {
    const { memory, reasoner } = create()
    const input = { text: 'Alice works at Google.', at: '2024-01-05' }
    const first = await memory().ingest(input)
    const digest = await memory().digest()
    const again = await memory().ingest(input)
    expect(first).toMatchObject({ added: 1, unchanged: 0, chunks: 1, facts: 1 })
    expect(again).toMatchObject({ added: 0, unchanged: 1, chunks: 0, facts: 0, entities: 0, version: first.version })
    expect(again.episodes.map(({ id }) => id)).toEqual(first.episodes.map(({ id }) => id))
    expect(reasoner.extracted).toHaveLength(1)
    expect(await memory().digest()).toBe(digest)
  })

  it('keeps "Thanks!" said twice as two episodes', async () => {
    const { memory } = create()
    await memory().ingest('Thanks!')
    await memory().ingest('Thanks!')
    expect((await memory().stats()).records.episodes).toBe(2)
  })

  it('takes one turn said at two places of a session for two episodes', async () => {
    const { memory } = create()
    const turn = { content: 'Thanks!', at: '2024-01-05T10:00Z' }
    const { added } = await memory().ingest({
      session: 's',
      turns: [
        { ...turn, sequence: 0 },
        { ...turn, sequence: 1 },
      ],
    })
    expect(added).toBe(2)
  })

  it('knows turns with times again, whatever the calls they come in', async () => {
    const { memory, reasoner } = create()
    const turns = [1, 2, 3].map((minute) => ({ content: `Bob likes Tea${minute}.`, at: `2024-01-05T10:0${minute}Z` }))
    await memory().ingest({ session: 's', turns })
    const digest = await memory().digest()
    for (const turn of turns) expect(await memory().ingest({ session: 's', turns: [turn] })).toMatchObject({ unchanged: 1 })
    expect(reasoner.extracted).toHaveLength(3)
    expect(await memory().digest()).toBe(digest)
  })

  it('takes the same words of another source, speaker or time for another episode', async () => {
    const { memory } = create()
    const turn = { content: 'Thanks!', at: '2024-01-05T10:00Z' }
    const { added } = await memory().ingest({
      turns: [turn, { ...turn, source: 'mail' }, { ...turn, name: 'Bob' }, { ...turn, at: '2024-01-06' }, { ...turn, role: 'assistant' }],
    })
    expect(added).toBe(5)
  })

  it('refuses other content under an id before any write', async () => {
    const { memory, reasoner } = create()
    await memory().ingest({ id: 'a', text: 'Alice works at Google.' })
    const digest = await memory().digest()
    const changed = {
      documents: [
        { id: 'b', text: 'Bob works at Mayo.' },
        { id: 'a', text: 'Alice works at Meta.' },
      ],
    }
    const error = await rejection(memory().ingest(changed))
    expect(error).toMatchObject({ code: 'EPISODE_CHANGED', field: 'id', retryable: false })
    expect(await memory().digest()).toBe(digest)
    expect(reasoner.extracted).toHaveLength(1)
  })

  it('refuses one text without ids that comes twice in one call with other metadata, and says what to do', async () => {
    const { memory, reasoner } = create()
    const text = 'Alice works at Google.'
    const error = await rejection(memory().ingest({ documents: [{ text, metadata: { page: 1 } }, { text }] }))
    expect(error).toMatchObject({ code: 'INPUT_INVALID', field: 'id', message: expect.stringContaining('without an id') })
    expect(reasoner.extracted).toHaveLength(0)
    const documents = [
      { id: 'one', text, metadata: { page: 1 } },
      { id: 'two', text },
    ]
    expect(await memory().ingest({ documents })).toMatchObject({ added: 2 })
    expect(await memory().ingest({ documents: [{ text }, { text }] })).toMatchObject({ added: 1 })
  })

  it('refuses one id for two contents in one call, and takes it once when they are equal', async () => {
    const { memory } = create()
    const error = await rejection(
      memory().ingest({
        documents: [
          { id: 'a', text: 'One.' },
          { id: 'a', text: 'Two.' },
        ],
      }),
    )
    expect(error.code).toBe('INPUT_INVALID')
    expect((await memory().stats()).version).toBe(0)
    const { added, episodes } = await memory().ingest({
      documents: [
        { id: 'a', text: 'One.' },
        { id: 'a', text: 'One.' },
      ],
    })
    expect([added, episodes.length]).toEqual([1, 1])
  })

  it('believes the new content alone after a replace, and the old one at an earlier moment', async () => {
    const { memory, clock } = create()
    await memory().ingest({ id: 'a', text: 'Alice works at Google.', at: '2024-01-05' })
    const before = new Date(clock.now)
    const result = await memory().ingest({ id: 'a', text: 'Alice works at Meta.', at: '2024-01-05' }, { replace: true })
    expect(result).toMatchObject({ replaced: 1, added: 0 })
    const told = async (knownAt?: Date) =>
      (await memory().facts(knownAt === undefined ? {} : { knownAt })).map(({ object }) => ('name' in object ? object.name : ''))
    expect(await told()).toEqual(['Meta'])
    expect(await told(before)).toEqual(['Google'])
    expect((await memory().recall('Google')).chunks.map(({ text }) => text)).toEqual(['Alice works at Meta.'])
  })

  it('believes a content again that returns after it was replaced', async () => {
    const { memory } = create()
    const [google, meta] = ['Alice works at Google.', 'Alice works at Meta.'].map((text) => ({ id: 'a', text, at: '2024-01-05' }))
    if (google === undefined || meta === undefined) return
    for (const input of [google, meta, google, meta, google]) {
      expect(await memory().ingest(input, { replace: true })).toMatchObject({ failed: 0, chunks: 1 })
      expect((await memory().recall('Where does Alice work?')).chunks.map(({ text }) => text)).toEqual([input.text])
    }
    expect(await memory().ingest(google)).toMatchObject({ unchanged: 1 })
    expect((await memory().stats()).records.episodes).toBe(5)
  })

  it('believes a content that returns after its first appearance was forgotten', async () => {
    const { memory } = create()
    const [google, meta] = ['Alice works at Google.', 'Alice works at Meta.'].map((text) => ({ id: 'a', text, at: '2024-01-05' }))
    if (google === undefined || meta === undefined) return
    const first = await memory().ingest(google)
    for (const input of [meta, google, meta]) await memory().ingest(input, { replace: true })
    await memory().forget({ episodeIds: first.episodes.map(({ id }) => id) })
    await memory().ingest(google, { replace: true })
    expect((await memory().recall('Where does Alice work?')).chunks.map(({ text }) => text)).toEqual([google.text])
  })

  it('replaces an episode by its id, whatever its key was made of', async () => {
    const { memory } = create()
    const [episode] = (await memory().ingest({ text: 'Alice works at Google.', at: '2024-01-05' })).episodes
    expect(await memory().replace(episode?.id ?? '', { text: 'Alice works at Meta.', at: '2024-01-06' })).toMatchObject({ replaced: 1 })
    expect((await memory().episodes()).map(({ retiredAt }) => retiredAt !== undefined)).toEqual([true, false])
    const error = await rejection(memory().replace('unknown', 'Alice works at Meta.'))
    expect(error).toMatchObject({ code: 'INPUT_INVALID', field: 'episodeId' })
  })

  it('never believes two contents under one id, told by two processes at once', async () => {
    const setting = create()
    const other = setting.another()
    const outcomes = await Promise.allSettled([
      setting.memory().ingest({ id: 'a', text: 'Alice works at Google.' }),
      other.memory().ingest({ id: 'a', text: 'Alice works at Meta.' }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'EPISODE_CHANGED' } })
    expect((await setting.memory().episodes()).filter(({ retiredAt }) => retiredAt === undefined)).toHaveLength(1)
  })

  it('believes one content when two processes replace an episode at once', async () => {
    const setting = create()
    await setting.memory().ingest({ id: 'a', text: 'Alice works at Google.' })
    await Promise.all([
      setting.memory().ingest({ id: 'a', text: 'Alice works at Meta.' }, { replace: true }),
      setting.another().memory().ingest({ id: 'a', text: 'Alice works at Apple.' }, { replace: true }),
    ])
    expect((await setting.memory().episodes()).filter(({ retiredAt }) => retiredAt === undefined)).toHaveLength(1)
  })
})
