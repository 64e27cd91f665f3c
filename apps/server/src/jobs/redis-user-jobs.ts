import { unlessRedisFails } from '../redis/server-redis.ts'
import { hashedUser } from '../who/hashed-user.ts'
import type { Handover } from './handover.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { QueueLimits, UserJobs } from './ingest-queue.ts'
import { canBeRetried, hasEnded, isOfMemory, isTriedAgain, type Job } from './job.ts'
import { jobId } from './job-id.ts'
import type { JobName } from './job-name.ts'
import { keyTaken, stillAtWork, tooMuchWaiting } from './queue-problems.ts'
import type { RedisJobs, StoredJob } from './redis-jobs.ts'

interface Parts {
  readonly jobs: RedisJobs
  readonly handover: Handover
  readonly read: (name: JobName) => Promise<Job | undefined>
  readonly watch: (name: JobName, signal: AbortSignal) => AsyncIterable<Job>
}

interface Asking {
  readonly userId: string
  /** 1 to 12 */
  readonly weight: number
  readonly limits: QueueLimits
}

/** How long an erasure waits for jobs that it called off. */
const patienceMs = 30_000

/** The jobs of one user in Redis. */
export function redisUserJobs({ jobs, handover, read, watch }: Parts, { userId, weight, limits }: Asking): UserJobs {
  const user = hashedUser(userId)

  /** Has a job taken up that waits, once it is in the line again where it is to be done again. */
  async function handOver(name: JobName, found: StoredJob, { isAgain }: { readonly isAgain: boolean }): Promise<Job> {
    if (isAgain) await jobs.retry(name, weight)
    const latest = isAgain ? ((await jobs.get(name)) ?? found) : found
    await handover.handOver(name, latest)
    return latest.job
  }

  async function callOff({ job, attempt }: StoredJob): Promise<void> {
    const name = { user, id: job.id }
    await jobs.cancel(name)
    // It has no turn any more; where it is at work already, it stays in BullMQ's hands until it has ended.
    if (job.status === 'waiting') await handover.takeBack({ ...name, attempt })
  }

  return {
    get: (id) => read({ user, id }),
    watch: (id, signal) => watch({ user, id }, signal),
    submit: (work, key) =>
      unlessRedisFails(async () => {
        const name = { user, id: jobId(key) }
        const isThere = await jobs.enter(name, { userId, work, weight }, limits)
        const found = isThere ? await jobs.get(name) : undefined
        if (found === undefined) throw tooMuchWaiting()
        if (found.hash !== hashOfWork(work)) throw keyTaken()
        return handOver(name, found, { isAgain: isTriedAgain(found.job) })
      }),
    list: ({ limit, after } = { limit: Number.POSITIVE_INFINITY }) =>
      unlessRedisFails(async () => {
        const found: Job[] = []
        for await (const { job } of jobs.list(user, after)) if (found.push(job) >= limit) break
        return found
      }),
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
        return found && handOver(name, found, { isAgain: canBeRetried(found.job) })
      }),
    erase: (memoryId) =>
      unlessRedisFails(async () => {
        const gone: StoredJob[] = []
        for await (const each of jobs.list(user)) if (isOfMemory(each.job, memoryId)) gone.push(each)
        for (const each of gone) if (!hasEnded(each.job)) await callOff(each)
        const patience = AbortSignal.timeout(patienceMs)
        for (const { job } of gone) {
          const name = { user, id: job.id }
          let latest: Job | undefined = job
          if (!hasEnded(job)) for await (latest of watch(name, patience));
          if (latest !== undefined && !hasEnded(latest)) throw stillAtWork()
          await jobs.forget(name)
        }
        if (memoryId === undefined) await jobs.forgetTurns(user)
        return gone.length
      }),
  }
}
