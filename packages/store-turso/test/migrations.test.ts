import { copyFileSync, readFileSync } from 'node:fs'
import { build, memoryOf, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inChildProcesses } from './child-processes.ts'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'
import { clientInMemory } from './watched-client.ts'

describe('a database of another kind', () => {
  test('that a newer library wrote is refused, and untouched', async () => {
    const url = `file:${tempFolder()}/newer.db`
    await using(url, async (client) => {
      await write(memoryOf(openStore({ client }), 'alice'), {})
      await client.execute('PRAGMA user_version = 1000')
    })
    const before = readFileSync(url.slice('file:'.length))
    const graph = memoryOf(openStore({ url }), 'alice')
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_NEWER' })
    await expect(write(graph, {})).rejects.toMatchObject({ code: 'STORE_NEWER' })
    expect(readFileSync(url.slice('file:'.length)).equals(before)).toBe(true)
  })

  test('that holds tables of something else is refused, and untouched', async () => {
    const client = clientInMemory()
    await client.execute('CREATE TABLE episodes (number INTEGER)')
    const graph = memoryOf(openStore({ client }), 'alice')
    await expect(graph.head()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    const { rows } = await client.execute('SELECT name FROM sqlite_master')
    expect(rows.map((row) => row['name'])).toEqual(['episodes'])
  })

  test("that is another user's is refused", async () => {
    const folder = tempFolder()
    const first = openStore({ urlTemplate: `file:${folder}/{userId}.db` })
    await write(memoryOf(first, 'alice'), { put: { senses: [build.senses('s1')] } })
    await first[Symbol.asyncDispose]()
    copyFileSync(`${folder}/alice.db`, `${folder}/bob.db`)

    const store = openStore({ urlTemplate: `file:${folder}/{userId}.db` })
    const refused = { code: 'STORE_CORRUPT' }
    await expect(memoryOf(store, 'bob').head()).rejects.toMatchObject(refused)
    await expect(write(memoryOf(store, 'bob'), {})).rejects.toMatchObject(refused)
    await expect(memoryOf(store, 'bob').erase()).rejects.toMatchObject(refused)
    expect((await memoryOf(store, 'alice').count()).senses).toBe(1)

    const shared = openStore({ url: `file:${folder}/alice.db` })
    expect((await memoryOf(shared, 'alice').count()).senses).toBe(1)
    await expect(write(memoryOf(shared, 'bob'), {})).rejects.toMatchObject(refused)
  })

  test('that many users share is not one user’s', async () => {
    const folder = tempFolder()
    const shared = openStore({ url: `file:${folder}/alice.db` })
    await write(memoryOf(shared, 'alice'), {})
    await write(memoryOf(shared, 'bob'), {})
    const store = openStore({ urlTemplate: `file:${folder}/{userId}.db` })
    await expect(memoryOf(store, 'alice').head()).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })
})

describe('the first use of a database', () => {
  test('by several processes at once makes it once, and loses nothing', { timeout: 60_000 }, async () => {
    const url = `file:${tempFolder()}/new/all.db`
    const answers = await inChildProcesses(4, (number) => ['first-use', url, `user${number}`])
    expect(answers).toEqual([0, 1, 2, 3].map((number) => `user${number} wrote`))
    const store = openStore({ url })
    for (const number of [0, 1, 2, 3]) expect((await memoryOf(store, `user${number}`).count()).senses).toBe(1)
    await using(url, async (client) => {
      const { rows } = await client.execute('SELECT version FROM migrations')
      expect(rows.map((row) => row['version'])).toEqual([1])
    })
  })

  test('by several stores of one process at once makes it once', async () => {
    const url = `file:${tempFolder()}/all.db`
    const stores = [1, 2, 3, 4].map(() => openStore({ url }))
    await Promise.all(stores.map((store, number) => write(memoryOf(store, `user${number}`), {})))
    for (const [number, store] of stores.entries()) expect((await memoryOf(store, `user${number}`).head()).version).toBe(1)
  })
})

test('every table and index has the scope first', async () => {
  const client = clientInMemory()
  await write(memoryOf(openStore({ client }), 'alice'), {})
  const { rows: tables } = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('migrations', 'owner')",
  )
  expect(tables).toHaveLength(10)
  for (const { name: table } of tables) {
    const { rows: indexes } = await client.execute(`SELECT name FROM pragma_index_list('${table}')`)
    expect(indexes.length).toBeGreaterThan(0)
    for (const { name } of indexes) {
      const { rows } = await client.execute(`SELECT name FROM pragma_index_info('${name}') ORDER BY seqno LIMIT 2`)
      expect(rows.map((row) => row['name'])).toEqual(['user_id', 'memory_id'])
    }
  }
})

async function using(url: string, work: (client: ReturnType<typeof createClient>) => Promise<void>): Promise<void> {
  const client = createClient({ url })
  onTestFinished(() => client.close())
  await work(client)
}
