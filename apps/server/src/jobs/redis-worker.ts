import { setTimeout as wait } from 'node:timers/promises'
import { DelayedError, type Job as QueuedJob, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import type { ServerRedis } from '../redis/server-redis.ts'
import type { HashedUser } from '../who/hashed-user.ts'
import { type Attempt, attemptOptions, attemptQueue } from './attempt.ts'
import type { IngestRunner } from './ingest-queue.ts'
import type { Job } from './job.ts'
import { labelOf } from './job-name.ts'
import { OneCalled } from './one-called.ts'
import { lostJob } from './queue-problems.ts'
import { RedisJobs } from './redis-jobs.ts'

export interface RedisWorkerOptions {
  /** Jobs at work at once, of all users, in this process. */
  readonly concurrency: number
  /** For how long a job is its process's without a word of it, in milliseconds. Default 15,000 */
  readonly lockMs?: number
  /** A job at which more processes than this were killed has failed: it may be what kills them. Default 10 */
  readonly mostKills?: number
  /** For how many milliseconds a user is held back in this process; 0 for who is not. */
  readonly heldMs?: (user: HashedUser) => number
}

/** How often it is looked whether a user is held back by now, in milliseconds. */
const lookMs = 10
/** When a job of a user who is held back comes again, at the latest. */
const longestBackMs = 20_000

/** Does in this process what waits in Redis. It ends when its own jobs at work are done. */
export class RedisWorker implements AsyncDisposable {
  readonly #run: IngestRunner
  readonly #jobs: RedisJobs
  readonly #heldMs: (user: HashedUser) => number
  readonly #called = new OneCalled()
  readonly #atWork = new Map<string, AbortController>()
  readonly #performing = new Set<Promise<void>>()
  readonly #connection: Redis
  /** What is told of jobs waits until Redis is there: a job that was accepted is not lost, nor is it told otherwise than it went. */
  readonly #patient: Redis
  readonly #worker: Worker<Attempt>

  constructor(
    run: IngestRunner,
    redis: ServerRedis,
    { concurrency, lockMs = 15_000, mostKills = 10, heldMs = () => 0 }: RedisWorkerOptions,
  ) {
    this.#run = run
    this.#patient = redis.connect()
    this.#jobs = new RedisJobs({ prefix: redis.prefix, commands: this.#patient })
    this.#heldMs = heldMs
    this.#connection = redis.connect()
    this.#worker = new Worker(attemptQueue, (queued, token) => this.#tracked(this.#perform(queued, token)), {
      ...attemptOptions(redis),
      ...{ connection: this.#connection, concurrency },
      ...{ lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: mostKills },
      ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
    })
    this.#worker.on('error', () => undefined)
    this.#worker.on('failed', (failed) => {
      if (failed === undefined) return
      const ended = { status: 'failed', problem: problemBody(lostJob().problem) } as const
      this.#jobs.end(failed.data, ended).catch(() => undefined)
    })
  }

  /** Calls a job off that is at work here. */
  stop(label: string): void {
    this.#atWork.get(label)?.abort()
  }

  #tracked(work: Promise<void>): Promise<void> {
    const over = work.finally(() => this.#performing.delete(over))
    this.#performing.add(over)
    return over
  }

  async #perform(queued: QueuedJob<Attempt>, token: string | undefined): Promise<void> {
    const attempt = queued.data
    const letNext = await this.#call(attempt.user)
    if (letNext === undefined) return this.#putBack(queued, token)
    const stop = new AbortController()
    this.#atWork.set(labelOf(attempt), stop)
    try {
      const begun = await this.#jobs.begin(attempt)
      if (begun === 'stopped') await this.#jobs.end(attempt, { status: 'cancelled' })
      if (begun === 'begun') await this.#jobs.end(attempt, await this.#outcome(attempt, stop, letNext))
    } finally {
      letNext()
      this.#atWork.delete(labelOf(attempt))
    }
  }

  /**
   * Waits until no other job of the user waits for a turn.
   *
   * @returns what to call once this one has its turn, or needs none; `undefined` where the user is held back
   */
  async #call(user: HashedUser): Promise<(() => void) | undefined> {
    while (this.#heldMs(user) === 0) {
      const other = this.#called.of(user)
      if (other === undefined) return this.#called.call(user)
      await Promise.race([other, wait(lookMs)])
    }
    return undefined
  }

  /** Gives its place to others. Those of one user come again one after the other, about as fast as they may begin. */
  async #putBack(queued: QueuedJob<Attempt>, token: string | undefined): Promise<never> {
    const { user } = queued.data
    const place = 1 + Math.random() * (await this.#jobs.waitingOf(user))
    await queued.moveToDelayed(Date.now() + Math.min(this.#heldMs(user) * place, longestBackMs), token)
    throw new DelayedError()
  }

  async #outcome(attempt: Attempt, stop: AbortController, letNext: () => void): Promise<Pick<Job, 'status' | 'result' | 'problem'>> {
    const onProgress = (done: number, total: number) => {
      letNext()
      void this.#jobs.progress(attempt, done, total).then(
        (isCalledOff) => isCalledOff && stop.abort(),
        () => undefined,
      )
    }
    try {
      const found = await this.#jobs.work(attempt)
      if (found === undefined) throw lostJob()
      const { userId, work, askedAt } = found
      const result = await this.#run(userId, work, { askedAt: new Date(askedAt), signal: stop.signal, onProgress })
      return { status: 'done', result }
    } catch (error) {
      if (stop.signal.aborted) return { status: 'cancelled' }
      return { status: 'failed', problem: problemBody(problemOf(error)) }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Of a Redis that is gone BullMQ would wait for ever, unless it is forced; our own jobs end without it.
    const isGone = this.#connection.status !== 'ready'
    if (isGone) this.#patient.disconnect()
    else this.#patient.once('close', () => this.#patient.disconnect())
    await Promise.race([this.#worker.close(isGone), gone(this.#connection)])
    await Promise.allSettled(this.#performing)
    this.#connection.disconnect()
    this.#patient.disconnect()
  }
}

function gone(connection: Redis): Promise<void> {
  return new Promise((resolve) => {
    connection.once('close', () => resolve())
  })
}
