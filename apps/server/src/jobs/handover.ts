import { Queue } from 'bullmq'
import type { ServerRedis } from '../redis/server-redis.ts'
import { type Attempt, attemptId, attemptOptions, attemptQueue } from './attempt.ts'
import type { JobName } from './job-name.ts'
import type { RedisJobs, StoredJob } from './redis-jobs.ts'

/** Hands jobs that wait over to BullMQ, which has them taken up. They are in the line of `RedisJobs` before, so that none is lost on the way. */
export class Handover implements AsyncDisposable {
  readonly #jobs: RedisJobs
  readonly #queue: Queue<Attempt>
  readonly #handingOverAll: Promise<void>
  #isClosing = false

  constructor(jobs: RedisJobs, redis: ServerRedis) {
    this.#jobs = jobs
    this.#queue = new Queue(attemptQueue, { ...attemptOptions(redis), connection: redis.commands })
    this.#queue.on('error', () => undefined)
    this.#handingOverAll = this.#handOverAll().catch(() => undefined)
  }

  /** The same again changes nothing. */
  async handOver({ user, id }: JobName, { job, attempt, tag }: StoredJob): Promise<void> {
    if (job.status !== 'waiting') return
    const waiting = { user, id, attempt }
    await this.#queue.add(attemptQueue, waiting, { jobId: attemptId(waiting), priority: tag })
  }

  async takeBack(waiting: Attempt): Promise<void> {
    await this.#queue.remove(attemptId(waiting))
  }

  /** Hands over what nobody will any more, since a process was killed as it was about to. Forgets what waited too long. */
  async #handOverAll(): Promise<void> {
    for await (const name of this.#jobs.inLine()) {
      if (this.#isClosing) return
      const found = await this.#jobs.get(name)
      if (found === undefined) await this.#jobs.forget(name)
      else await this.handOver(name, found)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true
    await this.#handingOverAll
    await this.#queue.close()
  }
}
