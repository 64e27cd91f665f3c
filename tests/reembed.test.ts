import { englishAnalyzer, type GraphMemOptions, type GraphStore, type Memory, scope } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { expect, it } from 'vitest'
import { countingEmbedder } from './counting-embedder.ts'
import { countingStore } from './counting-store.ts'
import { legibleEmbedder } from './legible-embedder.ts'
import { embedder, onEveryStore, type Setting, settingOf } from './on-every-store.ts'
import { rejection } from './rejection.ts'
import { placesOf } from './sentinel-search.ts'
import { told } from './told.ts'

const ids = { userId: 'alice', memoryId: 'chat' }
const documents = Array.from({ length: 30 }, (_, index) => ({
  id: `${index}`,
  text: `Bob${index} works at Google. Bob${index} likes Tea and plays the cello.`,
  // A title is part of what is embedded.
  ...(index % 3 === 0 ? { title: `Bob${index} (cellist)` } : {}),
}))
const questions = ['Where does Bob3 work?', 'cello', 'Who likes Tea?']

async function exported(memory: Memory): Promise<string> {
  let all = ''
  for await (const line of memory.export()) all += line
  return all
}

/** How many segments wait beside the index. */
async function waitingSegments(store: GraphStore): Promise<number> {
  return (await store.open(scope(ids)).segmentInfos()).filter(({ lastVersion }) => lastVersion === 0).length
}

const recalled = async (memory: Memory) =>
  Promise.all(questions.map(async (question) => (await memory.recall(question, { limit: 8, at: '2024-06-01' })).chunks))

/** Begins to go over to another embedder, which fails after so many batches of 4. */
async function begun(setting: Setting, batches: number): Promise<void> {
  const dying = countingEmbedder((call) => {
    if (call > batches) throw new Error('out of credit')
  })
  expect(await rejection(setting.another({ embedder: dying }).memory().reembed({ batchSize: 4 }))).toMatchObject({ code: 'MODEL_FAILED' })
  expect(await waitingSegments(setting.store)).toBe(batches)
}

