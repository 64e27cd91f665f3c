import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisCache } from '@graphmem/cache-redis'
import type { Cache } from '@graphmem/core'
import { childServer } from '@graphmem/services/child-server'
import { hasCommand } from '@graphmem/services/debian-package'
import { freePort } from '@graphmem/services/free-port'
import { optionalService } from '@graphmem/services/optional-service'
import { redisArguments, startRedis } from '@graphmem/services/redis'
import { memoryStore } from '@graphmem/store-memory'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { content } from './content.ts'
import { settingOf } from './on-every-store.ts'

const question = 'Where does Bob work?'

const failed = { type: 'cache-failed', call: 'get', reason: 'failed', userId: 'alice', memoryId: 'chat' }

/** Starts a Redis that a test stops, breaks and starts again at the same place. It ends with the test. */
async function breakableRedis(...more: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort()
  const start = async () => {
    const server = await childServer({
      command: 'redis-server',
      args: [...redisArguments(port, folder), ...more],
      readyWhen: /Ready to accept/,
      timeoutMs: 20_000,
    })
    onTestFinished(async () => {
      server.child.kill('SIGCONT')
      await server.stop()
    })
    return server
  }
  return { port, folder, start, url: `redis://127.0.0.1:${port}` }
}

function openCache(options: Parameters<typeof redisCache>[0]): Cache {
  const cache = redisCache(options)
  onTestFinished(() => cache[Symbol.asyncDispose]())
  return cache
}

/** What the cache itself says of a call. */
async function problemOf(cache: Cache): Promise<unknown> {
  const { scope } = settingOf(memoryStore()).memory()
  return cache
    .open(scope)
    .get('query', 'k')
    .catch((error: unknown) => error)
}

const hasRedis = (await optionalService(startRedis).then(async (service) => service?.[Symbol.asyncDispose]().then(() => true))) === true

