import type { BenchRow } from './bench-row.ts'

const head = ['measure', 'value', 'goal', 'holds']

/** The rows as text, one line each, in aligned columns. */
export function plainTable(rows: readonly BenchRow[]): string {
  const lines = [head, ...rows.map(cells)]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The rows as a table of Markdown. */
export function markdownTable(rows: readonly BenchRow[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => cells(row).map((cell) => cell.replaceAll('|', '\\|')))]
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n')
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
