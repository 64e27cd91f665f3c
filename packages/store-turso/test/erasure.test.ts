import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GraphChanges, userId } from '@graphmem/core/spec'
import { build, memoryOf, segment, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'

const sentinel = 'Xylophonquartz'

describe('erased text is in no file', () => {
  test.each(['one memory', 'the whole user', 'every record by itself'] as const)(
    'of a database for all, after erasing %s',
    async (what) => {
      const folder = tempFolder()
      const store = openStore({ url: `file:${folder}/all.db` })
      const alice = memoryOf(store, 'alice', `of ${sentinel}`)
      const bob = memoryOf(store, 'bob')
      for (let round = 0; round < 12; round += 1) {
        await write(alice, changesOf(round, sentinel), { applyId: `${sentinel} ${round}` })
        await write(bob, changesOf(round, 'Ordinary'))
        if (round % 4 === 3)
          await write(alice, { remove: { chunks: [`c${round}-1`], senses: [`s${round}-2`] }, dropSegmentIds: [`g${round - 1}`] })
      }
      expect(filesWith(folder, sentinel)).not.toEqual([])

      if (what === 'one memory') expect((await alice.erase()).unverified).toEqual([])
      if (what === 'the whole user') expect((await store.user(userId('alice')).erase()).unverified).toEqual([])
      if (what === 'every record by itself') {
        const ids = async (kind: 'episodes' | 'chunks' | 'senses' | 'facts' | 'corrections') => {
          const found: string[] = []
          for await (const { id } of alice.scan(kind)) found.push(id)
          return found
        }
        const remove = {
          episodes: await ids('episodes'),
          chunks: await ids('chunks'),
          senses: await ids('senses'),
          facts: await ids('facts'),
          corrections: await ids('corrections'),
        }
        const dropSegmentIds = (await alice.segmentInfos()).map(({ id }) => id)
        await write(alice, { remove, dropSegmentIds })
      }

      // Ids of memories and applies are not text: they stay as long as the memory is there.
      const searched = what === 'every record by itself' ? `${sentinel} text` : sentinel
      expect(filesWith(folder, searched)).toEqual([])
      expect((await bob.count()).chunks).toBe(12 * 6)
    },
  )

  test('of a live client with many connections', async () => {
    const folder = tempFolder()
    const client = createClient({ url: `file:${folder}/live.db`, concurrency: 8 })
    onTestFinished(() => client.close())
    const store = openStore({ client })
    const graphs = ['a', 'b', 'c', 'd'].map((memoryId) => memoryOf(store, 'alice', memoryId))
    await Promise.all(graphs.map((graph) => write(graph, changesOf(1, sentinel))))
    await write(memoryOf(store, 'bob'), changesOf(1, 'Ordinary'))
    await Promise.all(graphs.map((graph) => graph.erase()))
    expect(filesWith(folder, sentinel)).toEqual([])
  })
})

describe('erasing a user who has a file', () => {
  test('removes the file, its log and its shared memory', async () => {
    const folder = tempFolder()
    const store = openStore({ urlTemplate: `file:${folder}/{userId}.db` })
    await write(memoryOf(store, 'alice'), changesOf(1, sentinel))
    await write(memoryOf(store, 'alice', 'notes'), changesOf(2, sentinel))
    await write(memoryOf(store, 'bob'), changesOf(1, 'Ordinary'))
    expect(readdirSync(folder).sort()).toEqual(['alice.db', 'alice.db-shm', 'alice.db-wal', 'bob.db', 'bob.db-shm', 'bob.db-wal'])
    const receipt = await store.user(userId('alice')).erase()
    expect(receipt).toMatchObject({ memories: 2, segments: 2, unverified: [] })
    expect(readdirSync(folder).filter((name) => name.startsWith('alice'))).toEqual([])
    expect((await memoryOf(store, 'bob').count()).chunks).toBe(6)
  })

  test('lets another store over the same files go on with a new file', async () => {
    const urlTemplate = `file:${tempFolder()}/{userId}.db`
    const [here, there] = [openStore({ urlTemplate }), openStore({ urlTemplate })]
    await write(memoryOf(here, 'alice'), changesOf(1, 'Ordinary'))
    expect((await memoryOf(there, 'alice').head()).version).toBe(1)
    await here.user(userId('alice')).erase()
    expect(await memoryOf(there, 'alice').head()).toEqual({ version: 0 })
    await write(memoryOf(there, 'alice'), changesOf(2, 'Ordinary'))
    expect((await memoryOf(here, 'alice').head()).version).toBe(1)
  })
})

describe('a user without a file gets none', () => {
  test('by reading, listing or erasing', async () => {
    const folder = join(tempFolder(), 'not yet')
    const store = openStore({ urlTemplate: `file:${folder}/{userId}.db` })
    const graph = memoryOf(store, 'alice')
    expect(await graph.head()).toEqual({ version: 0 })
    expect(await graph.get('chunks', ['c1'])).toEqual([])
    expect((await graph.count()).chunks).toBe(0)
    expect(await store.user(userId('alice')).list()).toEqual([])
    expect(await graph.erase()).toMatchObject({ memories: 0, segments: 0 })
    expect(await store.user(userId('alice')).erase()).toMatchObject({ memories: 0 })
    expect(existsSync(folder)).toBe(false)
  })
})

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))
}

/** Records of many lengths, so that pages are split and joined, and rows have overflow pages. */
function changesOf(round: number, word: string): Pick<GraphChanges, 'put' | 'putSegments'> {
  const text = (size: number) => `${word} text `.repeat(1 + size)
  const numbers = [0, 1, 2, 3, 4, 5]
  return {
    put: {
      episodes: numbers.map((n) =>
        build.episodes(`e${round}-${n}`, {
          key: text(n),
          text: text(round * n * 40),
          title: text(1),
          tags: [text(1)],
          metadata: { [text(0)]: text(0) },
        }),
      ),
      chunks: numbers.map((n) => build.chunks(`c${round}-${n}`, { text: text(round * 17 + n * 30) })),
      senses: numbers.map((n) => build.senses(`s${round}-${n}`, { key: text(n), block: text(n + 1) })),
      facts: numbers.map((n) => build.facts(`f${round}-${n}`, { object: { value: text(n * round), valueType: 'text' } })),
      corrections: numbers.map((n) => build.corrections(`r${round}-${n}`, { reason: text(n) })),
    },
    putSegments: [segment(`g${round}`, round + 1, round + 1, new TextEncoder().encode(text(round * 500)))],
  }
}
