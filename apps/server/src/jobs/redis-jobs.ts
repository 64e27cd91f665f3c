import type { Redis } from 'ioredis'
import type { ServerRedis } from '../redis/server-redis.ts'
import type { HashedUser } from '../who/hashed-user.ts'
import type { Attempt } from './attempt.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { QueueLimits } from './ingest-queue.ts'
import { type IngestWork, isWhole, type Job, job, keptMs, mostEnded } from './job.ts'
import { type JobName, labelOf, nameOf } from './job-name.ts'
import { jobScripts } from './job-scripts.ts'
import { noSuchJob } from './queue-problems.ts'
import { turnLength } from './turn-length.ts'

const atATime = 100
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

/** What a Redis client has once the scripts are defined on it: then each is sent whole once a connection, and named by its hash after. */
type ScriptCommands = Record<keyof typeof jobScripts, (keys: number, ...keysAndArguments: (string | number)[]) => Promise<unknown>>

const isoNow = () => new Date().toISOString()

/** What is known of jobs, in Redis. Each call is one step there. */
export class RedisJobs {
  readonly changes: string
  readonly stops: string
  readonly #prefix: string
  readonly #commands: Redis & ScriptCommands

  constructor({ commands, prefix }: Pick<ServerRedis, 'commands' | 'prefix'>) {
    for (const [name, lua] of Object.entries(jobScripts)) commands.defineCommand(name, { lua })
    this.#commands = commands as Redis & ScriptCommands
    this.#prefix = prefix
    this.changes = `${prefix}:changes`
    this.stops = `${prefix}:stops`
  }

