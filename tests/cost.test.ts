import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, settingOf } from './on-every-store.ts'

onEveryStore('the cost', (create, isInProcess) => {
  it('of a warm query is two calls of the store, whatever the memory holds', async () => {
    for (const size of [1, 40]) {
      const store = countingStore(create().store)
      const { memory } = settingOf(store)
      await memory().ingest({
        documents: Array.from({ length: size }, (_, index) => ({ text: `Bob${index} works at Google. Bob${index} likes Tea.` })),
      })
      await memory().query('Where does Bob0 work?')
      store.calls.length = 0
      expect((await memory().query('Where does Bob0 work?')).found).toBe(true)
      expect(store.calls).toEqual(['head', 'get'])
    }
  })

  it('of an ingest is a constant number of calls a batch, whatever the batch and the memory hold', async () => {
    const counts: number[] = []
    for (const [before, size] of [
      [0, 1],
      [0, 60],
      [60, 1],
      [60, 60],
    ] as const) {
      const store = countingStore(create().store)
      const { memory } = settingOf(store)
      const documents = Array.from({ length: before + size }, (_, index) => ({
        text: `Bob${index}, known as Rob${index}, works at Google.`,
      }))
      if (before > 0) await memory().ingest({ documents: documents.slice(0, before) })
      store.calls.length = 0
      await memory().ingest({ documents: documents.slice(before) })
      counts.push(store.calls.length)
    }
    expect(new Set(counts).size).toBe(1)
    expect(counts[0]).toBeLessThan(15)
  })

  it('of the version is one call', async () => {
    const store = countingStore(create().store)
    const { memory } = settingOf(store)
    await memory().ingest('Bob works at Google.')
    store.calls.length = 0
    expect([await memory().version(), store.calls.length]).toEqual([1, 1])
  })

  it('of what is known already is four calls, and none of a model', async () => {
    const store = countingStore(create().store)
    const { memory, reasoner } = settingOf(store)
    const documents = Array.from({ length: 20 }, (_, index) => ({ text: `Bob${index} works at Google.` }))
    await memory().ingest({ documents })
    store.calls.length = 0
    await memory().ingest({ documents })
    expect(store.calls).toEqual(['head', 'episodesOfKeys', 'get', 'head'])
    expect(reasoner.extracted).toHaveLength(20)
  })

  it('of many sentences told one by one is a logarithm of segments, and each byte rewritten a few times', async () => {
    const store = countingStore(create().store)
    const { memory } = settingOf(store)
    // What is measured is core's own; a file takes its time to be written.
    const count = isInProcess ? 500 : 80
    let most = 0
    for (let index = 0; index < count; index += 1) {
      await memory().ingest({ id: `${index}`, text: `Person${index} likes Tea.` })
      if (index % 25 === 0) most = Math.max(most, (await memory().stats()).segments)
    }
    const { segments, segmentBytes, records } = await memory().stats()
    expect(records.chunks).toBe(count)
    expect(Math.max(most, segments)).toBeLessThanOrEqual(21)
    const total = store.written.reduce((sum, bytes) => sum + bytes, 0)
    expect(total / segmentBytes).toBeLessThan(12)
    expect((await memory().entities({ limit: 1_000 })).length).toBe(count + 1)
    expect((await memory().recall('What does Person33 like?', { limit: 1 })).chunks[0]?.text).toBe('Person33 likes Tea.')
  })
})
