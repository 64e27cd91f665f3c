import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import { type HashedUser, hashedUser } from '../who/hashed-user.ts'
import { FairLine } from './fair-line.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { IngestQueue, IngestRunner, QueueLimits, UserJobs } from './ingest-queue.ts'
import { canBeRetried, hasEnded, type IngestWork, isOfMemory, isTriedAgain, type Job, keptMs } from './job.ts'
import { jobId } from './job-id.ts'
import { type JobName, labelOf } from './job-name.ts'
import { OneCalled } from './one-called.ts'
import { keyTaken, tooMuchWaiting } from './queue-problems.ts'
import { Wakes } from './wakes.ts'
import { watchJob } from './watch-job.ts'

interface Asked {
  readonly userId: string
  readonly work: IngestWork
  /** When it was first asked for. */
  readonly askedAt: Date
}

interface Entry {
  readonly name: JobName
  job: Job
  /** Of the work. */
  readonly hash: string
  /** Gone once it is done. */
  asked: Asked | undefined
  readonly stop: AbortController
  /** Resolves when the work is over; absent while it waits. */
  running?: Promise<void>
}

/** A queue in this process. It ends when all that waits is done; what waits when the process is killed is gone with it. */
export function processQueue(run: IngestRunner, { concurrency, mostWaiting }: QueueLimits, now: () => number = Date.now): IngestQueue {
  const users = new Map<HashedUser, Map<string, Entry>>()
  const line = new FairLine<Entry>()
  const running = new Set<Promise<void>>()
  const called = new OneCalled()
  const changes = new Wakes()
  const watchesEnd = new AbortController()
  const isoNow = () => new Date(now()).toISOString()

  function change(entry: Entry, changed: Partial<Job>): void {
    entry.job = { ...entry.job, ...changed }
    changes.wake(labelOf(entry.name))
  }

  function pump(): void {
    while (running.size < concurrency) {
      const entry = line.shift((user) => called.of(user) === undefined)
      if (entry === undefined) return
      const letNext = called.call(entry.name.user)
      void called.of(entry.name.user)?.then(pump)
      const work = perform(entry, letNext).finally(() => {
        running.delete(work)
        letNext()
        pump()
      })
      entry.running = work
      running.add(work)
    }
  }

  async function perform(entry: Entry, letNext: () => void): Promise<void> {
    if (entry.asked === undefined) return
    const { userId, work, askedAt } = entry.asked
    change(entry, { status: 'active' })
    try {
      const onProgress = (done: number, total: number) => {
        letNext()
        change(entry, { done, total })
      }
      const result = await run(userId, work, { askedAt, signal: entry.stop.signal, onProgress })
      entry.asked = undefined
      change(entry, { status: 'done', result, endedAt: isoNow() })
    } catch (error) {
      if (entry.stop.signal.aborted) change(entry, { status: 'cancelled', endedAt: isoNow() })
      else change(entry, { status: 'failed', problem: problemBody(problemOf(error)), endedAt: isoNow() })
    }
  }

  function enter(name: JobName, asked: Asked, weight: number): Entry {
    const { work } = asked
    const job: Job = { id: name.id, memoryId: work.memoryId, status: 'waiting', done: 0, total: 0, createdAt: isoNow() }
    const entry: Entry = { name, job, hash: hashOfWork(work), asked, stop: new AbortController() }
    const own = users.get(name.user) ?? new Map<string, Entry>()
    users.set(name.user, own.set(name.id, entry))
    line.push(name.user, entry, weight)
    pump()
    return entry
  }

  function again(entry: Entry, weight: number): Entry {
    return entry.asked === undefined ? entry : enter(entry.name, entry.asked, weight)
  }

  function callOff(entry: Entry): void {
    entry.stop.abort()
    if (line.remove((other) => other === entry)) change(entry, { status: 'cancelled', endedAt: isoNow() })
  }

  /** The user's jobs, without those that ended over a day ago. */
  function jobsOf(user: HashedUser): ReadonlyMap<string, Entry> {
    const own = users.get(user)
    if (own === undefined) return new Map()
    for (const [id, { job }] of own) if (job.endedAt !== undefined && Date.parse(job.endedAt) < now() - keptMs) own.delete(id)
    if (own.size === 0) users.delete(user)
    return own
  }

  function open(userId: string, weight = 1): UserJobs {
    const user = hashedUser(userId)
    return {
      async submit(work, key) {
        const own = jobsOf(user)
        const id = jobId(key)
        const before = own.get(id)
        if (before !== undefined && before.hash !== hashOfWork(work)) throw keyTaken()
        if (before !== undefined) return (isTriedAgain(before.job) ? again(before, weight) : before).job
        if ([...own.values()].filter(({ job }) => job.status === 'waiting').length >= mostWaiting) throw tooMuchWaiting()
        return enter({ user, id }, { userId, work, askedAt: new Date(now()) }, weight).job
      },
      get: async (id) => jobsOf(user).get(id)?.job,
      list: async () => [...jobsOf(user).values()].map(({ job }) => job).reverse(),
      async cancel(id) {
        const entry = jobsOf(user).get(id)
        if (entry !== undefined && !hasEnded(entry.job)) callOff(entry)
        return entry?.job
      },
      async retry(id) {
        const entry = jobsOf(user).get(id)
        return (entry !== undefined && canBeRetried(entry.job) ? again(entry, weight) : entry)?.job
      },
      watch(id, until) {
        const entry = jobsOf(user).get(id)
        const signal = AbortSignal.any([until, watchesEnd.signal])
        return watchJob({ read: async () => entry?.job, changes, label: labelOf({ user, id }) }, signal)
      },
      async erase(memoryId) {
        const gone = [...jobsOf(user).values()].filter(({ job }) => isOfMemory(job, memoryId))
        for (const entry of gone) {
          users.get(user)?.delete(entry.name.id)
          callOff(entry)
        }
        jobsOf(user)
        await Promise.all(gone.map((entry) => entry.running))
        return gone.length
      },
    }
  }

  return {
    open,
    endWatches: () => watchesEnd.abort(),
    async [Symbol.asyncDispose]() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
