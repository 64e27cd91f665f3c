import { existsSync, readdirSync } from 'node:fs'
import { type GraphMemError, userId } from '@graphmem/core/spec'
import { databaseName, type TursoStoreOptions, tursoStore } from '@graphmem/store-turso'
import { hostileIds, memoryOf, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { placementOf } from '../src/turso-options.ts'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'
import { clientInMemory } from './watched-client.ts'

const client = createClient({ url: ':memory:' })
const remote = createClient({ url: 'http://127.0.0.1:9', authToken: 'secret-token' })

describe('options are refused', () => {
  test.each<[string, unknown, Partial<GraphMemError>]>([
    ['when they are missing', undefined, { code: 'CONFIG_INVALID', field: 'options' }],
    ['without a place', {}, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with two places', { url: 'file:a.db', client }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with an unknown name', { url: 'file:a.db', token: 'secret-token' }, { code: 'CONFIG_INVALID', field: 'token' }],
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
    ['with a client of a server', { client: remote }, { code: 'UNSUPPORTED', field: 'client' }],
    ['with a client that is none', { client: {} }, { code: 'CONFIG_INVALID', field: 'client' }],
    ['with a token in a URL', { url: 'libsql://example.turso.io?authToken=secret-token' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with credentials in a URL', { url: 'https://u:secret-token@example.com' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a server of no name', { url: 'https://' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a server whose name is none', { url: 'https://exa mple.com/secret-token' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a scheme of another protocol', { url: 'wss://example.com' }, { code: 'UNSUPPORTED', field: 'url' }],
    ['with a token for a file', { url: 'file:a.db', authToken: 'secret-token' }, { code: 'CONFIG_INVALID', field: 'authToken' }],
    ['with a token for files', { urlTemplate: 'file:{userId}.db', authToken: 'secret-token' }, { field: 'authToken' }],
    ['with a token that is none', { url: 'https://example.com', authToken: 'secret-token\n' }, { field: 'authToken' }],
    ['with an empty token', { url: 'https://example.com', authToken: '' }, { code: 'CONFIG_INVALID', field: 'authToken' }],
    ['with a time-out for a file', { url: 'file:a.db', timeoutMs: 1 }, { code: 'CONFIG_INVALID', field: 'timeoutMs' }],
    ['with a time-out of 0', { url: 'https://example.com', timeoutMs: 0 }, { code: 'CONFIG_INVALID', field: 'timeoutMs' }],
    ['with a bound on the files of a server', { urlTemplate: 'https://example.com/{userId}', maxOpenFiles: 3 }, { field: 'maxOpenFiles' }],
    ['with a copy of a server', { url: 'https://example.com', syncUrl: 'https://example.com' }, { field: 'syncUrl' }],
    ['with copies of files a user', { urlTemplate: 'file:{userId}.db', syncUrl: 'https://example.com' }, { field: 'syncUrl' }],
    ['with a copy of a file', { url: 'file:a.db', syncUrl: 'file:b.db' }, { code: 'CONFIG_INVALID', field: 'syncUrl' }],
    ['with a copy of nothing', { url: 'file:a.db', syncUrl: 7 }, { code: 'CONFIG_INVALID', field: 'syncUrl' }],
    ['with an interval and no copy', { url: 'file:a.db', syncIntervalMs: 1000 }, { code: 'CONFIG_INVALID', field: 'syncIntervalMs' }],
    ['with an interval that is none', { url: 'file:a.db', syncUrl: 'https://a.b', syncIntervalMs: 0.5 }, { field: 'syncIntervalMs' }],
    ['with a user in the database for all', { url: 'https://example.com/{userId}' }, { code: 'CONFIG_INVALID', field: 'url' }],
    ['with a server of no user', { urlTemplate: 'https://example.com' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with a server that users choose', { urlTemplate: 'https://{userId}/' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with an ending of hosts that users choose', { urlTemplate: 'https://db.{userId}' }, { field: 'urlTemplate' }],
    ['with a host that is any user', { urlTemplate: 'https://{userId}.example.com' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with a host that is a user and a digit', { urlTemplate: 'https://{userId}-1.example.com' }, { field: 'urlTemplate' }],
    ['with a user whom a path leaves out', { urlTemplate: 'https://a.b/{userId}/../c' }, { field: 'urlTemplate' }],
    ['with a user in a port', { urlTemplate: 'https://example.com:{userId}/' }, { code: 'CONFIG_INVALID', field: 'urlTemplate' }],
    ['with a host that is too long', { urlTemplate: `https://${'a'.repeat(32)}{userId}.example.com` }, { field: 'urlTemplate' }],
    ['with a database a memory', { urlTemplate: 'https://db-{userId}.example.com/{memoryId}' }, { field: 'urlTemplate' }],
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

describe('a server', () => {
  test.each([
    ['libsql://example.turso.io', 'https://example.turso.io/'],
    ['LIBSQL://example.turso.io/', 'https://example.turso.io/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['https://example.com/databases/all', 'https://example.com/databases/all/'],
  ])('is asked at the URL given: %s at %s', (url, expected) => {
    const placement = placementOf({ url, authToken: 'secret-token' })
    expect(placement.kind === 'server' && placement.urlOf(userId('alice'))).toBe(expected)
  })

  test.each([
    'libsql://{userId}-org.turso.io',
    'https://db-{userId}.example.com/',
    'http://localhost:8080/{userId}',
    'https://a.b/x-{userId}/y',
  ])('has a database of its own for each user, whatever the id, and none elsewhere: %s', (urlTemplate) => {
    const placement = placementOf({ urlTemplate })
    if (placement.kind !== 'server') throw new Error('it is a server')
    const [before = '', after = ''] = urlTemplate.replace('libsql:', 'https:').split('{userId}')
    const urls = hostileIds.map((id) => placement.urlOf(userId(id)))
    expect(new Set(urls).size).toBe(hostileIds.length)
    for (const url of urls) {
      expect(new URL(url).href).toBe(url)
      expect(url.startsWith(before)).toBe(true)
      expect(url.slice(before.length)).toMatch(new RegExp(`^[a-z0-9]+${after.replaceAll('.', '\\.').replace(/\/?$/, '/')}$`))
    }
  })

  test('names a database by the id where that is plain, so that people can make it beforehand', () => {
    expect(databaseName('alice')).toBe('alice')
    expect(databaseName('alice@example.com')).toMatch(/^id[a-z2-7]{26}$/)
    expect(databaseName('x-evil')).toMatch(/^id[a-z2-7]{26}$/)
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
    for (const id of hostileIds) await write(memoryOf(store, id), {}, { applyId: 'once' })
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
