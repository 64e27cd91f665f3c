import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import { type HashedUser, hashedUser } from '../who/hashed-user.ts'
import { FairLine } from './fair-line.ts'
import { hashOfWork } from './hash-of-work.ts'
import type { IngestQueue, IngestRunner, QueueLimits, UserJobs } from './ingest-queue.ts'
import { canBeRetried, hasEnded, type IngestWork, isOfMemory, isTriedAgain, isWhole, type Job, keptMs, mostEnded } from './job.ts'
import { jobId } from './job-id.ts'
import { type JobName, labelOf } from './job-name.ts'
import { OneCalled } from './one-called.ts'
import { keyTaken, noSuchJob, tooMuchWaiting } from './queue-problems.ts'
import { Wakes } from './wakes.ts'
import { watchJob } from './watch-job.ts'

interface Asked {
  readonly userId: string
  readonly work: IngestWork
  /** Of the work. */
  readonly bytes: number
  /** When it was first asked for. */
  readonly askedAt: Date
}

interface Entry {
  readonly name: JobName
  job: Job
  /** Of the work. */
  readonly hash: string
  /** Gone once it is done, or others need the room. */
  asked: Asked | undefined
  readonly stop: AbortController
  /** Resolves when the work is over; absent while it waits. */
  running?: Promise<void>
}

/** How often it is looked for what has been kept long enough. */
const sweepMs = 60_000

/** A queue in this process. It ends when all that waits is done; what waits when the process is killed is gone with it. */
export function processQueue(
  run: IngestRunner,
  { concurrency, mostWaiting, mostBytes }: QueueLimits,
  now: () => number = Date.now,
): IngestQueue {
  const users = new Map<HashedUser, Map<string, Entry>>()
  const line = new FairLine<Entry>()
  const running = new Set<Promise<void>>()
  const called = new OneCalled()
  const changes = new Wakes()
  const watchesEnd = new AbortController()
  let sweptAt = now()
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
      const ended = { status: 'done', result, endedAt: isoNow() } as const
      if (isWhole(ended)) entry.asked = undefined
      change(entry, ended)
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
    // As the newest, also where it is put in again.
    own.delete(name.id)
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

  function jobsOf(user: HashedUser): ReadonlyMap<string, Entry> {
    if (now() - sweptAt >= sweepMs) sweep()
    return users.get(user) ?? new Map()
  }

  /** Forgets what ended over a day ago, of all users: many never come back. */
  function sweep(): void {
    sweptAt = now()
    for (const [user, own] of users) {
      for (const [id, { job }] of own) if (job.endedAt !== undefined && Date.parse(job.endedAt) < sweptAt - keptMs) own.delete(id)
      if (own.size === 0) users.delete(user)
    }
  }

  /** Makes room for another job among a user's own, at the cost of what has ended. @returns whether there is */
  function makeRoom(user: HashedUser, bytes: number): boolean {
    const own = users.get(user) ?? new Map<string, Entry>()
    if (countOf(own, ({ job }) => job.status === 'waiting') >= mostWaiting) return false
    const isTooMuch = () => {
      const kept = bytesOf(own)
      return kept > 0 && kept + bytes > mostBytes
    }
    if (isTooMuch()) for (const entry of own.values()) if (hasEnded(entry.job)) entry.asked = undefined
    if (isTooMuch()) return false
    let beyond = own.size + 1 - mostWaiting - mostEnded
    for (const [id, { job }] of own) if (beyond-- > 0 && hasEnded(job)) own.delete(id)
    return true
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
        const bytes = Buffer.byteLength(JSON.stringify(work))
        if (!makeRoom(user, bytes)) throw tooMuchWaiting()
        return enter({ user, id }, { userId, work, bytes, askedAt: new Date(now()) }, weight).job
      },
      get: async (id) => jobsOf(user).get(id)?.job,
      async list({ limit, after } = { limit: Number.POSITIVE_INFINITY }) {
        const own = [...jobsOf(user).values()].map(({ job }) => job).reverse()
        const from = after === undefined ? 0 : own.findIndex(({ id }) => id === after) + 1
        if (after !== undefined && from === 0) throw noSuchJob()
        return own.slice(from, from + limit)
      },
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
        if (users.get(user)?.size === 0) users.delete(user)
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

function countOf(own: ReadonlyMap<string, Entry>, isIt: (entry: Entry) => boolean): number {
  let count = 0
  for (const entry of own.values()) if (isIt(entry)) count += 1
  return count
}

function bytesOf(own: ReadonlyMap<string, Entry>): number {
  let bytes = 0
  for (const { asked } of own.values()) bytes += asked?.bytes ?? 0
  return bytes
}
