import type { GraphStore } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, settingOf } from './on-every-store.ts'

const memoryIds = ['a', 'b', 'c', 'd']

onEveryStore('the index cache', (create) => {
  it('is bounded: an index that is larger is used and not held, and results stay the same', async () => {
    const store = countingStore(create().store)
    const roomy = settingOf(store)
    for (const memoryId of memoryIds) await roomy.memory({ memoryId }).ingest(`Bob likes ${memoryId.toUpperCase()}.`)
    const tight = settingOf(store, { maxIndexBytes: 1 })
    const calls = async (setting: typeof tight, memoryId: string) => {
      store.calls.length = 0
      const { chunks } = await setting.memory({ memoryId }).recall('What does Bob like?')
      expect(chunks.map(({ text }) => text)).toEqual([`Bob likes ${memoryId.toUpperCase()}.`])
      return store.calls.includes('segments') ? 'loaded' : 'held'
    }
    for (const memoryId of ['a', 'a', 'b', 'a']) expect(await calls(tight, memoryId)).toBe('loaded')
    expect(tight.graphMem.heldIndexes).toEqual({ count: 0, sizeBytes: 0 })
    for (const memoryId of memoryIds) await calls(roomy, memoryId)
    for (const memoryId of memoryIds) expect(await calls(roomy, memoryId)).toBe('held')
    expect(roomy.graphMem.heldIndexes.count).toBe(4)
  })

  it('keeps what was used last when two fit and a third comes', async () => {
    const store = countingStore(create().store)
    const filler = settingOf(store)
    for (const memoryId of memoryIds) await filler.memory({ memoryId }).ingest('Bob likes Tea.')
    await filler.memory({ memoryId: 'a' }).facts()
    const { graphMem, memory } = settingOf(store, { maxIndexBytes: filler.graphMem.heldIndexes.sizeBytes * 2.5 })
    const loads = async (memoryId: string) => {
      store.calls.length = 0
      await memory({ memoryId }).facts()
      return store.calls.includes('segments')
    }
    for (const memoryId of ['a', 'b', 'a', 'c']) await loads(memoryId)
    expect([await loads('a'), await loads('c'), await loads('b')]).toEqual([false, false, true])
    expect(graphMem.heldIndexes.count).toBe(2)
  })

  it('keeps what users of one memory ask beside one who asks many, and one whose memory is larger than all that is held', async () => {
    const store = countingStore(create().store)
    const filler = settingOf(store)
    const quiet = ['ann', 'bea', 'cleo'].map((userId) => ({ userId, memoryId: 'chat' }))
    const many = memoryIds.map((memoryId) => ({ userId: 'many', memoryId }))
    for (const ids of [...quiet, ...many]) await filler.memory(ids).ingest('Bob likes Tea.')
    await filler.memory(quiet[0]).facts()
    const maxIndexBytes = filler.graphMem.heldIndexes.sizeBytes * 6
    const large = { userId: 'large', memoryId: 'chat' }
    const texts = Array.from({ length: 400 }, (_, place) => ({ id: `${place}`, text: `Word${place} likes Thing${place}.` }))
    await filler.memory(large).ingest({ documents: texts })
    const { graphMem, memory } = settingOf(store, { maxIndexBytes })
    for (const ids of quiet) await memory(ids).facts()
    for (const ids of [...many, large, ...many, large]) {
      await memory(ids).facts()
      expect(graphMem.heldIndexes.sizeBytes).toBeLessThanOrEqual(maxIndexBytes)
    }
    store.calls.length = 0
    for (const ids of quiet) await memory(ids).facts()
    expect(store.calls).toEqual(['head', 'head', 'head'])
  })

  it('holds ("a", "b:c") and ("a:b", "c") side by side', async () => {
    const store = countingStore(create().store)
    const { memory } = settingOf(store)
    const scopes = [
      { userId: 'a', memoryId: 'b:c' },
      { userId: 'a:b', memoryId: 'c' },
    ]
    for (const ids of scopes) await memory(ids).ingest(`Bob likes ${ids.userId === 'a' ? 'Tea' : 'Milk'}.`)
    for (const ids of scopes) await memory(ids).facts()
    store.calls.length = 0
    for (const ids of [...scopes, ...scopes]) expect(await memory(ids).facts()).toHaveLength(1)
    expect(store.calls).toEqual(['head', 'head', 'head', 'head'])
  })

  it('loads an index once when many calls want it at once', async () => {
    const store = countingStore(create().store)
    await settingOf(store).memory().ingest('Bob likes Tea.')
    const { memory } = settingOf(store)
    store.calls.length = 0
    await Promise.all(Array.from({ length: 5 }, () => memory().recall('Tea')))
    expect(store.calls.filter((call) => call === 'segments')).toHaveLength(1)
  })

  it('leaves a load to the others when the first to ask is aborted', async () => {
    const { store } = create()
    await settingOf(store).memory().ingest('Bob likes Tea.')
    const slow = slowStore(store)
    const { graphMem, memory } = settingOf(slow.store)
    const stop = new AbortController()
    const first = memory().facts({ signal: stop.signal })
    await slow.reading()
    const second = memory().facts()
    const third = memory().facts({ signal: AbortSignal.any([stop.signal]) })
    await slow.heads(3)
    stop.abort(new Error('enough'))
    await expect(first).rejects.toThrow('enough')
    await expect(third).rejects.toThrow('enough')
    slow.goOn()
    expect(await second).toHaveLength(1)
    expect(slow.reads).toEqual([0])
    expect(graphMem.heldIndexes.count).toBe(1)
  })

  it('stops a load that nobody waits for any more, and begins it anew for whoever comes next', async () => {
    const { store } = create()
    await settingOf(store).memory().ingest('Bob likes Tea.')
    const slow = slowStore(store)
    const { graphMem, memory } = settingOf(slow.store)
    const stop = new AbortController()
    const only = memory().facts({ signal: stop.signal })
    await slow.reading()
    stop.abort(new Error('enough'))
    await expect(only).rejects.toThrow('enough')
    expect(slow.isAborted()).toBe(true)
    const next = memory().facts()
    await slow.heads(2)
    slow.goOn()
    expect(await next).toHaveLength(1)
    expect(slow.reads).toEqual([0, 0])
    expect(graphMem.heldIndexes.count).toBe(1)
  })

  it('keeps the index it has when reading what is new is aborted', async () => {
    const { store } = create()
    const writer = settingOf(store).memory()
    await writer.ingest('Bob likes Tea.')
    const slow = slowStore(store)
    const { memory } = settingOf(slow.store)
    slow.goOn()
    await memory().facts()
    await writer.ingest('Bob likes Milk.')
    slow.hold()
    const stop = new AbortController()
    const aborted = memory().facts({ signal: stop.signal })
    await slow.reading(2)
    stop.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    slow.goOn()
    expect(await memory().facts()).toHaveLength(2)
    expect(slow.reads).toEqual([0, 1, 1])
  })

  it.each(['memory', 'user', 'process'] as const)('holds nothing of what was being loaded when the %s went', async (gone) => {
    const { store } = create()
    await settingOf(store).memory().ingest('Bob likes Tea.')
    const slow = slowStore(store)
    const { graphMem, memory } = settingOf(slow.store)
    const loading = memory().facts()
    await slow.reading()
    if (gone === 'memory') await memory().erase()
    else if (gone === 'user') await graphMem.user('alice').erase()
    else await graphMem.close()
    slow.goOn()
    await loading
    expect(graphMem.heldIndexes).toEqual({ count: 0, sizeBytes: 0 })
  })

  it('reads what is new and nothing else after a write', async () => {
    const store = countingStore(create().store)
    const writer = settingOf(store)
    const reader = settingOf(store)
    await writer.memory().ingest('Bob likes Tea.')
    await reader.memory().facts()
    await writer.memory().ingest('Bob likes Milk.')
    store.calls.length = 0
    expect(await reader.memory().facts()).toHaveLength(2)
    // The head comes again at the end: the memory may have been erased and begun anew meanwhile.
    expect(store.calls).toEqual(['head', 'segments', 'head'])
    const refreshed = reader.events.filter(({ type }) => type === 'index-refreshed')
    expect(refreshed).toHaveLength(0)
    await writer.memory().ingest('Bob likes Beer.')
    await reader.memory().recall('Beer')
    expect(reader.events.filter(({ type }) => type === 'index-refreshed')).toMatchObject([{ version: 3, segments: 1 }])
  })

  it('shows nothing of a memory that was erased and begun anew while it was being loaded', async () => {
    const { store } = create()
    const writer = settingOf(store).memory()
    await writer.ingest('Bob likes Tea.')
    let loads = 0
    const eraseInBetween: GraphStore = {
      ...store,
      open(scope) {
        const graph = store.open(scope)
        return {
          ...graph,
          async *segments(since, options) {
            yield* graph.segments(since, options)
            loads += 1
            if (loads > 1) return
            await writer.erase()
            await writer.ingest('Carl likes Milk.')
            yield* graph.segments(since, options)
          },
        }
      },
      user: (userId) => store.user(userId),
    }
    const facts = await settingOf(eraseInBetween).memory().facts()
    expect(facts.map(({ subject }) => subject.name)).toEqual(['Carl'])
  })
})

/** A store that reads segments when it is told to. */
function slowStore(inner: GraphStore) {
  let gate = Promise.withResolvers<undefined>()
  let signal: AbortSignal | undefined
  const reads: number[] = []
  let heads = 0
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve))
  }
  const store: GraphStore = {
    ...inner,
    open(scope) {
      const graph = inner.open(scope)
      return {
        ...graph,
        async head(options) {
          const head = await graph.head(options)
          heads += 1
          return head
        },
        async *segments(since, options) {
          reads.push(since)
          signal = options?.signal
          const { promise } = gate
          await new Promise((resolve, reject) => {
            promise.then(resolve, reject)
            signal?.addEventListener('abort', () => reject(signal?.reason))
          })
          yield* graph.segments(since, options)
        },
      }
    },
    user: (userId) => inner.user(userId),
  }
  return {
    store,
    /** From which version on segments were read. */
    reads,
    /** Waits until they have been asked for so often. */
    reading: (count = 1) => until(() => reads.length >= count),
    /** Waits until the head was read so often, by whoever. */
    heads: (count: number) => until(() => heads >= count),
    isAborted: () => signal?.aborted,
    goOn: () => gate.resolve(undefined),
    hold: () => {
      gate = Promise.withResolvers()
    },
  }
}
