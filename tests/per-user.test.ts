import { type GraphStore, perUser, type ScopedGraph, type UserId, type UserMemories } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { build, memoryOf } from '@graphmem/testkit'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { describe, expect, test } from 'vitest'

/** Databases of users, kept beside the stores that open them: closing a store fails its calls, and loses nothing. */
function databases() {
  const kept = new Map<string, GraphStore>()
  const counts = { made: 0, open: 0, mostOpen: 0 }
  function openOne(id: UserId): GraphStore {
    const database = kept.get(id) ?? memoryStore()
    kept.set(id, database)
    counts.made += 1
    counts.open += 1
    counts.mostOpen = Math.max(counts.mostOpen, counts.open)
    let isClosed = false
    const entrance = () => {
      if (isClosed) throw new Error('the store of this user was closed while it was in use')
    }
    return {
      ...database,
      capabilities: { durable: true, multiProcess: true },
      open: (of) => whileOpen(database.open(of), entrance),
      user: (of) => whileOpen(database.user(of), entrance),
      async [Symbol.asyncDispose]() {
        if (!isClosed) counts.open -= 1
        isClosed = true
      },
    }
  }
  return { kept, counts, openOne }
}

/** Looks at the entrance before each call, and before each item. */
function whileOpen<T extends ScopedGraph | UserMemories>(opened: T, entrance: () => void): T {
  const wrapped = Object.entries(opened).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member]
    if (name !== 'scan' && name !== 'segments') {
      return [
        name,
        async (...args: unknown[]) => {
          entrance()
          const result: unknown = await member(...args)
          entrance()
          return result
        },
      ]
    }
    return [
      name,
      async function* (...args: unknown[]) {
        for await (const item of member(...args) as AsyncIterable<unknown>) {
          entrance()
          yield item
        }
      },
    ]
  })
  return Object.fromEntries(wrapped) as T
}

describeGraphStore('a store a user, one of them open at a time', {
  create() {
    const { openOne } = databases()
    const open = () => perUser(openOne, { maxOpenStores: 1 })
    return { store: open(), reopen: open }
  },
})

describe('perUser', () => {
  const ids = ['alice', 'bob', 'carol', 'dave']
  const writeTo = (store: GraphStore, id: string) =>
    memoryOf(store, id).apply(
      { put: { senses: [build.senses('s1'), build.senses('s2')] } },
      { applyId: 'once', expect: { version: 0 }, generation: 'g1' },
    )

  test('keeps each user in a store of their own', async () => {
    const { kept, openOne } = databases()
    const store = perUser(openOne)
    for (const id of ids) await writeTo(store, id)
    for (const id of ids) {
      for (const other of ids) expect((await memoryOf(kept.get(id) as GraphStore, other).head()).version).toBe(other === id ? 1 : 0)
    }
    await store[Symbol.asyncDispose]()
  })

  test('makes a store when it is used, keeps few open, and makes the least recently used anew', async () => {
    const { counts, openOne } = databases()
    const store = perUser(openOne, { maxOpenStores: 2 })
    const graphs = ids.map((id) => memoryOf(store, id))
    expect(counts.made).toBe(0)
    for (const graph of graphs) await graph.head()
    expect(counts).toMatchObject({ made: 4, open: 2 })
    await graphs[3]?.head()
    await graphs[2]?.head()
    expect(counts.made).toBe(4)
    await graphs[0]?.head()
    await graphs[2]?.head()
    expect(counts).toMatchObject({ made: 5, open: 2 })
    await store[Symbol.asyncDispose]()
    expect(counts.open).toBe(0)
  })

  test('closes no store in use, by a call or by a stream, and closes it afterwards', async () => {
    const { counts, openOne } = databases()
    const store = perUser(openOne, { maxOpenStores: 1 })
    for (const id of ids) await writeTo(store, id)
    const streams = ids.map((id) => memoryOf(store, id).scan('senses')[Symbol.asyncIterator]())
    for (const stream of streams) expect((await stream.next()).value).toMatchObject({ id: 's1' })
    expect(counts.open).toBe(4)
    expect((await Promise.all(ids.map((id) => memoryOf(store, id).count()))).map(({ senses }) => senses)).toEqual([2, 2, 2, 2])
    for (const stream of streams) expect((await stream.next()).value).toMatchObject({ id: 's2' })
    await streams[0]?.next()
    for (const stream of streams) await stream.return?.()
    await memoryOf(store, 'alice').head()
    expect(counts.open).toBe(1)
    await store[Symbol.asyncDispose]()
  })

  test('rejects with what storeOf throws, and goes on', async () => {
    const { openOne } = databases()
    const store = perUser((id) => {
      if (id === 'mallory') throw new Error('no such user')
      return openOne(id)
    })
    await expect(memoryOf(store, 'mallory').head()).rejects.toThrow('no such user')
    await expect(memoryOf(store, 'mallory').scan('senses')[Symbol.asyncIterator]().next()).rejects.toThrow('no such user')
    expect(await memoryOf(store, 'alice').head()).toEqual({ version: 0 })
    await store[Symbol.asyncDispose]()
  })

  test('says that a store failed to close when it is closed itself', async () => {
    const failing = { ...databases().openOne('alice' as UserId), [Symbol.asyncDispose]: () => Promise.reject(new Error('stuck')) }
    const { openOne } = databases()
    const store = perUser((id) => (id === 'alice' ? failing : openOne(id)), { maxOpenStores: 1 })
    await memoryOf(store, 'alice').head()
    await memoryOf(store, 'bob').head()
    await expect(store[Symbol.asyncDispose]()).rejects.toThrow('stuck')
  })

  test('refuses stores that lose what they have when they are closed, and what is no store', async () => {
    await expect(memoryOf(perUser(memoryStore), 'alice').head()).rejects.toMatchObject({ code: 'CONFIG_INVALID', field: 'storeOf' })
    await expect(
      memoryOf(
        perUser(() => ({}) as GraphStore),
        'alice',
      ).head(),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    const refused = expect.objectContaining({ code: 'CONFIG_INVALID' })
    expect(() => perUser(undefined as never)).toThrow(refused)
    expect(() => perUser(memoryStore, { maxOpenStores: 0 })).toThrow(refused)
  })
})
