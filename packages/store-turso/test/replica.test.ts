import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { scope } from '@graphmem/core/spec'
import { build } from '@graphmem/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { replicaFailure } from '../src/replica-failure.ts'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { tempFolder } from './temp-folder.ts'
import { memoryOf, write } from './write.ts'

// What a copy does beside its server. That it follows one is not tested: its protocol is Turso's own, and of no double.

/** A server that has nothing to copy, in a thread of its own, because the driver waits for it synchronously. */
async function serverOfNothing(): Promise<string> {
  const worker = new Worker(
    `const { createServer } = require('node:http')
     const { parentPort } = require('node:worker_threads')
     const server = createServer((request, response) => response.writeHead(404).end())
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true },
  )
  onTestFinished(async () => void (await worker.terminate()))
  const [port] = await once(worker, 'message')
  return `http://127.0.0.1:${port}`
}

/** A copy of one memory as its server would have made it, whatever server that was. */
async function copyWithMemory(): Promise<string> {
  const path = `${tempFolder()}/a copy?.db`
  await using file = openStore({ url: pathToFileURL(path).href })
  await write(memoryOf(file, 'alice'), { put: { senses: [build.senses('s1')] } })
  writeFileSync(`${path}-client_wal_index`, '')
  return pathToFileURL(path).href
}

describe('a copy of a database on a server', () => {
  test('is read where it is', async () => {
    const copy = openStore({ url: await copyWithMemory(), syncUrl: await serverOfNothing(), authToken: 'secret-token' })
    expect((await memoryOf(copy, 'alice').head()).version).toBe(1)
    expect(await memoryOf(copy, 'alice').get('senses', ['s1'])).toEqual([build.senses('s1')])
    expect(await memoryOf(copy, 'bob').head()).toEqual({ version: 0 })
  })

  test('is never written but by its server: a write that it does not take fails, and nothing is written', async () => {
    const copy = openStore({ url: await copyWithMemory(), syncUrl: await serverOfNothing(), authToken: 'secret-token' })
    const graph = memoryOf(copy, 'alice')
    const error = await failureOf(() => write(graph, { put: { senses: [build.senses('s2')] } }))
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field: 'url' })
    expect(`${error.stack}${String(error.cause)}`).not.toMatch(/secret-token|backtrace/i)
    expect((await graph.count()).senses).toBe(1)
    expect((await graph.head()).version).toBe(1)
  })

  test('is no file that was there before, which stays as it is', async () => {
    const url = `file:${tempFolder()}/all.db`
    await using file = openStore({ url })
    await write(memoryOf(file, 'alice'), {})
    const copy = openStore({ url, syncUrl: await serverOfNothing() })
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
    copy.open(scope({ userId: 'alice', memoryId: 'chat' }))
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