  /** @returns whether there was room for it, or it was there */
  async enter(
    name: JobName,
    { userId, work, weight }: { readonly userId: string; readonly work: IngestWork; readonly weight: number },
    { mostWaiting, mostBytes }: Pick<QueueLimits, 'mostWaiting' | 'mostBytes'>,
  ): Promise<boolean> {
    const { user, id } = name
    const content = JSON.stringify({ userId, work, askedAt: Date.now() })
    const entered = await this.#run(
      'enterJob',
      [this.#job(name), this.#work(name), this.#jobs(user), this.#waiting(user), this.#line, this.#fair, this.#sizes(user)],
      [
        ...[id, labelOf(name), user, work.memoryId, hashOfWork(work), content, isoNow(), mostWaiting, waitMs, turnLength(weight)],
        ...[Buffer.byteLength(content), mostBytes, mostWaiting + mostEnded, this.#job({ user, id: '' }), this.#work({ user, id: '' })],
      ],
    )
    return entered === 1
  }

  async get(name: JobName): Promise<StoredJob | undefined> {
    return storedOf(await this.#commands.hgetall(this.#job(name)))
  }

  /** The newest first, read a hundred at a time. @param after a job of theirs. @throws ProblemError 404 where that is none */
  async *list(user: HashedUser, after?: string): AsyncGenerator<StoredJob> {
    const ids = await this.#commands.zrevrange(this.#jobs(user), 0, -1)
    const from = after === undefined ? 0 : ids.indexOf(after) + 1
    if (after !== undefined && from === 0) throw noSuchJob()
    for (let place = from; place < ids.length; place += atATime) {
      const some = ids.slice(place, place + atATime)
      const found = await Promise.all(some.map((id) => this.get({ user, id })))
      const forgotten = some.filter((_, each) => found[each] === undefined)
      if (forgotten.length > 0) await this.#commands.zrem(this.#jobs(user), ...forgotten)
      for (const each of found) if (each !== undefined) yield each
    }
  }

  /** How many jobs of a user wait. */
  async waitingOf(user: HashedUser): Promise<number> {
    return this.#commands.scard(this.#waiting(user))
  }

  /** All jobs that wait, of all users. */
  async *inLine(): AsyncGenerator<JobName> {
    let cursor = '0'
    do {
      const [next, labels] = await this.#commands.sscan(this.#line, cursor, 'COUNT', 100)
      yield* labels.map(nameOf)
      cursor = next
    } while (cursor !== '0')
  }

  async retry(name: JobName, weight: number): Promise<void> {
    const { user, id } = name
    const keys = [this.#job(name), this.#work(name), this.#jobs(user), this.#waiting(user), this.#line, this.#fair]
    await this.#run('retryJob', keys, [id, labelOf(name), user, isoNow(), waitMs, this.changes, turnLength(weight)])
  }

  async begin(attempt: Attempt): Promise<'begun' | 'stopped' | 'gone'> {
    const { user, id } = attempt
    const keys = [this.#job(attempt), this.#waiting(user), this.#line, this.#fair]
    return (await this.#run('beginJob', keys, [id, labelOf(attempt), attempt.attempt, this.changes])) as 'begun' | 'stopped' | 'gone'
  }

  /** What is to be done, for whom, and when it was asked for first, in milliseconds; `undefined` when it waited too long. */
  async work(name: JobName): Promise<{ readonly userId: string; readonly work: IngestWork; readonly askedAt: number } | undefined> {
    const content = await this.#commands.get(this.#work(name))
    return content === null ? undefined : JSON.parse(content)
  }

  /** @returns whether it was called off meanwhile */
  async progress(attempt: Attempt, done: number, total: number): Promise<boolean> {
    return (await this.#run('progressJob', [this.#job(attempt)], [labelOf(attempt), attempt.attempt, done, total, this.changes])) === 1
  }

  async end(attempt: Attempt, ended: Pick<Job, 'status' | 'result' | 'problem'>): Promise<void> {
    const { user, id } = attempt
    const { status, result, problem } = ended
    const [field, content] = result !== undefined ? ['result', result] : problem !== undefined ? ['problem', problem] : ['', '']
    await this.#run(
      'endJob',
      [this.#job(attempt), this.#work(attempt), this.#waiting(user), this.#line, this.#sizes(user)],
      [
        ...[id, labelOf(attempt), attempt.attempt, status, isoNow(), field, JSON.stringify(content), keptMs, this.changes],
        isWhole(ended) ? 1 : 0,
      ],
    )
  }

  async cancel(name: JobName): Promise<void> {
    const { user, id } = name
    const keys = [this.#job(name), this.#work(name), this.#waiting(user), this.#line]
    await this.#run('cancelJob', keys, [id, labelOf(name), isoNow(), keptMs, this.changes, this.stops])
  }

  async forget(name: JobName): Promise<void> {
    const { user, id } = name
    await this.#commands
      .multi()
      .del(this.#job(name), this.#work(name))
      .zrem(this.#jobs(user), id)
      .hdel(this.#sizes(user), id)
      .srem(this.#waiting(user), id)
      .srem(this.#line, labelOf(name))
      .exec()
  }

  /** Forgets when the user had turns: all else goes with the jobs, also with one that came meanwhile. */
  async forgetTurns(user: HashedUser): Promise<void> {
    await this.#commands.hdel(this.#fair, user)
  }

  async #run(script: keyof typeof jobScripts, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.#commands[script](keys.length, ...keys, ...args)
  }

  #job(name: JobName): string {
    return `${this.#prefix}:job:${labelOf(name)}`
  }

  #work(name: JobName): string {
    return `${this.#prefix}:work:${labelOf(name)}`
  }

  #jobs(user: HashedUser): string {
    return `${this.#prefix}:jobs:${user}`
  }

  #waiting(user: HashedUser): string {
    return `${this.#prefix}:waiting:${user}`
  }

  /** The bytes of the works that are kept. */
  #sizes(user: HashedUser): string {
    return `${this.#prefix}:sizes:${user}`
  }

  get #line(): string {
    return `${this.#prefix}:line`
  }

  get #fair(): string {
    return `${this.#prefix}:fair`
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
