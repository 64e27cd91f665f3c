import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Extraction, GraphMem, type GraphStore, type Memory, type ValidTime } from '@graphmem/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { live, self, some, step } from './lives.ts'
import { embedder, onEveryStore, type Setting, settingOf, stores } from './on-every-store.ts'
import { rejection } from './rejection.ts'
import { scriptedReasoner } from './scripted-reasoner.ts'
import { told } from './told.ts'

async function exported(memory: Memory): Promise<string> {
  let all = ''
  for await (const line of memory.export()) all += line
  return all
}

async function withStores<T>(use: (open: (kind: string) => Setting) => Promise<T>): Promise<T> {
  const opened: { readonly store: GraphStore; readonly folder: string }[] = []
  try {
    return await use((kind) => {
      const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
      const store = stores[kind]?.(folder)
      if (store === undefined) throw new Error(kind)
      opened.push({ store, folder })
      return settingOf(store)
    })
  } finally {
    for (const { store, folder } of opened) {
      await store[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

it('an import gives the same digest, rankings, times and bytes as its source, from any store to any other, and grows on as it does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), fc.array(step, { maxLength: 3 }), async (steps, later) => {
      await withStores(async (open) => {
        const source = open('memory store')
        const start = source.clock.now
        await live(source.memory({ self }), steps)
        const { now } = source.clock
        const knownAts = [start, start + (now - start) / 3, start + ((now - start) * 2) / 3, now]
        const memories = [source.memory({ self })]
        for (const kind of ['turso, one file', 'memory store', 'turso, a file a user']) {
          const setting = open(kind)
          setting.clock.now = now
          await setting.memory({ self }).import(memories.at(-1)?.export() ?? [])
          // Read by a process that has read none of it.
          memories.push(setting.memory({ self }))
        }
        const all = async <T>(of: (memory: Memory) => Promise<T>) => {
          const got: T[] = []
          for (const memory of memories) got.push(await of(memory))
          expect(new Set(got.map((each) => JSON.stringify(each))).size).toBe(1)
        }
        await all((memory) => memory.digest())
        await all(exported)
        await all((memory) => told(memory, knownAts))
        // What comes later is recorded at other moments by each: their clocks were looked at as often as they were asked.
        for (const memory of memories) await live(memory, later)
        await all((memory) => memory.digest())
        await all(async (memory) => (await memory.recall('Where does Bob work?', { at: new Date('2025-01-01') })).context)
      })
    }),
    { numRuns: 8 },
  )
}, 120_000)

