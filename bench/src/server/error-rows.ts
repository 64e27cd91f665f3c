import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'

/** That there was none, and some of those that there were. */
export function errorRows(measure: string, errors: readonly string[]): readonly BenchRow[] {
  return [atMost(measure, errors.length, 0), ...[...new Set(errors)].slice(0, 5).map((value) => ({ measure: 'for example', value }))]
}
