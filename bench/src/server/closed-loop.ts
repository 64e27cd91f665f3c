import type { Operation, Perform } from './operation.ts'
import type { Timing, Timings } from './timings.ts'

export interface Worker {
  readonly operations: Iterator<Operation, never>
  readonly perform: Perform
}

/** Each worker does one thing after another for so long: as many are under way as there are workers, at any moment. */
export async function closedLoop(workers: readonly Worker[], durationMs: number): Promise<Timings> {
  const timings: Timing[] = []
  const errors: string[] = []
  const start = performance.now()
  const end = start + durationMs
  await Promise.all(
    workers.map(async ({ operations, perform }) => {
      for (let began = performance.now(); began < end; began = performance.now()) {
        const operation = operations.next().value
        try {
          await perform(operation)
          timings.push({ kind: operation.kind, ms: performance.now() - began })
        } catch (error) {
          errors.push(`${operation.kind}: ${String(error)}`)
        }
      }
    }),
  )
  return { timings, errors, durationMs: performance.now() - start }
}
