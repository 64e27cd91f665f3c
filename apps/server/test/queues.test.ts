import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { childServer } from '@graphmem/services/child-server'
import { freePort } from '@graphmem/services/free-port'
import { optionalService } from '@graphmem/services/optional-service'
import { redisArguments, startRedis } from '@graphmem/services/redis'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { IngestQueue, IngestRunner, QueueLimits, UserJobs } from '../src/jobs/ingest-queue.ts'
import type { Ingested, IngestWork, Job } from '../src/jobs/job.ts'
import { processQueue } from '../src/jobs/process-queue.ts'
import { RedisJobs } from '../src/jobs/redis-jobs.ts'
import { type RedisQueueOptions, redisQueue } from '../src/jobs/redis-queue.ts'
import { connectRedis } from '../src/redis/server-redis.ts'
import { type HashedUser, hashedUser } from '../src/who/hashed-user.ts'

const redis = await optionalService(startRedis)
afterAll(() => redis?.[Symbol.asyncDispose]())

const ingested: Ingested = {
  ...{ status: 'success', entities: 0, facts: 0, chunks: 1, added: 1, unchanged: 0, replaced: 0, failed: 0, version: 1 },
  episodes: [],
}

const mostBytes = 1_000_000

type Making = (run: IngestRunner, limits: QueueLimits) => Promise<IngestQueue>

let number = 0
const freshPrefix = () => `test-${process.pid}-${++number}`

async function inRedis(run: IngestRunner, limits: QueueLimits, prefix = freshPrefix(), options?: RedisQueueOptions): Promise<IngestQueue> {
  const connected = await connectRedis(redis?.url ?? '', prefix)
  const queue = redisQueue(run, limits, connected, options)
  onTestFinished(async () => {
    await queue[Symbol.asyncDispose]()
    await connected[Symbol.asyncDispose]()
  })
  return queue
}

const queues: readonly (readonly [name: string, making: Making, isThere: boolean])[] = [
  ['in the process', async (run, limits) => processQueue(run, limits), true],
  ['in Redis', (run, limits) => inRedis(run, limits), redis !== undefined],
]

const workOf = (text: string, memoryId = 'default'): IngestWork => ({ memoryId, input: { text } })

/** A double of the ingest: notes what it was asked for, and goes on when it is let. */
function doubleOfIngest() {
  const begun: string[] = []
  const askedAt: Date[] = []
  const gates = new Map<string, () => void>()
  const opened = new Set<string>()
  let isOpen = false
  const run: IngestRunner = (_, { input }, { askedAt: at, signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const { text } = input as { readonly text: string }
      begun.push(text)
      askedAt.push(at)
      onProgress(0, 2)
      const result: Ingested = text.startsWith('half') ? { ...ingested, status: 'partial', failed: 1 } : ingested
      const end = () => (text.startsWith('bad') ? reject(new Error('text of a user')) : resolve(result))
      signal.addEventListener('abort', () => reject(signal.reason))
      if (isOpen || opened.has(text)) end()
      else gates.set(text, end)
    })
  return {
    run,
    begun,
    askedAt,
    letGo(text: string) {
      opened.add(text)
      gates.get(text)?.()
    },
    letAllGo() {
      isOpen = true
      for (const go of gates.values()) go()
    },
  }
}

const never = new AbortController().signal

async function until(jobs: UserJobs, id: string, isIt: (job: Job) => boolean): Promise<Job> {
  for await (const job of jobs.watch(id, never)) if (isIt(job)) return job
  throw new Error('The job ended otherwise.')
}

const ended = (jobs: UserJobs, id: string) => until(jobs, id, ({ endedAt }) => endedAt !== undefined)
const active = (jobs: UserJobs, id: string) => until(jobs, id, ({ status, total }) => status === 'active' && total > 0)

