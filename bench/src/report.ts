import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BenchRow } from './bench-row.ts'
import { machine } from './machine.ts'
import { markdownTable } from './table.ts'

export interface Report {
  readonly name: string
  readonly about: string
  readonly command: string
  readonly rows: readonly BenchRow[]
  readonly date: Date
  readonly durationMs: number
}

const notesHeading = '\n## Notes\n'

/** Writes `docs/reports/NAME.md`, over the last run's. */
export async function writeReport(report: Report): Promise<void> {
  await writeReportText(report.name, reportText(report))
}

/** Writes a text as `docs/reports/NAME.md`, over the last run's; what people wrote under its heading "Notes" stays. */
export async function writeReportText(name: string, text: string): Promise<void> {
  const folder = fileURLToPath(new URL('../../docs/reports/', import.meta.url))
  await mkdir(folder, { recursive: true })
  const path = `${folder}${name}.md`
  const last = await readFile(path, 'utf8').catch(() => '')
  const notes = last.includes(notesHeading) ? last.slice(last.indexOf(notesHeading)) : ''
  await writeFile(path, text + notes)
}

export function reportText(report: Report): string {
  return `# Bench: ${report.name}

${report.about}

- Date: ${report.date.toISOString().slice(0, 10)}
- Machine: ${machine()}
- Command: \`${report.command}\`, which took ${Math.round(report.durationMs / 1000)} s

${markdownTable(report.rows)}
`
}