onEveryStore('an export', (create) => {
  it('is imported as it is streamed, by an embedder that is never called', async () => {
    const source = create()
    await live(source.memory({ self }), some)
    const silent = { ...embedder, embed: () => Promise.reject(new Error('was called')) }
    const target = create({ embedder: silent })
    const imported = await target.memory().import(source.memory().export())
    expect(imported.digest).toBe(await source.memory().digest())
    expect(imported.records).toEqual((await source.memory().stats()).records)
    expect(await exported(target.memory())).toBe(await exported(source.memory()))
    expect((await target.memory().stats()).version).toBe(1)
    expect(target.reasoner.extracted).toEqual([])
  })

  it('comes in any pieces, as text or as bytes, with or without its last line feed', async () => {
    const source = create()
    await live(source.memory({ self }), some)
    const whole = await exported(source.memory())
    const bytes = new TextEncoder().encode(whole)
    const cut = <T extends { slice(from: number, to: number): T; readonly length: number }>(all: T, size: number): readonly T[] =>
      Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, (place + 1) * size))
    for (const pieces of [[whole.trimEnd()], cut(bytes, 7), cut(bytes, 1_000), [whole.slice(0, 99), bytes.slice(99)]]) {
      const target = create()
      await target.memory().import(pieces)
      expect(await target.memory().digest()).toBe(await source.memory().digest())
    }
  })

  it('of one user becomes another user’s memory, names nobody, and changes nothing of a neighbour', async () => {
    const { graphMem, memory } = create()
    const alice = { userId: 'alice@example.com', memoryId: 'work-notes' }
    await live(memory(alice), some)
    await live(memory({ userId: 'carol' }), some.slice(0, 3))
    const before = { alice: await exported(memory(alice)), carol: await exported(memory({ userId: 'carol' })) }
    for (const word of [alice.userId, alice.memoryId]) expect(before.alice).not.toContain(word)
    await memory({ userId: 'bob' }).import([before.alice])
    const bob = memory({ userId: 'bob' })
    expect(await exported(bob)).toBe(before.alice)
    await bob.forget({ episodeIds: (await bob.episodes()).map(({ id }) => id) })
    await live(bob, some.slice(0, 2))
    expect(await exported(memory(alice))).toBe(before.alice)
    expect(await exported(memory({ userId: 'carol' }))).toBe(before.carol)
    await graphMem.user('bob').erase()
    expect(await exported(memory(alice))).toBe(before.alice)
    expect(await memory({ userId: 'bob' }).facts()).toEqual([])
  })

  it('goes into an empty memory only, an erased one too', async () => {
    const { memory } = create()
    await live(memory(), some)
    const whole = await exported(memory())
    const target = memory({ memoryId: 'other' })
    await target.ingest('Bob likes Tea.')
    const before = await exported(target)
    expect(await rejection(target.import([whole]))).toMatchObject({ code: 'NOT_EMPTY', retryable: false })
    expect(await exported(target)).toBe(before)
    await target.erase()
    await target.import([whole])
    expect(await exported(target)).toBe(whole)
    expect((await rejection(target.import([whole]))).code).toBe('NOT_EMPTY')
  })

  it('of a memory that holds nothing leaves one that holds nothing', async () => {
    const { memory } = create()
    const whole = await exported(memory())
    expect(whole.split('\n')).toHaveLength(3)
    await memory({ memoryId: 'other' }).import([whole])
    expect((await memory({ memoryId: 'other' }).stats()).version).toBe(0)
  })

  it('is not whole when the memory was written to meanwhile, and says so', async () => {
    const { memory, another } = create()
    await live(memory(), some)
    const lines: string[] = []
    const reading = (async () => {
      for await (const line of memory().export()) {
        lines.push(line)
        if (lines.length === 3) await another().memory().ingest('Dan likes Tea.')
      }
    })()
    expect(await rejection(reading)).toMatchObject({ code: 'CONFLICT', retryable: true })
    expect((await rejection(memory({ memoryId: 'other' }).import(lines))).code).toBe('INPUT_INVALID')
    expect((await memory({ memoryId: 'other' }).stats()).version).toBe(0)
  })

  it('of a memory made by another embedder is refused before anything is written', async () => {
    const { memory, another } = create()
    await live(memory(), some)
    const other = another({ embedder: { ...embedder, id: 'other/1' } })
    // Reading needs no model.
    const whole = await exported(other.memory())
    expect((await rejection(other.memory({ userId: 'bob' }).import([whole]))).code).toBe('GENERATION_MISMATCH')
    expect((await other.memory({ userId: 'bob' }).stats()).version).toBe(0)
  })

  it('stops by its signal', async () => {
    const { memory } = create()
    await live(memory(), some)
    const controller = new AbortController()
    const reason = new Error('enough')
    const reading = (async () => {
      for await (const _ of memory().export({ signal: controller.signal })) controller.abort(reason)
    })()
    await expect(reading).rejects.toBe(reason)
    const importing = memory({ memoryId: 'other' }).import(memory().export(), { signal: controller.signal })
    await expect(importing).rejects.toBe(reason)
    expect((await memory({ memoryId: 'other' }).stats()).version).toBe(0)
  })

  it('of a damaged index makes it anew first', async () => {
    const { memory, store } = create()
    await live(memory(), some)
    const whole = await exported(memory())
    const graph = store.open(memory().scope)
    const infos = await graph.segmentInfos()
    const damaged = { id: 'damaged', firstVersion: 1, lastVersion: 1, bytes: new Uint8Array(30) }
    const changes = { put: {}, putSegments: [damaged], dropSegmentIds: infos.map(({ id }) => id) }
    await graph.apply(changes, { applyId: 'a', expect: await graph.head(), generation: (await graph.head()).generation ?? '' })
    const reader = new GraphMem({ store, reasoner: scriptedReasoner(), embedder })
    expect(await exported(reader.memory({ userId: 'alice', memoryId: 'chat' }))).toBe(whole)
  })

  it('is imported whatever a reasoner read, at the bounds and with more than is agreed; over them nothing is ingested', async () => {
    const { memory, reasoner } = create()
    const span = { start: 0, end: 1, more: 1 }
    const read = ({ length, from }: { readonly length: number; readonly from: number }): Extraction => ({
      // A sign that is eighteen letters in the key of a name.
      names: [
        { name: '\ufdfa'.repeat(length), type: 'other', discriminator: '\ufdfa'.repeat(length), mentions: [span] },
        { name: 'Ada', type: 'person', mentions: [] },
      ],
      facts: [
        {
          subject: 1,
          predicate: 'p'.repeat(length),
          object: { value: 'v'.repeat(length), valueType: 'text' },
          span,
          valid: { from, fromPrecision: 'year', more: 1 } as ValidTime,
          negated: false,
          exclusive: false,
          confidence: 1,
        },
      ],
      same: [],
    })
    reasoner.extractWith = () => read({ length: 10_000, from: -8.64e15 })
    await memory().ingest('Ada speaks.')
    await create().memory().import(memory().export())
    for (const over of [
      { length: 10_001, from: 0 },
      { length: 1, from: 8.64e15 + 1 },
    ]) {
      reasoner.extractWith = () => read(over)
      const { episodes } = await memory().ingest('Ada speaks again.')
      expect(episodes).toMatchObject([{ failures: [{ code: 'ADAPTER_INVALID' }] }])
    }
  })
})