for (const [name, making, isThere] of queues) {
  describe.skipIf(!isThere)(`a queue ${name}`, () => {
    const opened = async (limits: Partial<QueueLimits> = {}) => {
      const ingest = doubleOfIngest()
      const queue = await making(ingest.run, { concurrency: 1, mostWaiting: 100, mostBytes, ...limits })
      onTestFinished(() => ingest.letAllGo())
      return { ...ingest, queue, alice: queue.open('alice'), bob: queue.open('bob'), carol: queue.open('carol', 2) }
    }

    test('does what it is given, and says how far it is', async () => {
      const { alice, letGo } = await opened()
      const { id } = await alice.submit(workOf('one'), undefined)
      expect(await active(alice, id)).toMatchObject({ status: 'active', done: 0, total: 2, memoryId: 'default' })
      letGo('one')
      expect(await ended(alice, id)).toMatchObject({ status: 'done', result: ingested })
      expect(await alice.list()).toMatchObject([{ id, status: 'done' }])
    })

    test('lists the newest first', async () => {
      const { alice } = await opened()
      const ids: string[] = []
      for (const text of ['one', 'two', 'three']) ids.unshift((await alice.submit(workOf(text), undefined)).id)
      expect((await alice.list()).map(({ id }) => id)).toEqual(ids)
    })

    test('lets users take turns', async () => {
      const { alice, bob, begun, letAllGo } = await opened()
      const first = await alice.submit(workOf('a0'), undefined)
      await active(alice, first.id)
      for (const text of ['a1', 'a2', 'a3', 'a4']) await alice.submit(workOf(text), undefined)
      const last = [await bob.submit(workOf('b1'), undefined), await bob.submit(workOf('b2'), undefined)] as const
      letAllGo()
      await ended(bob, last[1].id)
      expect(begun.slice(0, 5)).toEqual(['a0', 'a1', 'b1', 'a2', 'b2'])
    })

    test('gives a user of twice the weight twice the turns', async () => {
      const { alice, begun, letAllGo, carol } = await opened()
      await active(alice, (await alice.submit(workOf('a0'), undefined)).id)
      for (const text of ['a1', 'a2', 'a3', 'a4']) await alice.submit(workOf(text), undefined)
      for (const text of ['c1', 'c2', 'c3', 'c4']) await carol.submit(workOf(text), undefined)
      letAllGo()
      for (const { id } of await alice.list()) await ended(alice, id)
      expect(begun).toEqual(['a0', 'c1', 'a1', 'c2', 'c3', 'a2', 'c4', 'a3', 'a4'])
    })

    test('lets who called all off begin anew beside others', async () => {
      const { alice, bob, begun, letAllGo } = await opened()
      await active(alice, (await alice.submit(workOf('a0'), undefined)).id)
      for (const text of ['a1', 'a2', 'a3', 'a4']) await alice.submit(workOf(text), undefined)
      for (const { id, status } of await alice.list()) if (status === 'waiting') await alice.cancel(id)
      for (const text of ['a5', 'a6']) await alice.submit(workOf(text), undefined)
      for (const text of ['b1', 'b2']) await bob.submit(workOf(text), undefined)
      letAllGo()
      for (const jobs of [alice, bob]) for (const { id } of await jobs.list()) await ended(jobs, id)
      expect(begun).toEqual(['a0', 'a5', 'b1', 'a6', 'b2'])
    })

    test("knows nothing of another's jobs", async () => {
      const { alice, bob } = await opened()
      const { id } = await alice.submit(workOf('one'), 'key')
      for (const unknown of [await bob.get(id), await bob.cancel(id), await bob.retry(id)]) expect(unknown).toBeUndefined()
      for await (const job of bob.watch(id, never)) expect(job).toBeUndefined()
      expect(await bob.list()).toEqual([])
      expect((await bob.submit(workOf('other'), 'key')).status).not.toBe('failed')
      expect(await alice.get(id)).toMatchObject({ id })
    })

    test('takes the same key for the same job, and refuses it for other work', async () => {
      const { alice, begun, letAllGo } = await opened()
      const first = await alice.submit(workOf('one'), 'key')
      expect((await alice.submit(workOf('one'), 'key')).id).toBe(first.id)
      await expect(alice.submit(workOf('two'), 'key')).rejects.toMatchObject({ problem: { status: 422 } })
      letAllGo()
      await ended(alice, first.id)
      expect(await alice.submit(workOf('one'), 'key')).toMatchObject({ id: first.id, status: 'done' })
      expect(begun).toEqual(['one'])
    })

    test('refuses who has too much waiting, and nobody else', async () => {
      const { alice, bob } = await opened({ mostWaiting: 2 })
      await active(alice, (await alice.submit(workOf('a0'), undefined)).id)
      for (const text of ['a1', 'a2']) await alice.submit(workOf(text), undefined)
      await expect(alice.submit(workOf('a3'), undefined)).rejects.toMatchObject({
        problem: { status: 429, headers: { 'retry-after': expect.any(String) } },
      })
      expect(await bob.submit(workOf('b1'), undefined)).toMatchObject({ status: 'waiting' })
    })

    test('calls off what waits, and does it when it is tried again', async () => {
      const { alice, begun, letAllGo } = await opened()
      await active(alice, (await alice.submit(workOf('a0'), undefined)).id)
      const { id } = await alice.submit(workOf('a1'), undefined)
      expect(await alice.cancel(id)).toMatchObject({ status: 'cancelled', endedAt: expect.any(String) })
      const last = await alice.submit(workOf('a2'), undefined)
      letAllGo()
      await ended(alice, last.id)
      expect(begun).toEqual(['a0', 'a2'])
      await alice.retry(id)
      expect(await ended(alice, id)).toMatchObject({ status: 'done' })
    })

    test('calls off what is at work, and leaves what has ended as it is', async () => {
      const { alice } = await opened()
      const { id } = await alice.submit(workOf('one'), undefined)
      await active(alice, id)
      await alice.cancel(id)
      const cancelled = await ended(alice, id)
      expect(cancelled.status).toBe('cancelled')
      expect(await alice.cancel(id)).toEqual(cancelled)
    })

    test('says why a job failed, without what the error says, and tries it again when it is told to', async () => {
      const { alice, begun, letAllGo } = await opened()
      letAllGo()
      const { id } = await alice.submit(workOf('bad one'), undefined)
      const failed = await ended(alice, id)
      expect(failed).toMatchObject({ status: 'failed', problem: { status: 500 } })
      expect(JSON.stringify(failed)).not.toContain('text of a user')
      await alice.retry(id)
      await ended(alice, id)
      expect(begun).toEqual(['bad one', 'bad one'])
    })

    test('tries a job that failed again when the same key comes again, and says that it was asked for when it was', async () => {
      const { alice, askedAt, letAllGo } = await opened()
      letAllGo()
      const before = Date.now()
      const { id } = await alice.submit(workOf('bad one'), 'key')
      await ended(alice, id)
      const [first] = askedAt
      expect(first?.getTime()).toBeGreaterThanOrEqual(before)
      while (Date.now() <= (first?.getTime() ?? 0)) await wait(1)
      expect(await alice.submit(workOf('bad one'), 'key')).toMatchObject({ id, status: expect.stringMatching(/waiting|active/) })
      await ended(alice, id)
      await alice.retry(id)
      await ended(alice, id)
      expect(askedAt).toEqual([first, first, first])
    })

    test('does again what was done in part, when it is told to or the same key comes, and nothing that was done', async () => {
      const { alice, begun, letAllGo } = await opened()
      letAllGo()
      const { id } = await alice.submit(workOf('half'), 'key')
      expect(await ended(alice, id)).toMatchObject({ status: 'done', result: { status: 'partial' } })
      await alice.retry(id)
      await ended(alice, id)
      await alice.submit(workOf('half'), 'key')
      await ended(alice, id)
      const whole = await alice.submit(workOf('one'), 'other key')
      await ended(alice, whole.id)
      await alice.retry(whole.id)
      await alice.submit(workOf('one'), 'other key')
      expect(await alice.get(whole.id)).toMatchObject({ status: 'done' })
      expect(begun).toEqual(['half', 'half', 'half', 'one'])
    })

    test('keeps so many bytes of one user, drops what has ended for them, and takes one job however long', async () => {
      const { alice, bob, begun, letAllGo, letGo } = await opened({ mostBytes: 1_000 })
      const long = (name: string, length: number) => workOf(name + 'x'.repeat(length))
      letGo(`bad${'x'.repeat(500)}`)
      const failed = await alice.submit(long('bad', 500), undefined)
      await ended(alice, failed.id)
      const tooLong = await alice.submit(long('a1', 2_000), undefined)
      await active(alice, tooLong.id)
      expect(await alice.retry(failed.id)).toMatchObject({ status: 'failed' })
      await expect(alice.submit(workOf('a2'), undefined)).rejects.toMatchObject({ problem: { status: 429, code: 'too-much-waiting' } })
      await bob.submit(workOf('b1'), undefined)
      letAllGo()
      await ended(alice, tooLong.id)
      const next = await alice.submit(workOf('a2'), undefined)
      await ended(alice, next.id)
      expect(begun.map((text) => text.slice(0, 2))).toEqual(['ba', 'a1', 'b1', 'a2'])
    })

    test('knows a thousand jobs of a user that have ended, and forgets the oldest for others', { timeout: 120_000 }, async () => {
      const { alice, letAllGo } = await opened({ mostWaiting: 10 })
      letAllGo()
      const ids: string[] = []
      for (let count = 0; count < 1_015; count++) {
        const { id } = await alice.submit(workOf(`a${count}`), undefined)
        await ended(alice, id)
        ids.push(id)
      }
      const kept = (await alice.list()).map(({ id }) => id)
      expect(kept).toEqual(ids.toReversed().slice(0, 1_010))
      expect(await alice.get(ids[0] ?? '')).toBeUndefined()
    })

    test('lists jobs in pages', async () => {
      const { alice } = await opened()
      const ids: string[] = []
      for (const text of ['one', 'two', 'three']) ids.unshift((await alice.submit(workOf(text), undefined)).id)
      expect((await alice.list({ limit: 2 })).map(({ id }) => id)).toEqual(ids.slice(0, 2))
      expect((await alice.list({ limit: 2, after: ids[1] })).map(({ id }) => id)).toEqual(ids.slice(2))
      await expect(alice.list({ limit: 2, after: 'unknown' })).rejects.toMatchObject({ problem: { status: 404 } })
    })

    test('lets go of those who watch a job when it is told to, and does the job', async () => {
      const { alice, queue, letAllGo } = await opened()
      const { id } = await alice.submit(workOf('one'), undefined)
      await active(alice, id)
      const seen: Job[] = []
      const watched = (async () => {
        for await (const job of alice.watch(id, never)) seen.push(job)
      })()
      await vi.waitFor(() => expect(seen).toHaveLength(1))
      queue.endWatches()
      await watched
      for await (const job of alice.watch(id, never)) seen.push(job)
      expect(seen.map(({ status }) => status)).toEqual(['active', 'active'])
      letAllGo()
      while ((await alice.get(id))?.status !== 'done') await wait(5)
    })

    test("erases a user's jobs, those at work too, and nobody else's", async () => {
      const { alice, bob, begun, letAllGo } = await opened()
      const atWork = await alice.submit(workOf('a0'), undefined)
      await active(alice, atWork.id)
      await alice.submit(workOf('a1'), undefined)
      const others = await bob.submit(workOf('b1'), undefined)
      expect(await alice.erase()).toBe(2)
      expect(await alice.list()).toEqual([])
      expect(await alice.get(atWork.id)).toBeUndefined()
      letAllGo()
      await ended(bob, others.id)
      expect(begun).toEqual(['a0', 'b1'])
    })

    test('erases the jobs of one memory', async () => {
      const { alice } = await opened()
      await active(alice, (await alice.submit(workOf('a0', 'kept'), undefined)).id)
      await alice.submit(workOf('a1', 'gone'), undefined)
      expect(await alice.erase('gone')).toBe(1)
      expect(await alice.list()).toMatchObject([{ memoryId: 'kept' }])
    })
  })
}

