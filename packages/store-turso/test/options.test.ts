import { existsSync, readdirSync } from 'node:fs'
import { type GraphMemError, userId } from '@graphmem/core/spec'
import { type TursoStoreOptions, tursoStore } from '@graphmem/store-turso'
import { hostileIds } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'
import { clientInMemory } from './watched-client.ts'
import { memoryOf, write } from './write.ts'

const client = createClient({ url: ':memory:' })
const remote = createClient({ url: 'http://127.0.0.1:9', authToken: 'secret-token' })

describe('options are refused', () => {
  test.each<[string, unknown, Partial<GraphMemError>]>([
    ['when they are missing', undefined, { code: 'CONFIG_INVALID', field: 'options' }],
    ['without a place', {}, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with two places', { url: 'file:a.db', client }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with an unknown name', { url: 'file:a.db', syncUrl: 'x' }, { code: 'CONFIG_INVALID', field: 'syncUrl' }],
    ['with a bound on a single file', { url: 'file:a.db', maxOpenFiles: 3 }, { code: 'CONFIG_INVALID', field: 'maxOpenFiles' }],
    ['with a bound of 0', { urlTemplate: 'file:{userId}.db', maxOpenFiles: 0 }, { code: 'CONFIG_INVALID', field: 'maxOpenFiles' }],
    [
      'with a bound that is none',
      { urlTemplate: 'file:{userId}.db', maxOpenFiles: Number.NaN },
      { code: 'CONFIG_INVALID', field: 'maxOpenFiles' },
    ],
    ['with a path and no scheme', { url: './a.db' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a URL that is none', { url: 7 }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a folder', { url: 'file:./memories/' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a query', { url: 'file:a.db?mode=ro' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a host', { url: 'file://server/a.db' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a broken escape', { url: 'file:%zz.db' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a user in the file for all', { url: 'file:{userId}.db' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a template of no user', { urlTemplate: 'file:all.db' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with a file a memory', { urlTemplate: 'file:{userId}/{memoryId}.db' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with a database in memory', { url: ':memory:' }, { code: 'UNSUPPORTED', field: 'url' }],
    ['with a database in memory, as a file', { url: 'file::memory:?cache=shared' }, { code: 'UNSUPPORTED', field: 'url' }],
    ['with a remote database', { url: 'libsql://example.turso.io?authToken=secret-token' }, { code: 'UNSUPPORTED', field: 'url' }],
    ['with a client of a remote database', { client: remote }, { code: 'UNSUPPORTED', field: 'client' }],
    ['with a client that is none', { client: {} }, { code: 'CONFIG_INVALID', field: 'client' }],
  ])('%s', (_, options, expected) => {
    let thrown: unknown
    try {
      tursoStore(options as TursoStoreOptions)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ name: 'GraphMemError', ...expected })
    expect(String(thrown)).not.toContain('secret-token')
  })
})

describe('a file', () => {
  test('is made by the first write, with its folder', async () => {
    const folder = tempFolder()
    const store = openStore({ url: `file:${folder}/a/b/all%20of%20them.db` })
    expect(await memoryOf(store, 'alice').head()).toEqual({ version: 0 })
    expect(existsSync(`${folder}/a`)).toBe(false)
    await write(memoryOf(store, 'alice'), {})
    expect(readdirSync(`${folder}/a/b`)).toContain('all of them.db')
  })

  test('stays where it was when the process changes its folder', async () => {
    const [folder, elsewhere, before] = [tempFolder(), tempFolder(), process.cwd()]
    onTestFinished(() => process.chdir(before))
    process.chdir(folder)
    const store = openStore({ url: 'file:all.db' })
    process.chdir(elsewhere)
    await write(memoryOf(store, 'alice'), {})
    expect(existsSync(`${folder}/all.db`)).toBe(true)
  })

  test('a user has one whatever the id, in the folder and nowhere else', async () => {
    const folder = tempFolder()
    const store = openStore({ urlTemplate: `file:${folder}/users/{userId}.db` })
    for (const id of hostileIds) await write(memoryOf(store, id), {}, 'once')
    for (const id of hostileIds) expect(await store.user(userId(id)).list()).toEqual(['chat'])
    await store[Symbol.asyncDispose]()
    expect(readdirSync(folder)).toEqual(['users'])
    const names = readdirSync(`${folder}/users`)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(hostileIds.length)
    for (const name of names) expect(name).toMatch(/^(~[a-z2-7]{52}|[a-z0-9][a-z0-9_-]*)\.db$/)
  })
})

test('a live client is not closed by the store', async () => {
  const client = clientInMemory()
  const store = tursoStore({ client })
  await write(memoryOf(store, 'alice'), {})
  await store[Symbol.asyncDispose]()
  expect((await client.execute('SELECT user_id FROM memories')).rows).toHaveLength(1)
})
