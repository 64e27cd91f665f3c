import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import { shortDigest } from '../short-digest.ts'
import { FairLine } from './fair-line.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { IngestQueue, IngestRunner, QueueLimits, UserJobs } from './ingest-queue.ts'
import { hasEnded, type IngestWork, type Job } from './job.ts'
import { keyTaken, tooMuchWaiting } from './queue-problems.ts'

interface Entry {
  job: Job
  readonly userId: string
  readonly hash: string
  /** Gone once it is done. */
  work: IngestWork | undefined
  readonly askedAt: Date
  readonly stop: AbortController
  readonly watchers: Set<() => void>
  /** Resolves when the work is over; absent while it waits. */
  running?: Promise<void>
}

interface Asking {
  readonly weight: number
  /** When it was first asked for. */
  readonly askedAt: Date
}

const keptMs = 24 * 3_600_000

/** A queue in this process. It ends when all that waits is done; what waits when the process is killed is gone with it. */
export function processQueue(run: IngestRunner, { concurrency, mostWaiting }: QueueLimits, now: () => number = Date.now): IngestQueue {
  const users = new Map<string, Map<string, Entry>>()
  const line = new FairLine<Entry>()
  const running = new Set<Promise<void>>()
  const watchesEnd = new AbortController()
  /** Of users, the job that was called and has not begun: it waits for a turn of its own, and no other of theirs with it. */
  const called = new Map<string, Entry>()

  function change(entry: Entry, changes: Partial<Job>): void {
    entry.job = { ...entry.job, ...changes }
    for (const tell of entry.watchers) tell()
  }

  function pump(): void {
    while (running.size < concurrency) {
      const entry = line.shift((userId) => !called.has(userId))
      if (entry === undefined) return
      called.set(entry.userId, entry)
      const work = perform(entry).finally(() => {
        running.delete(work)
        begun(entry)
        pump()
      })
      entry.running = work
      running.add(work)
    }
  }

  function begun(entry: Entry): void {
    if (called.get(entry.userId) !== entry) return
    called.delete(entry.userId)
    // Not at once: it may not be among the running yet.
    queueMicrotask(pump)
  }

  async function perform(entry: Entry): Promise<void> {
    const { userId, work } = entry
    if (work === undefined) return
    change(entry, { status: 'active' })
    const ended = (): Pick<Job, 'endedAt'> => ({ endedAt: new Date(now()).toISOString() })
    try {
      const onProgress = (done: number, total: number) => {
        begun(entry)
        change(entry, { done, total })
      }
      const result = await run(userId, work, { askedAt: entry.askedAt, signal: entry.stop.signal, onProgress })
      entry.work = undefined
      change(entry, { status: 'done', result, ...ended() })
    } catch (error) {
      if (entry.stop.signal.aborted) change(entry, { status: 'cancelled', ...ended() })
      else change(entry, { status: 'failed', problem: problemBody(problemOf(error)), ...ended() })
    }
  }

  function enter(userId: string, id: string, work: IngestWork, { weight, askedAt }: Asking): Entry {
    const job: Job = { id, memoryId: work.memoryId, status: 'waiting', done: 0, total: 0, createdAt: new Date(now()).toISOString() }
    const entry: Entry = { job, userId, hash: hashOfWork(work), work, askedAt, stop: new AbortController(), watchers: new Set() }
    const own = users.get(userId) ?? new Map<string, Entry>()
    users.set(userId, own.set(id, entry))
    line.push(userId, entry, weight)
    pump()
    return entry
  }

  function again(entry: Entry, weight: number): Entry {
    const { userId, job, work, askedAt } = entry
    return work === undefined ? entry : enter(userId, job.id, work, { weight, askedAt })
  }

  /** The user's jobs, without those that ended over a day ago. */
  function jobsOf(userId: string): ReadonlyMap<string, Entry> {
    const own = users.get(userId)
    if (own === undefined) return new Map()
    for (const [id, { job }] of own) if (job.endedAt !== undefined && Date.parse(job.endedAt) < now() - keptMs) own.delete(id)
    if (own.size === 0) users.delete(userId)
    return own
  }

  function open(userId: string, weight = 1): UserJobs {
    return {
      async submit(work, key) {
        const own = jobsOf(userId)
        const id = key === undefined ? crypto.randomUUID() : shortDigest(key)
        const before = own.get(id)
        if (before !== undefined && before.hash !== hashOfWork(work)) throw keyTaken()
        if (before?.job.status === 'failed') return again(before, weight).job
        if (before !== undefined) return before.job
        if ([...own.values()].filter(({ job }) => job.status === 'waiting').length >= mostWaiting) throw tooMuchWaiting()
        return enter(userId, id, work, { weight, askedAt: new Date(now()) }).job
      },
      get: async (id) => jobsOf(userId).get(id)?.job,
      list: async () => [...jobsOf(userId).values()].map((entry) => entry.job).reverse(),
      async cancel(id) {
        const entry = jobsOf(userId).get(id)
        if (entry === undefined || hasEnded(entry.job)) return entry?.job
        entry.stop.abort()
        if (line.remove((other) => other === entry)) change(entry, { status: 'cancelled', endedAt: new Date(now()).toISOString() })
        return entry.job
      },
      async retry(id) {
        const entry = jobsOf(userId).get(id)
        const isOver = entry?.job.status === 'failed' || entry?.job.status === 'cancelled'
        return entry !== undefined && isOver ? again(entry, weight).job : entry?.job
      },
      async *watch(id, until) {
        const entry = jobsOf(userId).get(id)
        if (entry === undefined) return
        const signal = AbortSignal.any([until, watchesEnd.signal])
        let tell: () => void = () => undefined
        const wake = () => tell()
        entry.watchers.add(wake)
        signal.addEventListener('abort', wake)
        try {
          for (;;) {
            const changed = new Promise<void>((resolve) => {
              tell = resolve
            })
            const { job } = entry
            yield job
            if (hasEnded(job) || signal.aborted) return
            if (entry.job === job) await changed
          }
        } finally {
          entry.watchers.delete(wake)
          signal.removeEventListener('abort', wake)
        }
      },
      async erase(memoryId) {
        const gone = [...jobsOf(userId).values()].filter(({ job }) => memoryId === undefined || job.memoryId === memoryId)
        for (const entry of gone) {
          users.get(userId)?.delete(entry.job.id)
          entry.stop.abort()
          if (line.remove((other) => other === entry)) change(entry, { status: 'cancelled', endedAt: new Date(now()).toISOString() })
        }
        jobsOf(userId)
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