onEveryStore('going over to another embedder', (create, isInProcess) => {
  it('gives the very memory that it would be if made with that one, and extracts nothing', async () => {
    const setting = create()
    const fresh = create({ embedder: countingEmbedder() })
    for (const { memory } of [setting, fresh]) {
      await memory().ingest({ documents: documents.slice(0, 20) }, { batchSize: 7 })
      for (const document of documents.slice(20)) await memory().ingest({ documents: [document] })
    }
    const digest = await setting.memory().digest()
    const other = countingEmbedder()
    const second = setting.another({ embedder: other })
    // Has loaded the index of before.
    const third = setting.another({ embedder: countingEmbedder() })
    expect((await rejection(third.memory().recall('cello'))).code).toBe('GENERATION_MISMATCH')
    const progress: string[] = []
    const { version, ...result } = await second.memory().reembed({
      batchSize: 8,
      onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    })
    expect(result).toMatchObject({ chunks: 30, embedded: 30 })
    expect(progress).toEqual(['0/30', '8/30', '16/30', '24/30', '30/30', '30/30'])
    expect(other.calls.map((texts) => texts.length)).toEqual([8, 8, 8, 6])
    expect(second.reasoner.extracted).toHaveLength(0)
    expect(await second.memory().digest()).toBe(digest)
    expect(await second.memory().examine()).toEqual([])
    expect(await exported(second.memory())).toBe(await exported(fresh.memory()))
    for (const { memory } of [second, third]) expect(await recalled(memory())).toEqual(await recalled(fresh.memory()))
    expect(await told(second.memory(), [Date.UTC(2024, 5, 1)])).toBe(await told(fresh.memory(), [Date.UTC(2024, 5, 1)]))
    expect(await rejection(setting.memory().recall('cello'))).toMatchObject({ code: 'GENERATION_MISMATCH' })
    expect(await second.memory().ingest({ documents })).toMatchObject({ unchanged: 30, version })
    expect(await waitingSegments(setting.store)).toBe(0)
  })

  it('is nothing where the memory is made with it already, and where it is empty', async () => {
    const setting = create()
    const other = countingEmbedder()
    expect(await setting.another({ embedder: other }).memory().reembed()).toMatchObject({ chunks: 0, embedded: 0, version: 0 })
    const { version } = await setting.memory().ingest({ documents })
    expect(await setting.memory().reembed()).toMatchObject({ chunks: 30, embedded: 0, version })
    const done = await setting.another({ embedder: other }).memory().reembed()
    expect(done).toMatchObject({ embedded: 30 })
    other.calls.length = 0
    expect(await setting.another({ embedder: other }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 0, version: done.version })
    expect(other.calls).toEqual([])
  })

  it('leaves those with the old one to read and write as ever until it is done, and misses nothing that they write', async () => {
    const setting = create()
    const fresh = create({ embedder: countingEmbedder() })
    await setting.memory().ingest({ documents: documents.slice(0, 12) }, { batchSize: 5 })
    const readers = [setting.another(), setting.another()]
    let told = 12
    let isDone = false
    const other = countingEmbedder(async () => {
      if (isDone) return
      const before = await recalled(setting.memory())
      // One reader that holds an index, and one that has to load it.
      for (const { memory } of [...readers, setting.another()]) expect(await recalled(memory())).toEqual(before)
      expect(before.flat().length).toBeGreaterThan(0)
      expect(await rejection(waiting.memory().recall('cello'))).toMatchObject({ code: 'GENERATION_MISMATCH' })
      expect(await setting.memory().examine()).toEqual([])
      // Eight at once bring a merge of segments.
      for (const document of documents.slice(told, told + 8)) await setting.memory().ingest({ documents: [document] })
      told = Math.min(documents.length, told + 8)
    })
    const waiting = setting.another({ embedder: other })
    expect(await waiting.memory().reembed({ batchSize: 6 })).toMatchObject({ chunks: 30, embedded: 30 })
    isDone = true
    expect(new Set(other.calls.flat()).size).toBe(30)
    await fresh.memory().ingest({ documents })
    expect(await recalled(waiting.memory())).toEqual(await recalled(fresh.memory()))
    expect(await waiting.memory().examine()).toEqual([])
    expect(await waiting.memory().digest()).toBe(await fresh.memory().digest())
    for (const { memory } of readers) {
      for (const use of [() => memory().recall('cello'), () => memory().ingest('Dan likes Milk.'), () => memory().facts()]) {
        expect((await rejection(use())).code).toBe('GENERATION_MISMATCH')
      }
    }
  })

  it('comes to an end while somebody else writes at the same time, and loses none of it', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const second = setting.another({ embedder: countingEmbedder() })
    let isDone = false
    const going = second
      .memory()
      .reembed({ batchSize: 3 })
      .finally(() => {
        isDone = true
      })
    let written = 0
    for (; written < 25 && !isDone; written += 1) {
      const outcome = await setting
        .memory()
        .ingest({ id: `more ${written}`, text: `Carol${written} likes Milk.` })
        .catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ code: 'GENERATION_MISMATCH' })
        break
      }
    }
    const { chunks } = await going
    expect(chunks).toBe(30 + written)
    expect(await second.memory().examine()).toEqual([])
    expect((await second.memory().stats()).records.chunks).toBe(chunks)
  })

  it('two at once bring it to the same', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const two = [setting.another({ embedder: countingEmbedder() }), setting.another({ embedder: countingEmbedder() })]
    const results = await Promise.all(two.map(({ memory }) => memory().reembed({ batchSize: 7 })))
    expect(results.map(({ chunks }) => chunks)).toEqual([30, 30])
    expect(await waitingSegments(setting.store)).toBe(0)
    expect(await two[0]?.memory().examine()).toEqual([])
  })

  it('resumes after a failing model without paying for a finished batch again', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    for (const batches of [1, 3]) {
      const setting = create()
      await setting.memory().ingest({ documents })
      await begun(setting, batches)
      const other = countingEmbedder()
      expect(await setting.another({ embedder: other }).memory().reembed({ batchSize: 4 })).toMatchObject({ embedded: 30 - 4 * batches })
      expect(other.calls.flat()).toHaveLength(30 - 4 * batches)
    }
  })

  it('resumes after a store that failed at any call, before or after it was done', async () => {
    const fresh = create({ embedder: countingEmbedder() })
    await fresh.memory().ingest({ documents: documents.slice(0, 10) })
    const wanted = await recalled(fresh.memory())
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const setting = create()
        await setting.memory().ingest({ documents: documents.slice(0, 10) })
        const store = dying(setting.store, at, when)
        const outcome = await settingOf(store, { embedder: countingEmbedder() })
          .memory()
          .reembed({ batchSize: 4 })
          .catch((error: unknown) => error)
        if (!(outcome instanceof Error)) break
        const isSwapped = ((await setting.memory().stats()).generation ?? '').includes('other')
        const kept = isSwapped ? 10 : Math.min(10, (await waitingSegments(setting.store)) * 4)
        const other = countingEmbedder()
        const second = setting.another({ embedder: other })
        expect(await second.memory().reembed({ batchSize: 4 })).toMatchObject({ chunks: 10, embedded: 10 - kept })
        expect(other.calls.flat()).toHaveLength(10 - kept)
        expect(await recalled(second.memory())).toEqual(wanted)
        expect(await waitingSegments(setting.store)).toBe(0)
        expect(at).toBeLessThan(100)
      }
      if (!isInProcess) break
    }
  })

  it('leaves other memories as they are, and takes no vector from them', async () => {
    const setting = create()
    const [bob, notes] = [{ userId: 'bob' }, { memoryId: 'notes' }]
    for (const given of [{}, bob, notes]) await setting.memory(given).ingest({ documents: documents.slice(0, 6) })
    const before = await Promise.all([bob, notes].map((given) => exported(setting.memory(given))))
    const other = countingEmbedder()
    const second = setting.another({ embedder: other })
    await second.memory().reembed()
    expect(await Promise.all([bob, notes].map((given) => exported(setting.memory(given))))).toEqual(before)
    expect((await rejection(second.memory(bob).recall('cello'))).code).toBe('GENERATION_MISMATCH')
    expect(await second.memory(bob).reembed()).toMatchObject({ chunks: 6, embedded: 6 })
    expect(other.calls.flat()).toHaveLength(12)
  })

  it('is called off by its signal, and keeps what it has', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const controller = new AbortController()
    const reason = { why: 'called off' }
    const other = countingEmbedder((call) => {
      if (call === 3) controller.abort(reason)
    })
    const second = setting.another({ embedder: other })
    await expect(second.memory().reembed({ batchSize: 4, signal: controller.signal })).rejects.toBe(reason)
    expect(await waitingSegments(setting.store)).toBe(2)
    expect(await second.memory().reembed()).toMatchObject({ embedded: 22 })
  })

  it('begins anew for a third embedder, and is given up by a call with the old one', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    await begun(setting, 3)
    const third = countingEmbedder(undefined, 'third')
    expect(await setting.another({ embedder: third }).memory().reembed()).toMatchObject({ embedded: 30 })
    expect(await waitingSegments(setting.store)).toBe(0)
    expect(await setting.another({ embedder: third }).memory().examine()).toEqual([])

    const given = create()
    await given.memory().ingest({ documents })
    const before = await recalled(given.memory())
    await begun(given, 3)
    expect(await given.memory().reembed()).toMatchObject({ embedded: 0 })
    expect(await waitingSegments(given.store)).toBe(0)
    expect(await recalled(given.memory())).toEqual(before)
  })

  it('costs a constant number of calls a batch, whatever the batch and the memory hold', async () => {
    const counts: number[] = []
    for (const [size, batchSize] of [
      [6, 1],
      [30, 5],
    ] as const) {
      const inner = create()
      await inner.memory().ingest({ documents: documents.slice(0, size) })
      const store = countingStore(inner.store)
      await settingOf(store, { embedder: countingEmbedder() }).memory().reembed({ batchSize })
      counts.push(store.calls.length)
    }
    expect(counts[0]).toBe(counts[1])
    expect((counts[0] ?? 0) / 6).toBeLessThan(9)
  })

  it('is refused with options that are none, before anything is done', async () => {
    const store = countingStore(create().store)
    const memory = settingOf(store).memory()
    for (const options of [{ batchSize: 0 }, { batchSize: 1_001 }, { onProgress: 1 }, { budgets: 1 }]) {
      expect((await rejection(memory.reembed(options as never))).code).toBe('INPUT_INVALID')
    }
    expect(store.calls).toEqual([])
  })
})

