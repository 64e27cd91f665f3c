import type { Operation, Perform } from './operation.ts'
import type { Timing } from './timings.ts'

/** Somebody who does one thing after another. */
export interface Worker {
  readonly operations: Iterator<Operation, never>
  readonly perform: Perform
}

/** Has a worker do the next thing, and notes how long it took since a moment of `performance.now()`, or why it was not done. */
export async function doNext(
  { operations, perform }: Worker,
  since: number,
  { timings, errors }: { readonly timings: Timing[]; readonly errors: string[] },
): Promise<void> {
  const operation = operations.next().value
  try {
    await perform(operation)
    timings.push({ kind: operation.kind, ms: performance.now() - since })
  } catch (error) {
    errors.push(`${operation.kind}: ${String(error)}`)
  }
}
