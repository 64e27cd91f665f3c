import type { ServerRedis } from '../redis/server-redis.ts'
import type { HashedUser } from '../who/hashed-user.ts'
import type { Attempt } from './attempt.ts'
import { hashOfWork } from './hash-of-work.ts'
import { type IngestWork, type Job, job, keptMs } from './job.ts'
import { type JobName, labelOf } from './job-name.ts'
import { beginScript, cancelScript, endScript, enterScript, progressScript, retryScript } from './redis-scripts.ts'
import { turnLength } from './turn-length.ts'

/** How long a job waits at most, before it is forgotten. */
const waitMs = 7 * keptMs

export interface StoredJob {
  readonly job: Job
  /** Which try it is, from 1. */
  readonly attempt: string
  /** Whose turn it is: the smallest goes first. */
  readonly tag: number
  /** A hash of the work. */
  readonly hash: string
}

const isoNow = () => new Date().toISOString()

/** What is known of jobs, in Redis. Each call is one step there. */
export class RedisJobs {
  readonly changes: string
  readonly stops: string
  readonly #redis: ServerRedis

  constructor(redis: ServerRedis) {
    this.#redis = redis
    this.changes = `${redis.prefix}:changes`
    this.stops = `${redis.prefix}:stops`
  }

  async enter(
    { user, id }: JobName,
    {
      userId,
      work,
      mostWaiting,
      weight,
    }: { readonly userId: string; readonly work: IngestWork; readonly mostWaiting: number; readonly weight: number },
  ): Promise<'entered' | 'known' | 'full'> {
    const content = JSON.stringify({ userId, work, askedAt: Date.now() })
    const entered = await this.#run(
      enterScript,
      [this.#job(user, id), this.#work(user, id), this.#jobs(user), this.#waiting(user), this.#line, this.#fair],
      [id, user, work.memoryId, hashOfWork(work), content, isoNow(), mostWaiting, waitMs, turnLength(weight)],
    )
    return entered as 'entered' | 'known' | 'full'
  }

  async get({ user, id }: JobName): Promise<StoredJob | undefined> {
    return storedOf(await this.#redis.commands.hgetall(this.#job(user, id)))
  }

  /** The newest first. */
  async list(user: HashedUser): Promise<readonly StoredJob[]> {
    const ids = await this.#redis.commands.zrevrange(this.#jobs(user), 0, -1)
    const found = await Promise.all(ids.map((id) => this.get({ user, id })))
    const forgotten = ids.filter((_, place) => found[place] === undefined)
    if (forgotten.length > 0) await this.#redis.commands.zrem(this.#jobs(user), ...forgotten)
    return found.filter((each) => each !== undefined)
  }

  /** How many jobs of a user wait. */
  async waitingOf(user: HashedUser): Promise<number> {
    return this.#redis.commands.scard(this.#waiting(user))
  }

  /** All jobs that wait, of all users. */
  async *inLine(): AsyncGenerator<JobName> {
    let cursor = '0'
    do {
      const [next, labels] = await this.#redis.commands.sscan(this.#line, cursor, 'COUNT', 100)
      for (const [user = '', id = ''] of labels.map((label) => label.split(':'))) yield { user: user as HashedUser, id }
      cursor = next
    } while (cursor !== '0')
  }

  async retry({ user, id }: JobName, weight: number): Promise<void> {
    const keys = [this.#job(user, id), this.#work(user, id), this.#waiting(user), this.#line, this.#fair]
    await this.#run(retryScript, keys, [id, user, isoNow(), waitMs, this.changes, turnLength(weight)])
  }

  async begin({ user, id, attempt }: Attempt): Promise<'begun' | 'stopped' | 'gone'> {
    const keys = [this.#job(user, id), this.#waiting(user), this.#line, this.#fair]
    return (await this.#run(beginScript, keys, [id, user, attempt, this.changes])) as 'begun' | 'stopped' | 'gone'
  }

  /** What is to be done, for whom, and when it was asked for first, in milliseconds; `undefined` when it waited too long. */
  async work({ user, id }: JobName): Promise<{ readonly userId: string; readonly work: IngestWork; readonly askedAt: number } | undefined> {
    const content = await this.#redis.commands.get(this.#work(user, id))
    return content === null ? undefined : JSON.parse(content)
  }

  /** @returns whether it was called off meanwhile */
  async progress({ user, id, attempt }: Attempt, done: number, total: number): Promise<boolean> {
    return (await this.#run(progressScript, [this.#job(user, id)], [id, user, attempt, done, total, this.changes])) === 1
  }

  async end({ user, id, attempt }: Attempt, ended: Pick<Job, 'status' | 'result' | 'problem'>): Promise<void> {
    const { status, result, problem } = ended
    const [field, content] = result !== undefined ? ['result', result] : problem !== undefined ? ['problem', problem] : ['', '']
    await this.#run(
      endScript,
      [this.#job(user, id), this.#work(user, id), this.#waiting(user), this.#line],
      [id, user, attempt, status, isoNow(), field, JSON.stringify(content), keptMs, this.changes],
    )
  }

  async cancel({ user, id }: JobName): Promise<void> {
    const keys = [this.#job(user, id), this.#work(user, id), this.#waiting(user), this.#line]
    await this.#run(cancelScript, keys, [id, user, isoNow(), keptMs, this.changes, this.stops])
  }

  async forget({ user, id }: JobName): Promise<void> {
    await this.#redis.commands
      .multi()
      .del(this.#job(user, id), this.#work(user, id))
      .zrem(this.#jobs(user), id)
      .srem(this.#waiting(user), id)
      .srem(this.#line, labelOf({ user, id }))
      .exec()
  }

  async forgetUser(user: HashedUser): Promise<void> {
    await this.#redis.commands.multi().del(this.#jobs(user), this.#waiting(user)).hdel(this.#fair, user).exec()
  }

  async #run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.#redis.commands.eval(script, keys.length, ...keys, ...args)
  }

  #job(user: HashedUser, id: string): string {
    return `${this.#redis.prefix}:job:${user}:${id}`
  }

  #work(user: HashedUser, id: string): string {
    return `${this.#redis.prefix}:work:${user}:${id}`
  }

  #jobs(user: HashedUser): string {
    return `${this.#redis.prefix}:jobs:${user}`
  }

  #waiting(user: HashedUser): string {
    return `${this.#redis.prefix}:waiting:${user}`
  }

  get #line(): string {
    return `${this.#redis.prefix}:line`
  }

  get #fair(): string {
    return `${this.#redis.prefix}:fair`
  }
}

function storedOf(fields: Readonly<Record<string, string>>): StoredJob | undefined {
  const { id, memoryId, status, done, total, createdAt, endedAt, result, problem, attempt, tag, hash } = fields
  if (attempt === undefined || hash === undefined) return undefined
  return {
    job: job.parse({
      ...{ id, memoryId, status, createdAt, endedAt },
      ...{ done: Number(done), total: Number(total) },
      ...(result === undefined ? {} : { result: JSON.parse(result) }),
      ...(problem === undefined ? {} : { problem: JSON.parse(problem) }),
    }),
    attempt,
    tag: Number(tag),
    hash,
  }
}
