import { machine } from '../machine.ts'
import { writeReportText } from '../report.ts'
import { markdownLines } from '../text-table.ts'
import type { BackendReport } from './probe-backend.ts'

/** What came of one backend, or why it did not run. */
export interface BackendRun {
  readonly name: string
  readonly about: string
  readonly report?: BackendReport
  readonly missing?: string
  readonly seconds: number
}

/** A table, and what in it should have been caught and was not. */
export interface CaughtLines {
  readonly lines: readonly (readonly string[])[]
  readonly missed: readonly string[]
}

export function probeLines(runs: readonly BackendRun[]): readonly (readonly string[])[] {
  return [
    ['backend', 'ran on', 'probes', 'leaks', 'voids', 'tales', 'answers from the cache', 'seconds'],
    ...runs.map(({ name, about, report, missing, seconds }) => {
      if (report === undefined) return [name, `not run: ${missing}`, '', '', '', '', '', '']
      const sum = (of: 'probes' | 'tales') => (report.adapter[of] + report.library[of]).toLocaleString('en-US')
      const count = (of: 'leaks' | 'voids') => String(report.adapter[of].length + report.library[of].length)
      const cached = report.cached > 0 ? report.cached.toLocaleString('en-US') : ''
      return [name, about, sum('probes'), count('leaks'), count('voids'), sum('tales'), cached, seconds.toFixed(0)]
    }),
  ]
}

/** How many probes went through which door. */
export function doorLines(runs: readonly BackendRun[]): readonly (readonly string[])[] {
  const ran = runs.flatMap(({ name, report }) => (report === undefined ? [] : [{ name, report }]))
  const doors = (of: 'adapter' | 'library') => [...new Set(ran.flatMap(({ report }) => Object.keys(report[of].doors)))].sort()
  return [
    ['through', 'door', ...ran.map(({ name }) => name)],
    ...(['adapter', 'library'] as const).flatMap((of) =>
      doors(of).map((door) => [of, door, ...ran.map(({ report }) => report[of].doors[door]?.toLocaleString('en-US') ?? '')]),
    ),
  ]
}

/** What went wrong, each with the steps that repeat it. */
export function findingsOf(runs: readonly BackendRun[]): readonly string[] {
  return runs.flatMap(({ name, report }) =>
    report === undefined
      ? []
      : ([report.adapter, report.library] as const).flatMap(({ seed, leaks, voids }) =>
          [...leaks.map((finding) => ({ kind: 'LEAK', finding })), ...voids.map((finding) => ({ kind: 'VOID', finding }))].map(
            ({ kind, finding: { door, message, steps } }) =>
              `${kind} on ${name}, door ${door}, seed ${seed}: ${message}\n${steps.map((step) => `  ${step}`).join('\n')}\n`,
          ),
        ),
  )
}

export async function writeIsolationReport({
  runs,
  broken,
  command,
  durationMs,
}: {
  readonly runs: readonly BackendRun[]
  readonly broken: CaughtLines | undefined
  readonly command: string
  readonly durationMs: number
}): Promise<void> {
  const sections = [
    `# Isolation

Whether one tenant can reach another. A probe is one attempt of a tenant to see, change or infer what belongs to another, through one method, with
the other's own ids, keys, words or filters. It counts when the attempt was answered, to the byte, as if nobody else were there, and the owner,
doing the same, found what it was about; where the attempt is a write of the tenant's own, the owner found what the owner has, which is never nothing,
as it was. A void is a probe whose owner found nothing: it would show nothing, and fails the run.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine()}
- Command: \`${command} --report\`, which took ${Math.round(durationMs / 1000)} s

${markdownLines(probeLines(runs))}

## Doors

"adapter" is the method of the store or cache itself, beside a model in plain maps; "library" is the whole of it, beside a twin with a store for itself.

${markdownLines(doorLines(runs))}
`,
    broken && `## Broken on purpose\n\n${markdownLines(broken.lines)}\n`,
  ]
  await writeReportText('isolation', sections.filter((each) => each !== undefined).join('\n'))
}

export async function writeMutantsReport({ lines, missed }: CaughtLines, durationMs: number): Promise<void> {
  const text = `# Mutants

The real adapters and the library with one part of a scope, or of a key, taken out at one place, mechanically. Each has to be caught: by a case of the
kit, by a probe, or by a check of the library. What need not be caught has something else behind it, which the table names.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine()}
- Command: \`npm run isolation -- --mutants --report\`, which took ${Math.round(durationMs / 1000)} s
- Not caught: ${missed.length === 0 ? 'none' : missed.join('; ')}

${markdownLines(lines)}
`
  await writeReportText('mutants', text)
}
