import { mayBeMissing } from '@graphmem/services/may-be-missing'
import type { BenchRow } from './bench-row.ts'
import { skipped } from './gate.ts'

/** The rows of what needs a service; where that is not to be had and may be missing, one that says so. */
export async function rowsOrSkipped(measure: string, rows: () => Promise<readonly BenchRow[]>): Promise<readonly BenchRow[]> {
  try {
    return await rows()
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    return [skipped(measure, error.message)]
  }
}