onEveryStore('vectors that wait', (create) => {
  it('are no part of the index: nobody counts, merges, examines or exports them', async () => {
    const setting = create()
    await setting.memory().ingest({ documents: documents.slice(0, 20) })
    const before = { bytes: await exported(setting.memory()), stats: await setting.memory().stats() }
    await begun(setting, 3)
    const { version, ...stats } = await setting.memory().stats()
    expect({ ...stats, version: before.stats.version }).toEqual(before.stats)
    expect(version).toBe(before.stats.version + 3)
    expect(await setting.memory().examine()).toEqual([])
    expect(await exported(setting.memory())).toBe(before.bytes)
    const copy = setting.another({ embedder }).memory({ memoryId: 'copy' })
    await copy.import(before.bytes)
    expect(await recalled(copy)).toEqual(await recalled(setting.memory()))
    for (const document of documents.slice(20)) await setting.memory().ingest({ documents: [document] })
    await setting.memory().reindex()
    expect(await waitingSegments(setting.store)).toBe(3)
    const other = countingEmbedder()
    expect(await setting.another({ embedder: other }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 18 })
  })

  it('do not keep segments from being merged', async () => {
    const [setting, beside] = [create(), create()]
    for (const { memory } of [setting, beside])
      for (const document of documents.slice(0, 6)) await memory().ingest({ documents: [document] })
    await begun(setting, 1)
    for (const { memory } of [setting, beside]) for (const document of documents.slice(6)) await memory().ingest({ documents: [document] })
    expect((await setting.memory().stats()).segments).toBe((await beside.memory().stats()).segments)
  })

  it('stay behind when the memory is moved, and are erased there', async () => {
    const [setting, target] = [create(), create()]
    await setting.memory().ingest({ documents })
    const digest = await setting.memory().digest()
    await begun(setting, 3)
    const moved = await setting.graphMem.move(ids, target.graphMem)
    expect(moved.digest).toBe(digest)
    expect(await waitingSegments(setting.store)).toBe(0)
    expect(await waitingSegments(target.store)).toBe(0)
    expect(await target.another({ embedder: countingEmbedder() }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 30 })
  })

  it('are not written to a memory that is being moved', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const graph = setting.store.open(scope(ids))
    const other = countingEmbedder(async (call) => {
      if (call !== 2) return
      const head = await graph.head()
      await graph.apply({ put: {} }, { applyId: 'leaves', expect: head, generation: `leaving to x ${head.generation}` })
    })
    const { memory } = setting.another({ embedder: other })
    for (let call = 0; call < 2; call += 1) {
      expect(await rejection(memory().reembed({ batchSize: 4 }))).toMatchObject({ code: 'CONFLICT', retryable: true })
    }
    expect(await waitingSegments(setting.store)).toBe(1)
    expect(other.calls).toHaveLength(2)
  })

  it('are gone with the memory, and a life that begins after it has none of them', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const other = countingEmbedder(async (call) => {
      if (call === 3) await setting.memory().erase()
    })
    const second = setting.another({ embedder: other })
    expect(await second.memory().reembed({ batchSize: 4 })).toMatchObject({ chunks: 0, embedded: 12, version: 0 })
    expect(await setting.graphMem.user('alice').list()).toEqual([])

    await setting.memory().ingest({ documents })
    const again = countingEmbedder(async (call) => {
      if (call !== 3) return
      await setting.memory().erase()
      await setting.memory().ingest('Dan likes Milk.')
    })
    const third = setting.another({ embedder: again })
    expect(await third.memory().reembed({ batchSize: 4 })).toMatchObject({ chunks: 1 })
    expect(await third.memory().examine()).toEqual([])
    expect(await waitingSegments(setting.store)).toBe(0)
  })

  it('are forgotten with what they were made of, whether they wait or are under way', async () => {
    const setting = create()
    const { episodes } = await setting.memory().ingest({
      documents: [{ id: 'secret', text: 'zanzibar likes Tea.' }, { id: 'secret 2', text: 'zanzibar works.' }, ...documents.slice(0, 10)],
    })
    const [first = '', second = ''] = episodes.map(({ id }) => id)
    // Forgets the one when its vector waits, and the other before its vector is written.
    let calls = 0
    let hasWaited = false
    const legible = legibleEmbedder(async () => {
      calls += 1
      if (calls > 2) expect(await placesOf('zanzibar', setting.store, ids)).toEqual([])
      if (calls !== 2) return
      for await (const { lastVersion, bytes } of setting.store.open(scope(ids)).segments(-1)) {
        hasWaited ||= lastVersion === 0 && Buffer.from(bytes).includes('zanzibar')
      }
      await setting.memory().forget({ episodeIds: [first] })
      await setting.memory().forget({ episodeIds: [second] })
      expect(await placesOf('zanzibar', setting.store, ids)).toEqual([])
    })
    const other = setting.another({ embedder: legible })
    expect(await other.memory().reembed({ batchSize: 1 })).toMatchObject({ chunks: 10 })
    expect(hasWaited).toBe(true)
    expect(await placesOf('zanzibar', setting.store, ids)).toEqual([])
    expect(await other.memory().examine()).toEqual([])
  })

  it('are forgotten one by one: what else waits is kept', async () => {
    const setting = create()
    const { episodes } = await setting.memory().ingest({ documents })
    await begun(setting, 7)
    const head = await setting.store.open(scope(ids)).head()
    const { chunks } = await setting.memory().forget({ episodeIds: episodes.slice(0, 3).map(({ id }) => id) })
    expect(chunks).toBe(3)
    expect((await setting.store.open(scope(ids)).head()).version).toBe(head.version + 1)
    const other = countingEmbedder()
    expect(await setting.another({ embedder: other }).memory().reembed()).toMatchObject({ chunks: 27 })
    expect(other.calls.flat().length).toBeLessThanOrEqual(2)
  })

  it('are made again where they are damaged, and dropped', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    await begun(setting, 3)
    const graph = setting.store.open(scope(ids))
    const [waiting] = (await graph.segmentInfos()).filter(({ lastVersion }) => lastVersion === 0)
    const head = await graph.head()
    await graph.apply(
      {
        put: {},
        dropSegmentIds: [waiting?.id ?? ''],
        putSegments: [{ id: 'damaged', firstVersion: 0, lastVersion: 0, bytes: new Uint8Array(50) }],
      },
      { applyId: 'damage', expect: head, generation: head.generation ?? '' },
    )
    const { episodes } = await setting.memory().ingest('Dan likes Milk.')
    await setting.memory().forget({ episodeIds: episodes.map(({ id }) => id) })
    expect(await waitingSegments(setting.store)).toBe(2)
    expect(await setting.another({ embedder: countingEmbedder() }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 22 })
    expect(await waitingSegments(setting.store)).toBe(0)
  })
})

