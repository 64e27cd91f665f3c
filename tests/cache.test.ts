import { memoryCache } from '@graphmem/cache-memory'
import { type Cache, type QueryOptions, recallWeights, type ScopedCache } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { hostileScopes } from '@graphmem/testkit'
import { describe, expect, it } from 'vitest'
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

  it('answers about now until a fact begins or ends, and about a given moment on', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 2 ** 31 - 1, searchMs: 2 ** 31 - 1 } })
    clock.step = 0
    clock.now = Date.UTC(2021, 11, 31, 10)
    await memory().ingest({ text: 'Bob works at Google until 2021.', at: '2021-06-01' })
    const given = { asOf: '2021-12-31' }
    for (const isCached of [undefined, true]) {
      expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
      expect((await memory().query(question, given)).timings.cached).toBe(isCached)
    }
    clock.now = Date.UTC(2021, 11, 31, 23, 59, 59, 999)
    expect(await memory().query(question)).toMatchObject({ answer: 'Google', timings: { cached: true } })
    clock.now = Date.UTC(2022, 0, 1)
    expect(await memory().query(question)).toMatchObject({ found: false })
    // A process whose clock is behind is not told what holds later.
    clock.now -= 1
    expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
    expect((await memory().query(question, { ...given, at: '2021-12-31' })).timings.cached).toBeUndefined()
  })

  it('asks anew on another day, since "yesterday" is another then', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 2 ** 31 - 1 } })
    clock.step = 0
    clock.now = Date.UTC(2024, 0, 1, 23)
    await memory().ingest({ text: 'Bob works at Google.', at: '2023-01-01' })
    const cached = async () => (await memory().query('Where did Bob work yesterday?')).timings.cached
    expect([await cached(), await cached()]).toEqual([undefined, true])
    clock.now = Date.UTC(2024, 0, 2, 1)
    expect([await cached(), await cached()]).toEqual([undefined, true])
  })

  it('does not use an entry past its time, whatever the cache thinks of time', async () => {
    const { memory, clock } = create({ cacheTtls: { queryMs: 60_000, searchMs: 60_000 } })
    clock.step = 0
    clock.now = Date.UTC(2024, 0, 1, 10)
    await memory().ingest('Bob works at Google.')
    await memory().query(question, { at: '2024-01-01' })
    clock.now += 59_999
    expect((await memory().query(question, { at: '2024-01-01' })).timings.cached).toBe(true)
    clock.now += 1
    expect((await memory().query(question, { at: '2024-01-01' })).timings.cached).toBeUndefined()
  })

  it('computes equal calls that are made at once a single time, each with a result of its own', async () => {
    const { memory, reasoner } = create()
    await memory().ingest('Bob works at Google.')
    const all = await Promise.all(Array.from({ length: 5 }, () => memory().query(question)))
    expect(reasoner.asked).toHaveLength(1)
    expect(new Set(all.map(content)).size).toBe(1)
    expect(new Set(all.map(({ chunks }) => chunks)).size).toBe(5)
  })

  it('lets one of several equal calls be aborted without harm to the others', async () => {
    const { memory, reasoner, another } = create()
    await memory().ingest('Bob works at Google.')
    const signals: (AbortSignal | undefined)[] = []
    const { promise: mayAnswer, resolve: go } = Promise.withResolvers<void>()
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    const waiting = another({
      reasoner: {
        ...reasoner,
        async answer(given, evidence, options) {
          signals.push(options?.signal)
          asked()
          await mayAnswer
          return reasoner.answer(given, evidence)
        },
      },
    })
    const [one, two] = [new AbortController(), new AbortController()]
    const first = waiting.memory().query(question, { signal: one.signal })
    const second = waiting.memory().query(question, { signal: two.signal })
    await isAsked
    const reason = new Error('enough')
    one.abort(reason)
    await expect(first).rejects.toBe(reason)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    go()
    expect(await second).toMatchObject({ answer: 'Google' })
    await expect(waiting.memory().query(question, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('stops what nobody waits for any more, and computes it for the next who asks', async () => {
    const { memory, reasoner, another } = create()
    await memory().ingest('Bob works at Google.')
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<AbortSignal | undefined>()
    const waiting = another({
      reasoner: {
        ...reasoner,
        async answer(given, evidence, options) {
          if (reasoner.asked.length > 0) return reasoner.answer(given, evidence)
          reasoner.asked.push({ question: given, evidence })
          asked(options?.signal)
          return new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)))
        },
      },
    })
    const stops = [new AbortController(), new AbortController()]
    const calls = stops.map(({ signal }) => waiting.memory().query(question, { signal }))
    const settled = Promise.allSettled(calls)
    const signal = await isAsked
    stops[0]?.abort('one')
    stops[1]?.abort('two')
    expect((await settled).map((each) => each.status === 'rejected' && (each.reason as unknown))).toEqual(['one', 'two'])
    expect(signal?.aborted).toBe(true)
    expect(await waiting.memory().query(question)).toMatchObject({ answer: 'Google' })
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

describe('a cache that fails', () => {
  type Change = (handle: ScopedCache) => Partial<ScopedCache>
  const changed = (change: Change): Cache => {
    const sound = memoryCache()
    return {
      ...sound,
      open: (scope) => {
        const handle = sound.open(scope)
        return { ...handle, ...change(handle) }
      },
      user: (id) => ({ ...sound.user(id), erase: () => Promise.reject(new Error('secret')) }),
      [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
    }
  }
  const never = () => new Promise<never>(() => undefined)
  const failing = () => Promise.reject(new Error('secret'))
  const failures: Readonly<Record<string, { readonly change: Change; readonly event: object }>> = {
    'is down': { change: () => ({ get: failing, put: failing, erase: failing }), event: { call: 'get', reason: 'failed' } },
    'does not answer, and heeds no signal': {
      change: () => ({ get: never, put: never, erase: failing }),
      event: { call: 'get', reason: 'slow' },
    },
    'throws instead of rejecting': {
      change: () => ({
        get() {
          throw new Error('secret')
        },
      }),
      event: { call: 'get', reason: 'failed' },
    },
    'is full': { change: () => ({ put: failing }), event: { call: 'put', reason: 'failed' } },
    'answers in another form': { change: () => ({ get: async () => ({}) as never }), event: { call: 'get', reason: 'failed' } },
    'gives back other bytes': {
      change: (handle) => ({
        async get(kind, key, options) {
          const { bytes, ticket } = await handle.get(kind, key, options)
          if (bytes?.[40] !== undefined) bytes[40] += 1
          return { bytes, ticket }
        },
      }),
      event: { call: 'get', reason: 'garbled' },
    },
    'gives back nearly nothing': {
      change: (handle) => ({ get: async (...given) => ({ ...(await handle.get(...given)), bytes: new Uint8Array(3) }) }),
      event: { call: 'get', reason: 'garbled' },
    },
    'gives back what is under another key': {
      change: (handle) => ({
        get: (kind, _key, options) => handle.get(kind, 'same', options),
        put: (kind, _key, bytes, options) => handle.put(kind, 'same', bytes, options),
      }),
      event: { call: 'get', reason: 'garbled' },
    },
  }

  it.each(Object.keys(failures))('and %s costs no answer and no error, and the observer hears of it without text', async (name) => {
    const { change, event } = failures[name] ?? expect.fail()
    const store = memoryStore()
    const { memory, events } = settingOf(store, { cache: changed(change), cacheTimeoutMs: 20 })
    const plain = settingOf(store)
    await memory().ingest('Bob works at Google.')
    for (const asked of [question, 'Who is Bob?', question, 'Who is Bob?']) {
      const result = await memory().query(asked)
      expect(content(result)).toBe(content(await plain.memory().query(asked)))
      expect(result.timings.cached).toBeUndefined()
    }
    expect(events).toContainEqual({ type: 'cache-failed', ...event, userId: 'alice', memoryId: 'chat' })
    expect(JSON.stringify(events)).not.toMatch(/Bob|Google|secret/)
  })

  it('is on the receipt of an erasure, and the erasure is done', async () => {
    const cache = changed(() => ({ erase: failing }))
    const { memory, graphMem, store } = settingOf(memoryStore(), { cache })
    const unverified = [expect.stringContaining('cache')]
    await memory().ingest('Bob works at Google.')
    const receipt = await memory().erase()
    expect(receipt).toMatchObject({ memories: 1, unverified })
    expect(receipt.caches).toBeUndefined()
    await memory().ingest('Bob works at Google.')
    expect(await graphMem.user('alice').erase()).toMatchObject({ memories: 1, unverified })
    expect(await settingOf(store).memory().query(question)).toMatchObject({ found: false })
  })

  it.each([
    ['cache', {}],
    ['cacheTtls', { queryMs: 0 }],
    ['cacheTtls', { days: 1 }],
    ['cacheTimeoutMs', 0],
  ])('is refused where its setting %s is %j', (field, value) => {
    expect(() => settingOf(memoryStore(), { [field]: value })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
  })
})
