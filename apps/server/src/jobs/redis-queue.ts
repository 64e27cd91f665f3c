import { setTimeout as wait } from 'node:timers/promises'
import { DelayedError, Queue, type Job as QueuedJob, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import { type ServerRedis, unlessRedisFails } from '../redis/server-redis.ts'
import { type HashedUser, hashedUser } from '../who/hashed-user.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { IngestQueue, IngestRunner, QueueLimits, UserJobs } from './ingest-queue.ts'
import { canBeRetried, hasEnded, isOfMemory, isTriedAgain, type Job } from './job.ts'
import { jobId } from './job-id.ts'
import { type JobName, labelOf } from './job-name.ts'
import { OneCalled } from './one-called.ts'
import { keyTaken, lostJob, stillAtWork, tooMuchWaiting } from './queue-problems.ts'
import { RedisJobs, type StoredJob } from './redis-jobs.ts'
import { Wakes } from './wakes.ts'
import { watchJob } from './watch-job.ts'

/** A turn of a job at work: what BullMQ knows of it. */
interface Turn extends JobName {
  readonly attempt: string
}

export interface RedisQueueOptions {
  /** For how long a job is its process's without a word of it, in milliseconds. */
  readonly lockMs?: number
  /** A job at which more processes than this were killed has failed: it may be what kills them. */
  readonly mostKills?: number
  /** For how many milliseconds a user is held back in this process; 0 for who is not. */
  readonly heldMs?: (user: HashedUser) => number
}

const queueName = 'ingest'
/** How long an erasure waits for jobs that it called off. */
const patienceMs = 30_000
/** How often it is looked whether a user is held back by now, in milliseconds. */
const lookMs = 10
/** When a job of a user who is held back comes again, at the latest. */
const longestBackMs = 20_000

/**
 * A queue in Redis, which several processes share: whichever has time takes the next job, and a job whose process was killed is taken by another,
 * `lockMs` and half as much later. It ends when its own jobs at work are done; what waits, waits.
 */
export function redisQueue(
  run: IngestRunner,
  { concurrency, mostWaiting }: QueueLimits,
  redis: ServerRedis,
  { lockMs = 15_000, mostKills = 10, heldMs = () => 0 }: RedisQueueOptions = {},
): IngestQueue {
  const jobs = new RedisJobs(redis)
  const atWork = new Map<string, AbortController>()
  const ours = { prefix: `${redis.prefix}:bull`, skipVersionCheck: true }
  const queue = new Queue<Turn>(queueName, { ...ours, connection: redis.commands })
  queue.on('error', () => undefined)

  const listener = redis.connect()
  const changes = new Wakes()
  const watchesEnd = new AbortController()
  listener.on('message', (channel, name) => {
    if (channel === jobs.changes) changes.wake(name)
    else atWork.get(name)?.abort()
  })
  // What was said while nobody listened is read now.
  listener.on('ready', () => changes.wakeAll())
  const listening = listener.subscribe(jobs.changes, jobs.stops).catch(() => undefined)

  const connection = redis.connect()
  const performing = new Set<Promise<void>>()
  const called = new OneCalled()
  const worker = new Worker<Turn>(queueName, (queued, token) => tracked(perform(queued, token)), {
    ...ours,
    ...{ connection, concurrency, lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: mostKills },
    ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
  })
  worker.on('error', () => undefined)
  worker.on('failed', (failed) => {
    if (failed === undefined) return
    const ended = { status: 'failed', problem: problemBody(lostJob().problem) } as const
    jobs.end(failed.data, failed.data.attempt, ended).catch(() => undefined)
  })

  let isClosing = false
  const calling = callAll().catch(() => undefined)

  function tracked(work: Promise<void>): Promise<void> {
    const over = work.finally(() => performing.delete(over))
    performing.add(over)
    return over
  }

  async function perform(queued: QueuedJob<Turn>, token: string | undefined): Promise<void> {
    const turn = queued.data
    const hasTurn = await enter(turn.user)
    if (hasTurn === undefined) return putBack(queued, token)
    const stop = new AbortController()
    atWork.set(labelOf(turn), stop)
    try {
      const begun = await jobs.begin(turn, turn.attempt)
      if (begun === 'stopped') await jobs.end(turn, turn.attempt, { status: 'cancelled' })
      if (begun === 'begun') await jobs.end(turn, turn.attempt, await outcomeOf(turn, stop, hasTurn))
    } finally {
      hasTurn()
      atWork.delete(labelOf(turn))
    }
  }

  /**
   * Waits until no other job of the user waits for a turn.
   *
   * @returns what to call once this one has its turn, or needs none; `undefined` where the user is held back
   */
  async function enter(user: HashedUser): Promise<(() => void) | undefined> {
    while (heldMs(user) === 0) {
      const other = called.of(user)
      if (other === undefined) return called.call(user)
      await Promise.race([other, wait(lookMs)])
    }
    return undefined
  }

  /** Gives its place to others. Those of one user come again one after the other, about as fast as they may begin. */
  async function putBack(queued: QueuedJob<Turn>, token: string | undefined): Promise<never> {
    const { user } = queued.data
    const place = 1 + Math.random() * (await jobs.waitingOf(user))
    await queued.moveToDelayed(Date.now() + Math.min(heldMs(user) * place, longestBackMs), token)
    throw new DelayedError()
  }

  async function outcomeOf(turn: Turn, stop: AbortController, hasTurn: () => void): Promise<Pick<Job, 'status' | 'result' | 'problem'>> {
    const onProgress = (done: number, total: number) => {
      hasTurn()
      void jobs.progress(turn, turn.attempt, done, total).then(
        (isCalledOff) => isCalledOff && stop.abort(),
        () => undefined,
      )
    }
    try {
      const found = await jobs.work(turn)
      if (found === undefined) throw lostJob()
      return {
        status: 'done',
        result: await run(found.userId, found.work, { askedAt: new Date(found.askedAt), signal: stop.signal, onProgress }),
      }
    } catch (error) {
      if (stop.signal.aborted) return { status: 'cancelled' }
      return { status: 'failed', problem: problemBody(problemOf(error)) }
    }
  }

  /** Has a waiting job taken up. The same again changes nothing. */
  async function call({ user, id }: JobName, { job, attempt, tag }: StoredJob): Promise<void> {
    if (job.status !== 'waiting') return
    await queue.add(queueName, { user, id, attempt }, { jobId: turnId({ user, id, attempt }), priority: tag })
  }

  /** Has a job taken up that waits, once it is in the line again where it is to be done again. */
  async function tryAgain(
    name: JobName,
    found: StoredJob,
    { weight, isAgain }: { readonly weight: number; readonly isAgain: boolean },
  ): Promise<StoredJob> {
    if (isAgain) await jobs.retry(name, weight)
    const latest = isAgain ? ((await jobs.get(name)) ?? found) : found
    await call(name, latest)
    return latest
  }

  /** Has what waits taken up that nobody will be called for, since a process was killed as it was about to. Forgets what waited too long. */
  async function callAll(): Promise<void> {
    for await (const name of jobs.inLine()) {
      if (isClosing) return
      const found = await jobs.get(name)
      if (found === undefined) await jobs.forget(name)
      else await call(name, found)
    }
  }

  function open(userId: string, weight = 1): UserJobs {
    const user = hashedUser(userId)
    const read = async (id: string) => (await unlessRedisFails(() => jobs.get({ user, id })))?.job

    function watch(id: string, until: AbortSignal): AsyncGenerator<Job> {
      const readOnceListening = () => listening.then(() => read(id))
      const signal = AbortSignal.any([until, watchesEnd.signal])
      return watchJob({ read: readOnceListening, changes, label: labelOf({ user, id }) }, signal)
    }

    async function callOff({ job, attempt }: StoredJob): Promise<void> {
      const name = { user, id: job.id }
      await jobs.cancel(name)
      // It has no turn any more; where it is at work already, it stays in BullMQ's hands until it has ended.
      if (job.status === 'waiting') await queue.remove(turnId({ ...name, attempt }))
    }

    return {
      watch,
      get: read,
      submit: (work, key) =>
        unlessRedisFails(async () => {
          const name = { user, id: jobId(key) }
          const entered = await jobs.enter(name, { userId, work, mostWaiting, weight })
          const found = entered === 'full' ? undefined : await jobs.get(name)
          if (found === undefined) throw tooMuchWaiting()
          if (found.hash !== hashOfWork(work)) throw keyTaken()
          return (await tryAgain(name, found, { weight, isAgain: isTriedAgain(found.job) })).job
        }),
      list: () => unlessRedisFails(async () => (await jobs.list(user)).map(({ job }) => job)),
      cancel: (id) =>
        unlessRedisFails(async () => {
          const found = await jobs.get({ user, id })
          if (found !== undefined) await callOff(found)
          return (await jobs.get({ user, id }))?.job
        }),
      retry: (id) =>
        unlessRedisFails(async () => {
          const name = { user, id }
          const found = await jobs.get(name)
          return found && (await tryAgain(name, found, { weight, isAgain: canBeRetried(found.job) })).job
        }),
      erase: (memoryId) =>
        unlessRedisFails(async () => {
          const gone = (await jobs.list(user)).filter(({ job }) => isOfMemory(job, memoryId))
          await Promise.all(gone.map(callOff))
          const patience = AbortSignal.timeout(patienceMs)
          for (const { job } of gone) {
            let latest: Job | undefined
            for await (latest of watch(job.id, patience));
            if (latest !== undefined && !hasEnded(latest)) throw stillAtWork()
            await jobs.forget({ user, id: job.id })
          }
          if (memoryId === undefined) await jobs.forgetUser(user)
          return gone.length
        }),
    }
  }

  return {
    open,
    endWatches: () => watchesEnd.abort(),
    async [Symbol.asyncDispose]() {
      isClosing = true
      await calling
      // Of a Redis that is gone BullMQ would wait for ever, unless it is forced; our own jobs end without it.
      const isGone = connection.status !== 'ready'
      await Promise.race([worker.close(isGone), gone(connection)])
      await Promise.allSettled(performing)
      await queue.close()
      connection.disconnect()
      listener.disconnect()
    },
  }
}

function gone(connection: Redis): Promise<void> {
  return new Promise((resolve) => {
    connection.once('close', () => resolve())
  })
}

function turnId({ user, id, attempt }: Turn): string {
  return `${user}-${id}-${attempt}`
}
