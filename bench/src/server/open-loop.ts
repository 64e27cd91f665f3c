import { setTimeout as wait } from 'node:timers/promises'
import type { Timing, Timings } from './timings.ts'
import { doNext, type Worker } from './worker.ts'

export interface OpenLoop {
  /** Of all workers together. */
  readonly perSecond: number
  readonly durationMs: number
  /** Numbers of 0 and up, below 1. */
  readonly random: () => number
}

/**
 * Workers do something at moments that do not depend on how long it takes, as people do: at random, so many times a second. How long it took counts from the
 * moment at which it was due.
 */
export async function openLoop(workers: readonly Worker[], { perSecond, durationMs, random }: OpenLoop): Promise<Timings> {
  const timings: Timing[] = []
  const errors: string[] = []
  const start = performance.now()
  const underWay: Promise<void>[] = []
  for (let due = start; ; ) {
    due += (-Math.log(1 - random()) * 1000) / perSecond
    if (due > start + durationMs) break
    const worker = workers[Math.floor(random() * workers.length)]
    await wait(Math.max(0, due - performance.now()))
    if (worker !== undefined) underWay.push(doNext(worker, due, { timings, errors }))
  }
  await Promise.all(underWay)
  return { timings, errors, durationMs }
}
