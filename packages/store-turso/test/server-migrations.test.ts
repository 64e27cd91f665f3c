import { build, memoryOf, write } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { serverUnderTest } from './server-under-test.ts'
import { watchedServer } from './watched-server.ts'

const { url, authToken, emptyDatabase, client } = await serverUnderTest()

describe('a database on a server', () => {
  test('that a newer library wrote is refused, and untouched', async () => {
    const at = await emptyDatabase()
    await write(memoryOf(openStore({ url: at, authToken }), 'alice'), {})
    await client(at).execute('INSERT INTO migrations (version) VALUES (1000)')
    const graph = memoryOf(openStore({ url: at, authToken }), 'alice')
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_NEWER' })
    await expect(write(graph, {})).rejects.toMatchObject({ code: 'STORE_NEWER' })
    expect((await client(at).execute('SELECT version FROM memories')).rows.map((row) => row['version'])).toEqual([1])
  })

  test.each(['episodes', 'migrations'])('that holds tables of something else is refused, and untouched: %s', async (table) => {
    const at = await emptyDatabase()
    await client(at).execute(`CREATE TABLE ${table} (version INTEGER)`)
    const graph = memoryOf(openStore({ url: at, authToken }), 'alice')
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    await expect(write(graph, {})).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    expect((await client(at).execute('SELECT name FROM sqlite_master')).rows.map((row) => row['name'])).toEqual([table])
    await client(at).execute(`DROP TABLE ${table}`)
  })

  test('that several stores use for the first time at once is made once, and loses nothing', async () => {
    const at = await emptyDatabase()
    const users = [0, 1, 2, 3, 4, 5].map((number) => `user${number}`)
    const stores = users.map(() => openStore({ url: at, authToken }))
    await Promise.all(stores.map((store, number) => write(memoryOf(store, users[number] ?? ''), { put: { senses: [build.senses('s1')] } })))
    for (const [number, store] of stores.entries()) expect((await memoryOf(store, users[number] ?? '').count()).senses).toBe(1)
    expect((await client(at).execute('SELECT version FROM migrations')).rows.map((row) => row['version'])).toEqual([1])
  })

  test('whose making was cut off after the server had done it is used as it is', async () => {
    const at = await emptyDatabase()
    const watched = await watchedServer(url)
    const store = openStore({ url: `${watched.url}${at.slice(url.length)}`, authToken })
    const graph = memoryOf(store, 'alice')
    expect(await graph.head()).toEqual({ version: 0 })
    // It looks for tables twice, and finds none; the third request makes them.
    watched.faults.push(undefined, undefined, { kind: 'is cut when the server has done it' })
    const apply = () => graph.apply({ put: {} }, { applyId: 'a', expect: { version: 0 }, generation: 'g' })
    expect((await apply()).head.version).toBe(1)
  })
})