onEveryStore('another analyzer', (create) => {
  /** Cuts off three letters of each word, in place of its ending. */
  const analyzer = { ...englishAnalyzer, id: 'english/none', stem: (word: string) => (word.length > 5 ? word.slice(0, -3) : word) }

  it('is gone over to by reindex, which calls no embedder', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const silent = { ...embedder, embed: async () => Promise.reject(new Error('called')) }
    const second = setting.another({ analyzer, embedder: silent })
    const error = await rejection(second.memory().facts())
    expect(error.code).toBe('GENERATION_MISMATCH')
    expect(error.message).toMatch(/reindex\(\)/)
    await second.memory().reindex()
    await checkSame(setting, create, { analyzer, embedder })
  })

  it('with another embedder is gone over to by reembed, in one', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const other = countingEmbedder()
    const error = await rejection(setting.another({ analyzer, embedder: other }).memory().reindex())
    expect(error.code).toBe('GENERATION_MISMATCH')
    expect(error.message).toMatch(/reembed\(\)/)
    await begun(setting, 3)
    expect(await setting.another({ analyzer, embedder: other }).memory().reembed()).toMatchObject({ embedded: 18 })
    await checkSame(setting, create, { analyzer, embedder: other })
  })

  it('alone is gone over to by reembed too, which embeds nothing then', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    expect(await setting.another({ analyzer }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 0 })
    await checkSame(setting, create, { analyzer })
  })
})