describe.skipIf(!hasRedis)('Redis', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'gets a %s in the middle and costs nothing but speed; when it is back, it is used again',
    async (signal) => {
      const redis = await breakableRedis()
      const first = await redis.start()
      const { memory, events } = settingOf(memoryStore(), { cache: openCache({ url: redis.url }), cacheTimeoutMs: 5_000 })
      await memory().ingest('Bob works at Google.')
      const plain = content(await memory().query(question))
      expect((await memory().query(question)).timings.cached).toBe(true)
      const many = Array.from({ length: 20 }, (_, limit) => memory().query(question, { limit: limit + 1 }))
      first.child.kill(signal)
      for (const result of await Promise.all(many)) expect(result.answer).toBe('Google')
      await first.stop()
      expect(content(await memory().query(question))).toBe(plain)
      expect(events).toContainEqual(failed)
      const second = await redis.start()
      await memory().query(question)
      expect((await memory().query(question)).timings.cached).toBe(true)
      await second.stop()
      expect(await memory().erase()).toMatchObject({ memories: 1, unverified: [expect.stringContaining('cache')] })
    },
  )

  it('stands still for longer than the time-out, and answers do not wait for it; when it goes on, it is used again', async () => {
    const redis = await breakableRedis()
    const { child } = await redis.start()
    const store = memoryStore()
    const cache = openCache({ url: redis.url })
    const patient = settingOf(store, { cache, cacheTimeoutMs: 60_000 })
    const { memory, events } = settingOf(store, { cache, cacheTimeoutMs: 50 })
    await patient.memory().ingest('Bob works at Google.')
    const plain = content(await patient.memory().query(question))
    expect((await patient.memory().query(question)).timings.cached).toBe(true)
    child.kill('SIGSTOP')
    for (let time = 0; time < 2; time += 1) {
      const result = await memory().query(question)
      expect([content(result), result.timings.cached]).toEqual([plain, undefined])
    }
    expect(events).toContainEqual({ ...failed, reason: 'slow' })
    await memory().ingest('Bob works at Mayo now.')
    child.kill('SIGCONT')
    // What was said to it while it stood still is done now, for the state of then.
    const after = await patient.memory().query(question)
    expect(content(after)).toBe(content(await settingOf(store).memory().query(question)))
    expect((await patient.memory().query(question)).timings.cached).toBe(true)
  })

  it('stands still while a memory is erased, and has nothing of it when it goes on', async () => {
    const redis = await breakableRedis()
    const { child } = await redis.start()
    const cache = openCache({ url: redis.url })
    const store = memoryStore()
    const patient = settingOf(store, { cache, cacheTimeoutMs: 60_000 })
    await patient.memory().ingest('Bob works at Google.')
    await patient.memory().query(question)
    child.kill('SIGSTOP')
    const receipt = await settingOf(store, { cache, cacheTimeoutMs: 50 }).memory().erase()
    expect(receipt).toMatchObject({ memories: 1, unverified: [expect.stringContaining('cache')] })
    child.kill('SIGCONT')
    expect(await patient.memory().query(question)).toMatchObject({ found: false })
  })

  it('wants a password: without it, or with another, answers go on, and the error says which; with it, it is used', async () => {
    const redis = await breakableRedis('--requirepass', 'open sesame')
    await redis.start()
    const problems = { '': /wants a password/, ':wrong': /does not know this user and password/ }
    for (const [login, problem] of Object.entries(problems)) {
      const cache = openCache({ url: redis.url.replace('//', `//${login}@`) })
      const { memory, events } = settingOf(memoryStore(), { cache, cacheTimeoutMs: 5_000 })
      await memory().ingest('Bob works at Google.')
      expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
      expect(events).toContainEqual(failed)
      expect(await problemOf(cache)).toMatchObject({ code: 'CACHE_FAILED', message: expect.stringMatching(problem) })
    }
    const cache = openCache({ url: redis.url.replace('//', `//:${encodeURIComponent('open sesame')}@`) })
    const { memory } = settingOf(memoryStore(), { cache, cacheTimeoutMs: 5_000 })
    await memory().ingest('Bob works at Google.')
    await memory().query(question)
    expect((await memory().query(question)).timings.cached).toBe(true)
  })

  it.skipIf(!hasCommand('openssl'))('speaks TLS: a certificate of our own is refused unless it is trusted', async () => {
    const redis = await breakableRedis()
    const [key, certificate] = [join(redis.folder, 'key.pem'), join(redis.folder, 'certificate.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject], {
      stdio: 'ignore',
    })
    const port = await freePort()
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate]
    const child = childServer({
      command: 'redis-server',
      args: [...redisArguments(0, redis.folder), '--tls-port', String(port), '--tls-auth-clients', 'no', ...files],
      readyWhen: /Ready to accept/,
      timeoutMs: 20_000,
    })
    const { stop } = await child
    onTestFinished(stop)
    const problems = { rediss: /certificate is not trusted/, redis: /connection or the call failed/ }
    for (const [scheme, problem] of Object.entries(problems)) {
      expect(await problemOf(openCache({ url: `${scheme}://127.0.0.1:${port}` }))).toMatchObject({
        code: 'CACHE_FAILED',
        message: expect.stringMatching(problem),
      })
    }
    const client = new Redis(`rediss://127.0.0.1:${port}`, { tls: { ca: readFileSync(certificate) }, enableOfflineQueue: false })
    onTestFinished(() => client.disconnect())
    await new Promise((resolve) => client.once('ready', resolve))
    const { memory } = settingOf(memoryStore(), { cache: openCache({ client }), cacheTimeoutMs: 5_000 })
    await memory().ingest('Bob works at Google.')
    await memory().query(question)
    expect((await memory().query(question)).timings.cached).toBe(true)
  })

  it('is full, and answers go on', async () => {
    await using redis = await startRedis()
    const admin = new Redis(redis.url)
    await using cache = redisCache({ url: redis.url, prefix: 'full' })
    const { memory, events } = settingOf(memoryStore(), { cache, cacheTimeoutMs: 5_000 })
    await memory().ingest('Bob works at Google.')
    await admin.config('SET', 'maxmemory-policy', 'noeviction')
    await admin.config('SET', 'maxmemory', '1')
    for (let time = 0; time < 2; time += 1) expect(await memory().query(question)).toMatchObject({ answer: 'Google' })
    expect(events).toContainEqual({ type: 'cache-failed', call: 'get', reason: 'failed', userId: 'alice', memoryId: 'chat' })
    await admin.config('SET', 'maxmemory', '0')
    await memory().query(question)
    expect((await memory().query(question)).timings.cached).toBe(true)
    admin.disconnect()
  })

  it('holds no text in its keys, and what others planted under them is not believed', async () => {
    await using redis = await startRedis()
    const admin = new Redis(redis.url)
    await using cache = redisCache({ url: redis.url, prefix: 'planted' })
    const { memory, events } = settingOf(memoryStore(), { cache, cacheTimeoutMs: 5_000 })
    await memory().ingest('Bob works at Google.')
    const plain = content(await memory().query(question))
    await memory({ userId: 'eve' }).ingest('Bob works at Mayo.')
    await memory({ userId: 'eve' }).query(question)
    const keys = await admin.keys('planted:*')
    expect(keys.join()).not.toMatch(/bob|work|where/i)
    const own = keys.find((key) => key.includes('{alice}:query')) ?? expect.fail()
    const foreign = (await admin.getBuffer(keys.find((key) => key.includes('{eve}:query')) ?? '')) ?? expect.fail()
    const sound = (await admin.getBuffer(own)) ?? expect.fail()
    for (const planted of [
      foreign,
      Buffer.from('{"answer":"Mayo"}'),
      Buffer.alloc(0),
      sound.subarray(1),
      Buffer.concat([sound, Buffer.from(' ')]),
    ]) {
      await admin.set(own, planted)
      events.length = 0
      const result = await memory().query(question)
      expect([content(result), result.timings.cached]).toEqual([plain, undefined])
      expect(events).toContainEqual({ type: 'cache-failed', call: 'get', reason: 'garbled', userId: 'alice', memoryId: 'chat' })
      expect((await memory().query(question)).timings.cached).toBe(true)
    }
    await admin.lpush('x', 'y')
    await admin.rename('x', own)
    expect(content(await memory().query(question))).toBe(plain)
    admin.disconnect()
  })

  it('answers from the cache by one round trip', async () => {
    await using redis = await startRedis()
    const admin = new Redis(redis.url)
    await using cache = redisCache({ url: redis.url })
    const { memory } = settingOf(memoryStore(), { cache, cacheTimeoutMs: 5_000 })
    await memory().ingest('Bob works at Google.')
    await memory().query(question)
    const calls = async () =>
      [...(await admin.info('commandstats')).matchAll(/cmdstat_(eval|evalsha):calls=(\d+)/g)].reduce(
        (sum, [, , count]) => sum + Number(count),
        0,
      )
    const before = await calls()
    expect((await memory().query(question)).timings.cached).toBe(true)
    expect((await calls()) - before).toBe(1)
    admin.disconnect()
  })
})
