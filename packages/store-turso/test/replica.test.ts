import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build, memoryOf, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { replicaFailure } from '../src/replica-failure.ts'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { type ReplicaServer, replicaServer } from './replica-server.ts'
import { tempFolder } from './temp-folder.ts'

// What a copy does beside its server, which is a double that is followed, and takes no writes.

/** A server with one memory, of one sense. */
async function serverOfOneMemory(): Promise<ReplicaServer> {
  const path = `${tempFolder()}/server.db`
  await using file = openStore({ url: pathToFileURL(path).href })
  await write(memoryOf(file, 'alice'), { put: { senses: [build.senses('s1')] } })
  const client = createClient({ url: pathToFileURL(path).href })
  await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
  return replicaServer(path)
}

const newCopy = () => pathToFileURL(`${tempFolder()}/a copy?.db`).href

describe('a copy of a database on a server', () => {
  test('shows what the server has from its first read on, and then without the server', async () => {
    const server = await serverOfOneMemory()
    const copy = openStore({ url: newCopy(), syncUrl: server.url, authToken: 'secret-token' })
    expect((await memoryOf(copy, 'alice').head()).version).toBe(1)
    expect(await memoryOf(copy, 'alice').get('senses', ['s1'])).toEqual([build.senses('s1')])
    expect(await memoryOf(copy, 'bob').head()).toEqual({ version: 0 })
    expect((await server.asked())[0]).toBe('/info')
    await server.stop()
    expect((await memoryOf(copy, 'alice').count()).senses).toBe(1)
  })

  test('is never written but by its server: a write that it does not take fails, and nothing is written', async () => {
    const { url } = await serverOfOneMemory()
    const copy = openStore({ url: newCopy(), syncUrl: url, authToken: 'secret-token' })
    const graph = memoryOf(copy, 'alice')
    const error = await failureOf(() => write(graph, { put: { senses: [build.senses('s2')] } }))
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field: 'url' })
    expect(`${error.stack}${String(error.cause)}`).not.toMatch(/secret-token|backtrace/i)
    expect((await graph.count()).senses).toBe(1)
    expect((await graph.head()).version).toBe(1)
  })

  test('is read on after a write that failed because the server is down', async () => {
    const server = await serverOfOneMemory()
    const copy = openStore({ url: newCopy(), syncUrl: server.url, authToken: 'secret-token' })
    const graph = memoryOf(copy, 'alice')
    expect((await graph.head()).version).toBe(1)
    await server.stop()
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect((await graph.head()).version).toBe(1)
    expect((await graph.count()).senses).toBe(1)
  })

  test('is brought up to date before an erasure, which fails when the server cannot be asked', async () => {
    const server = await serverOfOneMemory()
    const copy = openStore({ url: newCopy(), syncUrl: server.url })
    const syncs = async () => (await server.asked()).filter((path) => path.endsWith('BatchLogEntries')).length
    await memoryOf(copy, 'alice').head()
    const before = await syncs()
    await failureOf(() => memoryOf(copy, 'alice').erase())
    expect(await syncs()).toBeGreaterThan(before)
    await server.stop()
    expect(await failureOf(() => memoryOf(copy, 'alice').erase())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect((await memoryOf(copy, 'alice').head()).version).toBe(1)
  })

  test('is no file that was there before, which stays as it is', async () => {
    const url = `file:${tempFolder()}/all.db`
    await using file = openStore({ url })
    await write(memoryOf(file, 'alice'), {})
    const copy = openStore({ url, syncUrl: (await serverOfOneMemory()).url })
    expect(await failureOf(() => memoryOf(copy, 'alice').head())).toMatchObject({ code: 'CONFIG_INVALID', field: 'url' })
    expect((await memoryOf(file, 'alice').head()).version).toBe(1)
  })

  test('of a server that is down fails as unreachable, without the token', async () => {
    const folder = tempFolder()
    const copy = openStore({ url: `file:${folder}/copy.db`, syncUrl: 'http://127.0.0.1:9', authToken: 'secret-token' })
    const error = await failureOf(() => memoryOf(copy, 'alice').head())
    expect(error).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect(`${error.stack}${String(error.cause)}`).not.toContain('secret-token')
  })

  test('opens nothing before it is used', () => {
    const folder = tempFolder()
    const copy = openStore({ url: `file:${folder}/new/copy.db`, syncUrl: 'http://127.0.0.1:9' })
    memoryOf(copy, 'alice')
    expect(existsSync(`${folder}/new`)).toBe(false)
  })
})

test.each([
  [
    'WriteDelegation(status: Unknown, message: "NOT NULL constraint failed: applies.version")',
    { code: 'SQLITE_CONSTRAINT', statementIndex: 0 },
  ],
  ['WriteDelegation(status: Unknown, message: "database is locked")', { code: 'SQLITE_BUSY' }],
  ['WriteDelegation(status: Unauthenticated, message: "")', { code: 'HTTP_401' }],
  ['sync error: error trying to connect: tcp connect error', { code: 'UNREACHABLE' }],
])('what the driver passes on of a server is known by its words: %s', (message, expected) => {
  expect(replicaFailure(new Error(message))).toMatchObject(expected)
})
