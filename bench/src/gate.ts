import type { BenchRow } from './bench-row.ts'

/** Ends the goal of a row that is printed beside its goal and judged by nobody: a time depends on the machine. */
export const notGated = '(not gated)'

/** The rows for which `--gate` fails. A row without `holds`, as one that was skipped, is no failure. */
export function failures(rows: readonly BenchRow[]): readonly BenchRow[] {
  return rows.filter((row) => row.holds === false && !row.goal?.endsWith(notGated))
}

export function atLeast(measure: string, value: number, goal: number): BenchRow {
  return { measure, value, goal: `≥ ${goal}`, holds: value >= goal }
}

export function atMost(measure: string, value: number, goal: number): BenchRow {
  return { measure, value, goal: `≤ ${goal}`, holds: value <= goal }
}

/** A row whose goal is an absolute time or rate. */
export function ungated(row: BenchRow): BenchRow {
  return { ...row, goal: `${row.goal ?? ''} ${notGated}`.trim() }
}

/** A row for what could not be measured. */
export function skipped(measure: string, reason: string): BenchRow {
  return { measure, value: `skipped: ${reason}` }
}