/** That a memory is as one that was made so from the start. */
async function checkSame(setting: Setting, create: (options?: Partial<GraphMemOptions>) => Setting, options: Partial<GraphMemOptions>) {
  const [now, fresh] = [setting.another(options), create(options)]
  await fresh.memory().ingest({ documents })
  expect(await recalled(now.memory())).toEqual(await recalled(fresh.memory()))
  expect(await exported(now.memory())).toBe(await exported(fresh.memory()))
  expect(await now.memory().examine()).toEqual([])
}

it('a damaged index is made anew from the records by reembed, with the vectors that wait', async () => {
  const setting = settingOf(memoryStore())
  await setting.memory().ingest({ documents })
  await begun(setting, 3)
  const graph = setting.store.open(scope(ids))
  const head = await graph.head()
  const dropSegmentIds: string[] = []
  for await (const { id } of graph.segments(0)) dropSegmentIds.push(id)
  const putSegments = [{ id: 'damaged', firstVersion: 1, lastVersion: head.version, bytes: new Uint8Array(50) }]
  await graph.apply({ put: {}, dropSegmentIds, putSegments }, { applyId: 'damage', expect: head, generation: head.generation ?? '' })
  const other = countingEmbedder()
  expect(await setting.another({ embedder: other }).memory().reembed()).toMatchObject({ chunks: 30, embedded: 18 })
  await checkSame(setting, (options) => settingOf(memoryStore(), options), { embedder: other })
})

