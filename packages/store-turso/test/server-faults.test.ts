import type { GraphStore } from '@graphmem/core/spec'
import { startLibsqlDouble } from '@graphmem/services/libsql'
import { build, memoryOf, segment, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { afterAll, describe, expect, test } from 'vitest'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { type Fault, watchedServer } from './watched-server.ts'

// Always on a double: only one's own server may be killed.
const double = await startLibsqlDouble()
afterAll(() => double[Symbol.asyncDispose]())
const [url = '', authToken = ''] = double.url.split('?authToken=')
const sentinel = 'Xylophonquartz'
const changes = {
  put: { senses: [build.senses('s1')], chunks: [build.chunks('c1', { text: sentinel })], facts: [build.facts('f1')] },
  putSegments: [segment('g1', 2)],
}

/** A store with a memory of one apply, and the server between it and its database. */
async function settled(options: { readonly timeoutMs?: number } = {}) {
  const path = `/t${crypto.randomUUID().slice(0, 8)}/`
  const watched = await watchedServer(url)
  const store = openStore({ url: `${watched.url}${path}`, authToken, ...options })
  const graph = memoryOf(store, 'alice')
  const { head } = await write(graph, {})
  const apply = (signal?: AbortSignal) => graph.apply(changes, { applyId: 'once', expect: head, generation: 'g1', signal })
  return { watched, graph, apply, store, path }
}

async function expectNothingWritten(store: GraphStore): Promise<void> {
  const graph = memoryOf(store, 'alice')
  expect((await graph.head()).version).toBe(1)
  for (const kind of ['senses', 'chunks', 'facts'] as const) expect(await graph.get(kind, ['s1', 'c1', 'f1'])).toEqual([])
  expect(await graph.segmentInfos()).toEqual([])
}

describe('a request that', () => {
  const answered = (status: number, body = sentinel, headers: Readonly<Record<string, string>> = {}): Fault => ({
    kind: 'is answered',
    status,
    body,
    headers,
  })
  const unauthorised = { code: 'CONFIG_INVALID', field: 'authToken', retryable: false }
  const misplaced = { code: 'CONFIG_INVALID', field: 'url', retryable: false }
  const busy = { code: 'STORE_BUSY', retryable: true }
  const failed = { code: 'STORE_FAILED', retryable: false }

  test.each<[string, Fault, object]>([
    ['is cut', { kind: 'is cut before the server has it' }, { ...failed, retryable: true }],
    ['hangs', { kind: 'hangs' }, busy],
    ['is refused as unauthorised', answered(401), unauthorised],
    ['is refused as forbidden', answered(403, '{"message":"no","code":"AUTH"}', { 'content-type': 'application/json' }), unauthorised],
    ['finds no database', answered(404), misplaced],
    ['is one too many', answered(429), busy],
    ['finds a gateway without a server', answered(503), busy],
    ['makes the server fail', answered(500), failed],
    ['is too large', answered(413), failed],
    ['meets a web page', answered(200, `<html>${sentinel}`), misplaced],
    ['meets another protocol', answered(200, `{"results":"${sentinel}"}`), misplaced],
    ['is sent elsewhere', answered(307, '', { location: `${url}/elsewhere` }), { code: 'STORE_FAILED' }],
  ])('%s fails as an error of ours, writes nothing, and the next one works', async (_, fault, expected) => {
    const { watched, graph, apply, store } = await settled(fault.kind === 'hangs' ? { timeoutMs: 300 } : {})
    watched.faults.push(fault)
    const error = await failureOf(() => apply())
    expect(error).toMatchObject(expected)
    for (const said of [error.message, String(error.cause), JSON.stringify(error.cause)]) {
      expect(said).not.toContain(sentinel)
      expect(said).not.toContain(authToken)
    }
    await expectNothingWritten(store)
    watched.faults.push(fault)
    expect(await failureOf(() => graph.count())).toMatchObject(expected)
    expect((await apply()).changed).toBe(true)
  })
})

test('a first use that the server refuses asks no more', async () => {
  const { watched, path } = await settled()
  const graph = memoryOf(openStore({ url: `${watched.url}${path}`, authToken }), 'alice')
  watched.faults.push({ kind: 'is answered', status: 401, body: '' })
  expect(await watched.countOf(() => expect(graph.head()).rejects.toMatchObject({ field: 'authToken' }))).toBe(1)
})

describe('an apply of which the reply is lost', () => {
  test('because the connection is cut is done once, when it is made again', async () => {
    const { watched, graph, apply } = await settled()
    watched.faults.push({ kind: 'is cut when the server has done it' })
    expect(await failureOf(() => apply())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    const again = await apply()
    expect(again.changed).toBe(false)
    expect(again.head.version).toBe(2)
    expect(await graph.head()).toEqual(again.head)
    expect((await graph.count()).senses).toBe(1)
    expect(await graph.segmentInfos()).toHaveLength(1)
  })
})

describe('a signal', () => {
  test('that is aborted while the server takes its time ends the call with its reason, and the next one works', async () => {
    const { watched, graph, apply, store } = await settled()
    for (const call of [(signal: AbortSignal) => apply(signal), (signal: AbortSignal) => graph.count({ signal })]) {
      const controller = new AbortController()
      const reason = new Error('enough')
      watched.faults.push({ kind: 'hangs' })
      const before = watched.requests.length
      const calling = call(controller.signal).catch((error: unknown) => error)
      while (watched.requests.length === before) await new Promise(setImmediate)
      controller.abort(reason)
      expect(await calling).toBe(reason)
    }
    await expectNothingWritten(store)
    expect((await apply()).changed).toBe(true)
  })

  test('that was aborted before sends nothing', async () => {
    const { watched, apply } = await settled()
    const reason = new Error('enough')
    expect(await watched.countOf(() => expect(apply(AbortSignal.abort(reason))).rejects.toBe(reason))).toBe(0)
  })

  test('of one caller does not end what another waits for', async () => {
    const { watched, path } = await settled()
    const store = openStore({ url: `${watched.url}${path}`, authToken })
    const controller = new AbortController()
    const reason = new Error('enough')
    const first = memoryOf(store, 'alice')
      .head({ signal: controller.signal })
      .catch((error: unknown) => error)
    const second = memoryOf(store, 'alice').head()
    await new Promise(setImmediate)
    controller.abort(reason)
    expect(await first).toBe(reason)
    expect((await second).version).toBe(1)
  })
})

describe('a server', () => {
  test('that is killed in the midst of a batch leaves nothing of it, whichever step it was, and all of it once it is committed', async () => {
    const { watched, graph, apply, store } = await settled()
    await apply()
    const steps = stepsOf(watched.requests.at(-1))
    for (const step of [1, 2, 5, Math.floor(steps / 2), steps - 2, steps - 1]) {
      await graph.erase()
      const { head } = await write(graph, {})
      const again = () => graph.apply(changes, { applyId: `killed-${step}`, expect: head, generation: 'g1' })
      watched.faults.push({ kind: 'kills the server after a step', step })
      expect(await failureOf(again)).toMatchObject({ code: 'STORE_FAILED', retryable: true })
      expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
      await double.restart()
      // BEGIN, the statements, COMMIT: the last step but ROLLBACK, which is not executed.
      if (step < steps - 1) {
        await expectNothingWritten(store)
        expect((await again()).changed).toBe(true)
      } else {
        expect((await graph.count()).senses).toBe(1)
        expect(await again()).toMatchObject({ changed: false, head: { version: 2 } })
      }
    }
  })

  test('that is down is unreachable, and goes on where it was when it is back', async () => {
    const { graph, apply } = await settled()
    const down = openStore({ url: 'http://127.0.0.1:9/', authToken })
    expect(await failureOf(() => memoryOf(down, 'alice').head())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    await apply()
    await double.restart()
    expect((await graph.head()).version).toBe(2)
  })

  test('whose database someone else has locked is busy, and free afterwards', async () => {
    const { graph, apply, path } = await settled()
    const client = createClient({ url: `${url}${path}`, authToken })
    const transaction = await client.transaction('write')
    await transaction.execute('DELETE FROM applies')
    expect(await failureOf(() => apply())).toMatchObject({ code: 'STORE_BUSY', retryable: true })
    expect((await graph.head()).version).toBe(1)
    await transaction.rollback()
    expect((await apply()).changed).toBe(true)
  })

  test('that does not take the token says so, without it', async () => {
    const graph = memoryOf(openStore({ url, authToken: 'wrong-secret' }), 'alice')
    const error = await failureOf(() => graph.head())
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field: 'authToken', retryable: false })
    expect(`${error.stack}${String(error.cause)}`).not.toContain('wrong-secret')
  })

  test.each([
    ['fails', () => Promise.reject(new Error('secret-of-the-vault'))],
    [
      'throws',
      () => {
        throw new Error('secret-of-the-vault')
      },
    ],
    ['gives none', () => ''],
  ])('is not asked when the function for its token %s', async (_, giving) => {
    const error = await failureOf(() => memoryOf(openStore({ url, authToken: giving }), 'alice').head())
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field: 'authToken' })
    expect(`${error.stack}${String(error.cause)}`).not.toContain('secret-of-the-vault')
  })

  test('of which the database was removed and made anew is used as a new one', async () => {
    const { graph, path } = await settled()
    const client = createClient({ url: `${url}${path}`, authToken })
    const { rows } = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    await client.batch(rows.map((row) => `DROP TABLE ${row['name']}`))
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED' })
    expect(await graph.head()).toEqual({ version: 0 })
    expect((await write(graph, {})).head.version).toBe(1)
  })
})

/** How many statements the batch in the body of a request has. */
function stepsOf(body = ''): number {
  const { requests } = JSON.parse(body) as { requests: { batch?: { steps: unknown[] } }[] }
  return requests.find(({ batch }) => batch)?.batch?.steps.length ?? 0
}
