import { recordKinds, userId } from '@graphmem/core/spec'
import { memoryOf, numberedIds, write } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { changesOf } from './changes-of.ts'
import { openStore } from './open-store.ts'
import { serverUnderTest } from './server-under-test.ts'
import { watchedServer } from './watched-server.ts'

const { emptyDatabase, client, url, authToken } = await serverUnderTest()

/** An empty database, and what is asked of it. */
async function watchedDatabase() {
  const path = (await emptyDatabase()).slice(url.length)
  const watched = await watchedServer(url)
  return { watched, at: `${watched.url}${path}` }
}

describe('on a server', () => {
  test('a read is one request, whatever it finds', async () => {
    const { watched, at } = await watchedDatabase()
    const graph = memoryOf(openStore({ url: at, authToken }), 'alice')
    await write(graph, changesOf(600, 'id'))
    const segments = async () => {
      for await (const _ of graph.segments(0));
    }
    const reads = [
      () => graph.head(),
      () => graph.get('chunks', numberedIds(1000)),
      () => graph.episodesOfKeys(numberedIds(1000)),
      () => graph.sensesOfBlocks(['block']),
      () => graph.segmentInfos(),
      segments,
      () => graph.count(),
    ]
    for (const read of reads) expect(await watched.countOf(read)).toBe(1)
  })

  test('an apply is one request, whatever it writes and removes, and an erasure one', async () => {
    const { watched, at } = await watchedDatabase()
    const store = openStore({ url: at, authToken })
    const graph = memoryOf(store, 'alice')
    let { head } = await write(graph, {})
    for (const size of [0, 1, 600]) {
      const ids = numberedIds(size, `of-${size}`)
      const remove = Object.fromEntries(recordKinds.map((kind) => [kind, ids]))
      for (const changes of [changesOf(size, `of-${size}`), { put: {}, remove, dropSegmentIds: ids }]) {
        const apply = async () => {
          head = (await graph.apply(changes, { applyId: crypto.randomUUID(), expect: head, generation: 'g1' })).head
        }
        expect(await watched.countOf(apply)).toBe(1)
      }
    }
    expect(await watched.countOf(() => graph.erase())).toBe(1)
    expect(await watched.countOf(() => store.user(userId('alice')).erase())).toBe(1)
  })

  test('the first use of a database that is there takes two requests more, for many calls at once as for one', async () => {
    const { watched, at } = await watchedDatabase()
    await write(memoryOf(openStore({ url: at, authToken }), 'alice'), {})
    const another = openStore({ url: at, authToken })
    const calls = ['alice', 'bob', 'carol'].map((user) => memoryOf(another, user))
    expect(await watched.countOf(() => Promise.all(calls.map((graph) => graph.head())))).toBe(3 + 2)
  })

  test('reading, listing and erasing make nothing in an empty database', async () => {
    const at = await emptyDatabase()
    const store = openStore({ url: at, authToken })
    const graph = memoryOf(store, 'alice')
    expect(await graph.head()).toEqual({ version: 0 })
    expect(await graph.get('chunks', ['c1'])).toEqual([])
    expect(await store.user(userId('alice')).list()).toEqual([])
    expect(await store.user(userId('alice')).erase()).toMatchObject({ memories: 0 })
    expect((await client(at).execute('SELECT name FROM sqlite_master')).rows).toEqual([])
  })

  test('only the token that a function gives is sent, asked for before each request', async () => {
    const { at } = await watchedDatabase()
    const asked: string[] = []
    const giving = (database: string) => {
      asked.push(database)
      return Promise.resolve(authToken)
    }
    const graph = memoryOf(openStore({ url: at, authToken: giving }), 'alice')
    await write(graph, {})
    const before = asked.length
    await graph.head()
    expect(asked.slice(before)).toEqual([at.endsWith('/') ? at : `${at}/`])
  })
})