/** A double of the ingest of who waits for turns: each begins when it is let. */
function doubleOfTurns() {
  const called: string[] = []
  const gates = new Map<string, () => void>()
  const run: IngestRunner = (_, { input }, { signal }) => {
    const { text } = input as { readonly text: string }
    called.push(text)
    return new Promise((resolve, reject) => {
      gates.set(text, () => resolve(ingested))
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { run, called, begin: (text: string) => gates.get(text)?.() }
}

describe('a queue in the process', () => {
  test('knows a job for a day after its end, however long it waited, and no longer', async () => {
    const ingest = doubleOfIngest()
    const day = 24 * 3_600_000
    let now = Date.now()
    const alice = processQueue(ingest.run, { concurrency: 1, mostWaiting: 100, mostBytes }, () => now).open('alice')
    const ids = [(await alice.submit(workOf('one'), undefined)).id, (await alice.submit(workOf('two'), undefined)).id] as const
    now += 2 * day
    ingest.letGo('one')
    await ended(alice, ids[0])
    now += day
    expect(await alice.list()).toMatchObject([
      { id: ids[1], status: 'active' },
      { id: ids[0], status: 'done' },
    ])
    now += 60_000
    expect(await alice.get(ids[0])).toBeUndefined()
    expect(await alice.list()).toMatchObject([{ id: ids[1], status: 'active' }])
    ingest.letAllGo()
  })

  test('has no more than one job of a user wait for a turn, and no other user wait for that', async () => {
    const { run, called } = doubleOfTurns()
    const queue = processQueue(run, { concurrency: 2, mostWaiting: 100, mostBytes })
    const [alice, bob] = [queue.open('alice'), queue.open('bob')]
    for (const text of ['a0', 'a1']) await alice.submit(workOf(text), undefined)
    await bob.submit(workOf('b0'), undefined)
    expect(called).toEqual(['a0', 'b0'])
    for (const jobs of [alice, bob]) await jobs.erase()
  })
})

describe.skipIf(redis === undefined)('a queue in Redis, beside who is held back,', () => {
  test('has no more than one of their jobs wait for a turn, no other user wait for that, and does the others later', async () => {
    const { run, called, begin } = doubleOfTurns()
    // BullMQ looks for those whose time has come once a second, where nothing else wakes it.
    const patience = { timeout: 20_000 }
    let isHeld = false
    let timesHeld = 0
    const heldMs = (user: HashedUser) => {
      if (!isHeld || user !== hashedUser('alice')) return 0
      timesHeld += 1
      return 50
    }
    const queue = await inRedis(run, { concurrency: 2, mostWaiting: 100, mostBytes }, freshPrefix(), { heldMs })
    const [alice, bob] = [queue.open('alice'), queue.open('bob')]
    const ids: string[] = []
    for (const text of ['a0', 'a1', 'a2']) ids.push((await alice.submit(workOf(text), undefined)).id)
    await vi.waitFor(() => expect(called).toEqual(['a0']))
    isHeld = true
    for (const text of ['b0', 'b1']) await bob.submit(workOf(text), undefined)
    await vi.waitFor(() => expect(called).toEqual(['a0', 'b0']))
    begin('b0')
    await vi.waitFor(() => expect(called).toEqual(['a0', 'b0', 'b1']))
    begin('b1')
    begin('a0')
    await ended(alice, ids[0] ?? '')
    // They come and go as long as they are held: each time it is asked twice.
    const before = timesHeld
    await vi.waitFor(() => expect(timesHeld).toBeGreaterThanOrEqual(before + 4), patience)
    expect(called).toHaveLength(3)
    expect((await alice.list()).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'done'])
    isHeld = false
    await vi.waitFor(() => expect(called).toHaveLength(4), patience)
    begin(called[3] ?? '')
    await vi.waitFor(() => expect(called).toHaveLength(5), patience)
    begin(called[4] ?? '')
    for (const id of ids) expect(await ended(alice, id)).toMatchObject({ status: 'done' })
  })
})

describe.skipIf(redis === undefined)('a queue in Redis, of several processes,', () => {
  const limits = { concurrency: 1, mostWaiting: 100, mostBytes }

  test('is one: what one takes in another does, tells of and calls off', async () => {
    const prefix = freshPrefix()
    const ingest = doubleOfIngest()
    const first = (await inRedis(ingest.run, limits, prefix)).open('alice')
    const second = (await inRedis(ingest.run, limits, prefix)).open('alice')
    onTestFinished(() => ingest.letAllGo())
    const ids = [(await first.submit(workOf('one'), undefined)).id, (await first.submit(workOf('two'), undefined)).id] as const
    for (const id of ids) await active(second, id)
    for (const id of ids) await second.cancel(id)
    for (const id of ids) expect(await ended(first, id)).toMatchObject({ status: 'cancelled' })
  })

  test('ends its job when it is closed, and leaves what waits to the others', async () => {
    const prefix = freshPrefix()
    const ingest = doubleOfIngest()
    const connected = await connectRedis(redis?.url ?? '', prefix)
    const closing = redisQueue(ingest.run, limits, connected)
    const alice = closing.open('alice')
    const first = await alice.submit(workOf('one'), undefined)
    await active(alice, first.id)
    const second = await alice.submit(workOf('two'), undefined)
    const closed = closing[Symbol.asyncDispose]()
    ingest.letGo('one')
    await closed
    await connected[Symbol.asyncDispose]()
    const other = (await inRedis(ingest.run, limits, prefix)).open('alice')
    ingest.letGo('two')
    expect(await other.get(first.id)).toMatchObject({ status: 'done' })
    expect(await ended(other, second.id)).toMatchObject({ status: 'done' })
    expect(ingest.begun).toEqual(['one', 'two'])
  })

  const quick: RedisQueueOptions = { lockMs: 200, mostKills: 3 }

  /** Alice's jobs in a process that can be killed: nothing is left of it that speaks to Redis. */
  async function killable(run: IngestRunner, prefix: string): Promise<{ readonly alice: UserJobs; readonly kill: () => void }> {
    const connected = await connectRedis(redis?.url ?? '', prefix)
    const connections = [connected.commands]
    const connect = () => {
      const connection = connected.connect()
      connections.push(connection)
      return connection
    }
    const queue = redisQueue(run, limits, { ...connected, connect }, quick)
    const kill = () => {
      for (const connection of connections) connection.disconnect()
    }
    return { alice: queue.open('alice'), kill }
  }

  test('does a job again whose process was killed at it, and says that it was asked for when it was', async () => {
    const prefix = freshPrefix()
    const killed = doubleOfIngest()
    const first = await killable(killed.run, prefix)
    const { id } = await first.alice.submit(workOf('one'), undefined)
    await active(first.alice, id)
    first.kill()
    const other = doubleOfIngest()
    other.letAllGo()
    const second = (await inRedis(other.run, limits, prefix, quick)).open('alice')
    expect(await ended(second, id)).toMatchObject({ status: 'done' })
    expect(other.askedAt).toEqual(killed.askedAt)
  })

  test('gives a job up at which four processes were killed, one after the other, until it is asked for again', async () => {
    const prefix = freshPrefix()
    const ingest = doubleOfIngest()
    let id = ''
    for (let kills = 0; kills < 4; kills++) {
      const { alice, kill } = await killable(ingest.run, prefix)
      id = (await alice.submit(workOf('one'), 'key')).id
      while (ingest.begun.length <= kills) await wait(10)
      kill()
    }
    const alice = (await inRedis(ingest.run, limits, prefix, quick)).open('alice')
    expect(await ended(alice, id)).toMatchObject({ status: 'failed', problem: { type: 'urn:graphmem:problem:job-lost' } })
    ingest.letAllGo()
    await alice.submit(workOf('one'), 'key')
    expect(await ended(alice, id)).toMatchObject({ status: 'done' })
    expect(ingest.begun).toHaveLength(5)
  })

  test('does what a process put in the line that was killed before it had it taken up', async () => {
    const prefix = freshPrefix()
    const connected = await connectRedis(redis?.url ?? '', prefix)
    onTestFinished(() => connected[Symbol.asyncDispose]())
    const name = { user: hashedUser('alice'), id: 'left' }
    await new RedisJobs(connected).enter(name, { userId: 'alice', work: workOf('one'), weight: 1 }, { mostWaiting: 1, mostBytes })
    const ingest = doubleOfIngest()
    ingest.letAllGo()
    const alice = (await inRedis(ingest.run, limits, prefix)).open('alice')
    expect(await ended(alice, name.id)).toMatchObject({ status: 'done' })
    expect(ingest.begun).toEqual(['one'])
  })

  test('tells of a job as it went, though Redis was away when it ended, and does what it was to begin then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'graphmem-queue-'))
    const port = await freePort()
    const args = [...redisArguments(port, folder)]
    args.splice(args.indexOf('--appendonly') + 1, 1, 'yes')
    const start = () => childServer({ command: 'redis-server', args, readyWhen: /Ready to accept connections/, timeoutMs: 20_000 })
    let server = await start()
    onTestFinished(async () => {
      await server.stop()
      rmSync(folder, { recursive: true })
    })
    const connected = await connectRedis(`redis://127.0.0.1:${port}`, freshPrefix())
    const ingest = doubleOfIngest()
    const queue = redisQueue(ingest.run, limits, connected)
    onTestFinished(async () => {
      await queue[Symbol.asyncDispose]()
      await connected[Symbol.asyncDispose]()
    })
    const alice = queue.open('alice')
    const [one, two] = [await alice.submit(workOf('one'), undefined), await alice.submit(workOf('two'), undefined)]
    await active(alice, one.id)
    await server.stop()
    ingest.letAllGo()
    await wait(1_500)
    server = await start()
    const status = async (id: string) => (await alice.get(id).catch(() => undefined))?.status
    for (const { id } of [one, two]) await vi.waitFor(async () => expect(await status(id)).toBe('done'), { timeout: 25_000 })
    expect(ingest.begun).toEqual(['one', 'two'])
  })

  test('erases what entered while it erased', async () => {
    const prefix = freshPrefix()
    const ingest = doubleOfIngest()
    const alice = (await inRedis(ingest.run, limits, prefix)).open('alice')
    await active(alice, (await alice.submit(workOf('one'), undefined)).id)
    const erased = alice.erase()
    await alice.submit(workOf('bad two'), undefined)
    await erased
    expect(await alice.list()).toHaveLength(1)
    expect(await alice.erase()).toBe(1)
    const client = new Redis(redis?.url ?? '')
    onTestFinished(() => client.disconnect())
    expect((await client.keys(`${prefix}:*`)).filter((key) => /:(job|work|jobs|waiting|sizes):/.test(key))).toEqual([])
  })

  test('names nobody in its keys, and has no text of what is done, and nothing of who was erased', async () => {
    const prefix = freshPrefix()
    const ingest = doubleOfIngest()
    const alice = (await inRedis(ingest.run, limits, prefix)).open('alice@example.com')
    ingest.letAllGo()
    const { id } = await alice.submit(workOf('Marigold hid it'), undefined)
    await ended(alice, id)
    const client = new Redis(redis?.url ?? '')
    onTestFinished(() => client.disconnect())
    const keys = await client.keys(`${prefix}:*`)
    expect(keys.length).toBeGreaterThan(2)
    expect(keys.join()).not.toMatch(/alice|Marigold/)
    expect(await client.keys(`${prefix}:work:*`)).toEqual([])
    await alice.erase()
    expect((await client.keys(`${prefix}:*`)).filter((key) => /:(job|work|jobs|waiting|sizes):/.test(key))).toEqual([])
  })
})
