import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { childServer } from '@graphmem/services/child-server'
import { freePort } from '@graphmem/services/free-port'
import { optionalService } from '@graphmem/services/optional-service'
import { redisArguments, startRedis } from '@graphmem/services/redis'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { served } from './served.ts'
import { serverProcess } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const redis = await optionalService(startRedis)
afterAll(() => redis?.[Symbol.asyncDispose]())

let number = 0

/** What processes of one deployment have in common. */
function deployment(): Record<string, string> {
  return {
    GRAPHMEM_STORE: `file:${temporaryFolder()}/memories.db`,
    GRAPHMEM_SERVER_REDIS: redis?.url ?? '',
    GRAPHMEM_SERVER_REDIS_PREFIX: `test-${process.pid}-${++number}`,
  }
}

async function keysOf({ GRAPHMEM_SERVER_REDIS_PREFIX: prefix }: Record<string, string>): Promise<readonly string[]> {
  const client = new Redis(redis?.url ?? '')
  const keys = await client.keys(`${prefix}:*`)
  client.disconnect()
  return keys
}

const later = { prefer: 'respond-async' }

describe.skipIf(redis === undefined)('several servers on one Redis', () => {
  test('do a job that one of them took and was killed at', { timeout: 120_000 }, async () => {
    const env = { ...deployment(), GRAPHMEM_SERVER_INGESTS: '1' }
    const first = await serverProcess(env)
    const documents = Array.from({ length: 1_000 }, (_, place) => ({ id: `d${place}`, text: `Person Number${place} lives in Lisbon.` }))
    const begun = await first.ask('alice', '/v1/ingest', { body: { documents }, headers: later })
    expect(begun.status).toBe(202)
    const waiting = await first.ask('bob', '/v1/ingest', { body: { text: 'I live in Porto.' }, headers: later })
    for (let job = begun.body; job.done === 0; ) job = (await first.ask('alice', `/v1/jobs/${begun.body.id}`)).body
    const exited = once(first.child, 'exit')
    first.child.kill('SIGKILL')
    await exited
    const second = await serverProcess(env)
    expect((await second.ask('alice', `/v1/jobs/${begun.body.id}`)).body).toMatchObject({ status: 'active' })
    for (const [user, { body }] of [
      ['alice', begun],
      ['bob', waiting],
    ] as const)
      expect((await second.ask(user, `/v1/jobs/${body.id}`, { headers: { accept: 'text/event-stream' } })).body).toContain(
        '"status":"done"',
      )
    expect((await second.ask('alice', `/v1/jobs/${begun.body.id}`)).body).toMatchObject({ result: { failed: 0 } })
    const { body } = await second.ask('alice', '/v1/memories/default/episodes?limit=900')
    expect([body.episodes.length, body.next === undefined]).toEqual([900, false])
  })

  test('hold a user to one quota together, and end when they are told to', { timeout: 120_000 }, async () => {
    const env = { ...deployment(), GRAPHMEM_SERVER_QUOTA_REQUESTS: '10' }
    const both = await Promise.all([serverProcess(env), serverProcess(env)])
    const statuses: number[] = []
    for (let turn = 0; turn < 8; turn++) for (const { ask } of both) statuses.push((await ask('noisy', '/v1/memories')).status)
    expect(statuses).toEqual([...Array(10).fill(200), ...Array(6).fill(429)])
    for (const { ask } of both) expect((await ask('quiet', '/v1/memories')).status).toBe(200)
    const exits = both.map(({ child }) => once(child, 'exit'))
    for (const { child } of both) child.kill('SIGTERM')
    expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0])
  })

  test('keep nothing of a user who erased everything', async () => {
    const env = deployment()
    const { ask } = await served({ env })
    for (const user of ['alice@example.com', 'bob'])
      expect((await ask(user, '/v1/ingest', { body: { text: 'I live in Lisbon.' } })).status).toBe(200)
    expect((await ask('alice@example.com', '/v1/usage')).body.storedBytes.used).toBeGreaterThan(0)
    const before = await keysOf(env)
    expect(await ask('alice@example.com', '/v1/me', { method: 'DELETE' })).toMatchObject({ status: 200, body: { memories: 1, jobs: 1 } })
    const after = await keysOf(env)
    const users = (keys: readonly string[]) => new Set(keys.flatMap((key) => /:([0-9a-f]{32})(?::|$)/.exec(key)?.[1] ?? []))
    expect([users(before).size, users(after).size]).toEqual([2, 1])
    expect(before.join()).not.toMatch(/alice|Lisbon/)
  })
})

test('a server without the Redis that it is told of does not start, and says which setting it is', async () => {
  await expect(served({ env: { GRAPHMEM_SERVER_REDIS: 'redis://127.0.0.1:1' } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    field: 'GRAPHMEM_SERVER_REDIS',
  })
})

describe.skipIf(redis === undefined)('a server whose Redis goes away', () => {
  test('says so until it is back, and then goes on', { timeout: 120_000 }, async () => {
    const port = await freePort()
    const folder = temporaryFolder()
    const start = () =>
      childServer({
        command: 'redis-server',
        args: redisArguments(port, folder),
        readyWhen: /Ready to accept connections/,
        timeoutMs: 20_000,
      })
    const first = await start()
    const { ask } = await served({ env: { ...deployment(), GRAPHMEM_SERVER_REDIS: `redis://127.0.0.1:${port}` } })
    expect((await ask('alice', '/v1/memories')).status).toBe(200)
    expect(await ask('anyone', '/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    await first.stop()
    const told = await ask('alice', '/v1/memories')
    expect(told).toMatchObject({ status: 503, body: { type: 'urn:graphmem:problem:redis-failed' } })
    expect(told.headers.get('retry-after')).not.toBeNull()
    while ((await ask('anyone', '/readyz')).status === 200) await wait(100)
    expect(await ask('anyone', '/readyz')).toMatchObject({ status: 503, body: { status: 'failing' } })
    const second = await start()
    onTestFinished(() => second.stop())
    for (const path of ['/v1/memories', '/readyz']) while ((await ask('alice', path)).status !== 200) await wait(100)
    expect(await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })).toMatchObject({ status: 200 })
  })

  test('ends when it is told to', { timeout: 120_000 }, async () => {
    const own = await startRedis()
    const { ask, child } = await serverProcess({ ...deployment(), GRAPHMEM_SERVER_REDIS: own.url })
    expect((await ask('alice', '/v1/memories')).status).toBe(200)
    await own[Symbol.asyncDispose]()
    expect((await ask('alice', '/v1/memories')).status).toBe(503)
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await exited)[0]).toBe(0)
  })
})