it('an index that lists a passage which is not there does not hold reembed up', async () => {
  const setting = settingOf(memoryStore())
  await setting.memory().ingest({ documents })
  const graph = setting.store.open(scope(ids))
  const head = await graph.head()
  let gone = ''
  for await (const { id } of graph.scan('chunks')) gone = id
  await graph.apply({ put: {}, remove: { chunks: [gone] } }, { applyId: 'fault', expect: head, generation: head.generation ?? '' })
  expect((await setting.memory().examine()).map(({ code }) => code)).toEqual(['dangling-vector'])
  const second = setting.another({ embedder: countingEmbedder() })
  expect(await second.memory().reembed()).toMatchObject({ chunks: 29, embedded: 29 })
  expect(await second.memory().examine()).toEqual([])
})

it('a reader whose head was long on its way is not given vectors of another embedder', async () => {
  const store = memoryStore()
  const setting = settingOf(store)
  await setting.memory().ingest({ documents })
  const slow = { next: undefined as Promise<void> | undefined }
  const delayed: GraphStore = {
    ...store,
    open: (opened) => {
      const graph = store.open(opened)
      return {
        ...graph,
        async head(options) {
          const head = await graph.head(options)
          const { next } = slow
          slow.next = undefined
          await next
          return head
        },
      }
    },
    user: (id) => store.user(id),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
  const reader = settingOf(delayed)
  await reader.memory().recall('cello')
  let arrive = () => {}
  slow.next = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const late = rejection(reader.memory().recall('cello'))
  await setting.another({ embedder: countingEmbedder() }).memory().reembed()
  // Another call of the same process has loaded the new index meanwhile.
  expect((await rejection(reader.memory().recall('cello'))).code).toBe('GENERATION_MISMATCH')
  arrive()
  expect((await late).code).toBe('GENERATION_MISMATCH')
})

/** A store that dies at a call, before or after it was done, and does nothing from then on. */
function dying(inner: GraphStore, at: number, when: 'before' | 'after'): GraphStore {
  let calls = 0
  const die = async (proceed: () => unknown) => {
    calls += 1
    if (calls < at) return proceed()
    if (calls === at && when === 'after') await proceed()
    throw new Error('killed')
  }
  return {
    ...inner,
    open: (opened) => {
      const graph = inner.open(opened)
      return {
        ...graph,
        head: (options) => die(() => graph.head(options)) as ReturnType<typeof graph.head>,
        apply: (changes, options) => die(() => graph.apply(changes, options)) as ReturnType<typeof graph.apply>,
        get: (kind, given, options) => die(() => graph.get(kind, given, options)) as ReturnType<typeof graph.get<typeof kind>>,
        segmentInfos: (options) => die(() => graph.segmentInfos(options)) as ReturnType<typeof graph.segmentInfos>,
        async *segments(since, options) {
          await die(() => undefined)
          yield* graph.segments(since, options)
        },
        async *scan(kind, options) {
          await die(() => undefined)
          yield* graph.scan(kind, options)
        },
        count: (options) => die(() => graph.count(options)) as ReturnType<typeof graph.count>,
      }
    },
    user: (id) => inner.user(id),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  }
}
