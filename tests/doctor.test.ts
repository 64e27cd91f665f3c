import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '@graphmem/core'
import { tursoStore } from '@graphmem/store-turso'
import { tursoDoctor } from '@graphmem/store-turso/doctor'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { live, self, some, step } from './lives.ts'
import { onEveryStore, settingOf } from './on-every-store.ts'
import { rejection } from './rejection.ts'

it.each(['url', 'urlTemplate'] as const)(
  'a doctor finds nothing after any life of several users, with moves and imports (%s)',
  async (placement) => {
    const lives = fc.array(fc.tuple(fc.constantFrom('alice', 'Bob@example.com', 'carol'), fc.array(step, { maxLength: 5 })), {
      minLength: 3,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(lives, async (all) => {
        const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
        const place = placement === 'url' ? { url: `file:${folder}/all.db` } : { urlTemplate: `file:${folder}/{userId}.db` }
        const store = tursoStore(place)
        const setting = settingOf(store)
        const other = settingOf(tursoStore({ url: `file:${folder}/other/all.db` }))
        try {
          for (const [userId, steps] of all) await live(setting.memory({ userId, self }), [...some.slice(0, 2), ...steps])
          const [first = 'alice'] = all.map(([userId]) => userId)
          await setting.memory({ userId: 'dan' }).import(setting.memory({ userId: first }).export())
          await setting.graphMem.move({ userId: first, memoryId: 'chat' }, other.graphMem)
          await other.graphMem.move({ userId: first, memoryId: 'chat' }, setting.graphMem)
          const { layout, memories, findings } = await tursoDoctor(place)
          expect({ layout, findings }).toEqual({ layout: 'graphmem', findings: [] })
          expect(new Set(memories.map(({ userId }) => userId))).toEqual(new Set(['dan', ...all.map(([userId]) => userId)]))
          for (const ids of memories) expect(await setting.memory(ids).examine()).toEqual([])
        } finally {
          for (const each of [store, other.store]) await each[Symbol.asyncDispose]()
          rmSync(folder, { recursive: true, force: true })
        }
      }),
      { numRuns: 3 },
    )
  },
  120_000,
)

onEveryStore('a memory that is examined', (create) => {
  it('tells of a damaged part of its index, and of passages and vectors that do not belong together', async () => {
    const { memory, store } = create()
    await live(memory({ self }), some)
    expect(await memory().examine()).toEqual([])
    const graph = store.open(memory().scope)
    const write = async (changes: Partial<Parameters<typeof graph.apply>[0]>, generation?: string) => {
      const head = await graph.head()
      const options = { applyId: crypto.randomUUID(), expect: head, generation: generation ?? head.generation ?? '' }
      await graph.apply({ put: {}, ...changes }, options)
    }
    const codes = async () => (await memory().examine()).map(({ code }) => code)
    const [generation = ''] = [(await graph.head()).generation]
    await write({}, generation.replace(/\d+$/, '7'))
    expect(await codes()).toEqual(['mixed-generations'])
    await write({}, generation)
    const chunks = []
    for await (const chunk of graph.scan('chunks')) chunks.push(chunk)
    const [chunk] = chunks
    if (chunk === undefined) throw new Error('there is none')
    const id = 'a'.repeat(26)
    await write({ put: { chunks: [{ ...chunk, id }] } })
    expect(await memory().examine()).toMatchObject([
      { code: 'missing-vector', count: 1, examples: [{ userId: 'alice', memoryId: 'chat', id }] },
    ])
    await write({ remove: { chunks: [id, chunk.id] } })
    expect(await codes()).toEqual(['dangling-vector'])
    const { version } = await graph.head()
    await write({ putSegments: [{ id: 'damaged', firstVersion: version + 1, lastVersion: version + 1, bytes: new Uint8Array(30) }] })
    expect(await codes()).toEqual(['damaged-index', 'dangling-vector'])
    await memory().reindex()
    expect(await codes()).toEqual([])
  })

  it('is looked at as it is at one version, however it is written to meanwhile', async () => {
    const { memory, store } = create()
    await live(memory({ self }), some)
    // A write each time between the index and the passages, up to a number.
    const examining = (writes: number) => {
      const open = (scope: Scope) => {
        const graph = store.open(scope)
        const scan: typeof graph.scan = async function* (kind, options) {
          if (kind === 'chunks' && writes > 0) {
            writes -= 1
            if (writes % 2 === 0) await memory().ingest(`Ada likes Tea ${writes}.`)
            else await memory().forget({ episodeIds: [(await memory().episodes())[0]?.id ?? ''] })
          }
          yield* graph.scan(kind, options)
        }
        return { ...graph, scan }
      }
      return settingOf({ ...store, open }).memory()
    }
    expect(await examining(1).examine()).toEqual([])
    expect(await examining(2).examine()).toEqual([])
    expect(await rejection(examining(99).examine())).toMatchObject({ code: 'CONFLICT', retryable: true })
  })
})
