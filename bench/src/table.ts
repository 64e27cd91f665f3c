import type { BenchRow } from './bench-row.ts'
import { markdownLines, plainLines } from './text-table.ts'

const head = ['measure', 'value', 'goal', 'holds']

/** The rows as text, one line each, in aligned columns. */
export function plainTable(rows: readonly BenchRow[]): string {
  return plainLines([head, ...rows.map(cells)])
}

/** The rows as a table of Markdown. */
export function markdownTable(rows: readonly BenchRow[]): string {
  return markdownLines([head, ...rows.map(cells)])
}

function cells(row: BenchRow): readonly string[] {
  const holds = row.holds === undefined ? '' : row.holds ? 'yes' : 'NO'
  const value = typeof row.value === 'number' ? plainNumber(row.value) : row.value
  return [row.measure, value, row.goal ?? '', holds].map((cell) => cell.replace(/\s+/g, ' '))
}

/** Three digits that matter, and no thousands lost. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const size = Math.abs(value)
  return value.toLocaleString('en-US', { maximumFractionDigits: size >= 1000 ? 0 : size >= 10 ? 1 : 2 })
}
