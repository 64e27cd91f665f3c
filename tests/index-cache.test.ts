import type { GraphStore } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, settingOf } from './on-every-store.ts'

const memoryIds = ['a', 'b', 'c', 'd']

onEveryStore('the index cache', (create) => {
  it('is bounded: what was used least recently goes, and results stay the same', async () => {
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
    const order = ['a', 'a', 'b', 'a', 'a', 'c', 'd', 'd', 'a']
    const outcomes: string[] = []
    for (const memoryId of order) outcomes.push(await calls(tight, memoryId))
    expect(outcomes).toEqual(['loaded', 'held', 'loaded', 'loaded', 'held', 'loaded', 'loaded', 'held', 'loaded'])
    for (const memoryId of memoryIds) await calls(roomy, memoryId)
    for (const memoryId of memoryIds) expect(await calls(roomy, memoryId)).toBe('held')
  })

  it('keeps what was used last when two fit and a third comes', async () => {
    const store = countingStore(create().store)
    const filler = settingOf(store)
    for (const memoryId of memoryIds) await filler.memory({ memoryId }).ingest('Bob likes Tea.')
    const { segmentBytes } = await filler.memory({ memoryId: 'a' }).stats()
    // An index in the process counts as six times its segments.
    const { memory } = settingOf(store, { maxIndexBytes: segmentBytes * 6 * 2.5 })
    const loads = async (memoryId: string) => {
      store.calls.length = 0
      await memory({ memoryId }).facts()
      return store.calls.includes('segments')
    }
    for (const memoryId of ['a', 'b', 'a', 'c']) await loads(memoryId)
    expect([await loads('a'), await loads('c'), await loads('b')]).toEqual([false, false, true])
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
