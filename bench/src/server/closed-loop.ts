import type { Timing, Timings } from './timings.ts'
import { doNext, type Worker } from './worker.ts'

/** Each worker does one thing after another for so long: as many are under way as there are workers, at any moment. */
export async function closedLoop(workers: readonly Worker[], durationMs: number): Promise<Timings> {
  const timings: Timing[] = []
  const errors: string[] = []
  const start = performance.now()
  const end = start + durationMs
  await Promise.all(
    workers.map(async (worker) => {
      for (let began = performance.now(); began < end; began = performance.now()) await doNext(worker, began, { timings, errors })
    }),
  )
  return { timings, errors, durationMs: performance.now() - start }
}
