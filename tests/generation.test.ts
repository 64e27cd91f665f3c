import { type GraphStore, type Memory, scope } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingEmbedder } from './counting-embedder.ts'
import { embedder, onEveryStore, settingOf } from './on-every-store.ts'
import { rejection } from './rejection.ts'

const other = countingEmbedder()
const ids = { userId: 'alice', memoryId: 'chat' }
const documents = Array.from({ length: 12 }, (_, index) => ({
  id: `${index}`,
  title: `Bob${index}`,
  text: `Bob${index} works at Google. Bob${index} likes Tea and plays the cello.`,
}))

/** Flips a byte in the middle of each segment, through the store's own `apply`. */
async function damage(store: GraphStore, count = Number.POSITIVE_INFINITY): Promise<void> {
  const graph = store.open(scope(ids))
  const head = await graph.head()
  const putSegments = []
  const dropSegmentIds = []
  for await (const segment of graph.segments(0)) {
    if (putSegments.length >= count) break
    const bytes = Uint8Array.from(segment.bytes)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    dropSegmentIds.push(segment.id)
    putSegments.push({ ...segment, id: `damaged ${segment.id}`, bytes })
  }
  await graph.apply(
    { put: {}, putSegments, dropSegmentIds },
    { applyId: crypto.randomUUID(), expect: head, generation: head.generation ?? '' },
  )
}

onEveryStore('generations', (create) => {
  it('are never mixed: another embedder is refused for reading and for writing', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const digest = await setting.memory().digest()
    const wrong = setting.another({ embedder: other }).memory()
    const calls = [
      () => wrong.ingest('Dan likes Milk.'),
      () => wrong.recall('cello'),
      () => wrong.query('cello'),
      () => wrong.facts(),
      () => wrong.entities(),
      () => wrong.forget({ episodeIds: ['x'] }),
      () => wrong.reindex(),
    ]
    for (const call of calls) {
      const error = await rejection(call())
      expect(error).toMatchObject({ code: 'GENERATION_MISMATCH', retryable: false })
      expect(error.message).toMatch(/call reembed\(\)/)
    }
    expect(await setting.memory().digest()).toBe(digest)
  })

  it('of an empty memory are whatever comes first', async () => {
    const setting = create()
    expect((await setting.memory().recall('cello')).chunks).toEqual([])
    await setting.another({ embedder: other }).memory().ingest('Dan likes Milk.')
    expect((await rejection(setting.memory().recall('cello'))).code).toBe('GENERATION_MISMATCH')
  })
})

onEveryStore('a damaged index', (create) => {
  it('is made anew from the records by whatever call meets it, and never taken for an empty memory', async () => {
    for (const count of [1, 99]) {
      for (const call of [
        (memory: Memory) => memory.recall('cello'),
        (memory: Memory) => memory.query('cello'),
        (memory: Memory) => memory.facts(),
        (memory: Memory) => memory.entities(),
        (memory: Memory) => memory.episodes(),
        (memory: Memory) => memory.forget({ episodeIds: ['x'] }),
      ]) {
        const setting = create()
        for (const document of documents.slice(0, 4)) await setting.memory().ingest({ documents: [document] })
        const wanted = await setting.memory().recall('cello')
        await damage(setting.store, count)
        await call(settingOf(setting.store).memory())
        expect((await settingOf(setting.store).memory().recall('cello')).chunks).toEqual(wanted.chunks)
      }
    }
  })

  it('is not made anew with another embedder than its own', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    await damage(setting.store)
    expect(await rejection(settingOf(setting.store, { embedder: other }).memory().recall('cello'))).toMatchObject({
      code: 'GENERATION_MISMATCH',
    })
  })

  it('does not keep a memory from remembering more', async () => {
    const setting = create()
    for (const document of documents.slice(0, 4)) await setting.memory().ingest({ documents: [document] })
    await damage(setting.store, 99)
    const writer = settingOf(setting.store).memory()
    for (let count = 0; count < 12; count += 1) await writer.ingest(`Bob likes Drink ${count}.`)
    expect((await writer.facts({ predicate: 'likes' })).length).toBeGreaterThanOrEqual(12)
  })

  it('is mended by reindex from the records', async () => {
    const setting = create()
    await setting.memory().ingest({ documents })
    const wanted = await setting.memory().recall('cello')
    await damage(setting.store)
    const reader = settingOf(setting.store).memory()
    await reader.reindex()
    expect((await reader.recall('cello')).chunks).toEqual(wanted.chunks)
    expect((await setting.memory().recall('cello')).chunks).toEqual(wanted.chunks)
  })

  it('is mended by reindex with the vectors of its sound parts: only what the others held is embedded', async () => {
    const asked: string[] = []
    const noting: typeof embedder = {
      ...embedder,
      embed: (texts, options) => {
        asked.push(...texts)
        return embedder.embed(texts, options)
      },
    }
    const setting = create()
    for (const document of documents.slice(0, 4)) await setting.memory().ingest({ documents: [document] })
    const reader = settingOf(setting.store, { embedder: noting }).memory()
    await reader.reindex()
    expect(asked).toEqual([])
    await damage(setting.store, 1)
    expect(await setting.memory().examine()).toHaveLength(1)
    for (const document of documents.slice(4, 6)) await setting.memory().ingest({ documents: [document] })
    await reader.reindex()
    expect(asked).toHaveLength(4)
    expect(await reader.examine()).toEqual([])
    expect((await reader.recall('cello', { limit: 20 })).chunks).toHaveLength(6)
  })
})
