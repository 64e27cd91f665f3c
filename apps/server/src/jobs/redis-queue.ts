import { type ServerRedis, unlessRedisFails } from '../redis/server-redis.ts'
import { Handover } from './handover.ts'
import type { IngestQueue, IngestRunner, QueueLimits } from './ingest-queue.ts'
import type { Job } from './job.ts'
import { type JobName, labelOf } from './job-name.ts'
import { RedisJobs } from './redis-jobs.ts'
import { redisUserJobs } from './redis-user-jobs.ts'
import { RedisWorker, type RedisWorkerOptions } from './redis-worker.ts'
import { Wakes } from './wakes.ts'
import { watchJob } from './watch-job.ts'

export type RedisQueueOptions = Omit<RedisWorkerOptions, 'concurrency'>

/**
 * A queue in Redis, which several processes share: whichever has time takes the next job, and a job whose process was killed is taken by another,
 * `lockMs` and half as much later. It ends when its own jobs at work are done; what waits, waits.
 */
export function redisQueue(run: IngestRunner, limits: QueueLimits, redis: ServerRedis, options: RedisQueueOptions = {}): IngestQueue {
  const jobs = new RedisJobs(redis)
  const worker = new RedisWorker(run, redis, { concurrency: limits.concurrency, ...options })
  const handover = new Handover(jobs, redis)
  const changes = new Wakes()
  const watchesEnd = new AbortController()

  const listener = redis.connect()
  listener.on('message', (channel, label) => {
    if (channel === jobs.changes) changes.wake(label)
    else worker.stop(label)
  })
  // What was said while nobody listened is read now.
  listener.on('ready', () => changes.wakeAll())
  const listening = listener.subscribe(jobs.changes, jobs.stops).catch(() => undefined)

  const read = (name: JobName) => unlessRedisFails(async () => (await jobs.get(name))?.job)

  function watch(name: JobName, until: AbortSignal): AsyncGenerator<Job> {
    const readOnceListening = () => listening.then(() => read(name))
    const signal = AbortSignal.any([until, watchesEnd.signal])
    return watchJob({ read: readOnceListening, changes, label: labelOf(name) }, signal)
  }

  return {
    open: (userId, weight = 1) => redisUserJobs({ jobs, handover, read, watch }, { userId, weight, limits }),
    endWatches: () => watchesEnd.abort(),
    async [Symbol.asyncDispose]() {
      await handover[Symbol.asyncDispose]()
      await worker[Symbol.asyncDispose]()
      listener.disconnect()
    },
  }
}
