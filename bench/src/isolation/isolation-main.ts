import { mayBeMissing } from '@graphmem/services/may-be-missing'
import { Command } from 'commander'
import { machine } from '../machine.ts'
import { plainLines } from '../text-table.ts'
import { type Backend, backends } from './backends.ts'
import { brokenLines } from './broken-lines.ts'
import { type BackendRun, doorLines, findingsOf, probeLines, writeIsolationReport, writeMutantsReport } from './isolation-report.ts'
import { mutantLines } from './mutant-lines.ts'
import { probeBackend, problemsOf } from './probe-backend.ts'

interface Flags {
  readonly probes: string
  readonly backend?: readonly string[]
  readonly seed?: string
  readonly broken?: true
  readonly mutants?: true
  readonly report?: true
}

await new Command('isolation')
  .description('Tries to reach one tenant from another, on every backend that can be started. Fails when anything did.')
  .option('--probes <number>', 'how many attempts on each backend', '2000')
  .option('--backend <name...>', `only these of ${backends.map(({ name }) => name).join(', ')}`)
  .option('--seed <number>', 'make the attempts of an earlier run again')
  .option('--broken', 'break adapters on purpose as well, and show what catches them')
  .option('--mutants', 'probe nothing, and take the scope out of the real adapters instead, one part at a time; takes many minutes')
  .option('--report', 'rewrite docs/reports/isolation.md, or mutants.md')
  .action(run)
  .parseAsync()

async function run(flags: Flags): Promise<void> {
  if (flags.mutants) return runMutants(flags)
  const start = performance.now()
  const probes = wholeNumber('--probes', flags.probes)
  const seed = flags.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : wholeNumber('--seed', flags.seed)
  const unknown = flags.backend?.find((name) => backends.every((backend) => backend.name !== name))
  if (unknown !== undefined) throw new Error(`There is no backend ${unknown}. There are: ${backends.map(({ name }) => name).join(', ')}`)
  const chosen = backends.filter(({ name }) => flags.backend?.includes(name) ?? true)
  const runs = await runAll(chosen, probes, seed)
  const broken = flags.broken ? await brokenLines(seed) : undefined
  const wrong = findingsOf(runs)
  console.log(`\n${plainLines(probeLines(runs))}\n\n${plainLines(doorLines(runs))}\n`)
  if (broken !== undefined) console.log(`${plainLines(broken.lines)}\n`)
  for (const line of wrong) console.log(line)
  const command = ['npm run isolation --', `--probes ${probes}`, flags.backend && `--backend ${flags.backend.join(' ')}`]
    .concat([`--seed ${seed}`, flags.broken && '--broken'])
    .filter(Boolean)
    .join(' ')
  const durationMs = performance.now() - start
  console.log(`${command}; ${machine()}; ${Math.round(durationMs / 1000)} s`)
  if (flags.report) await writeIsolationReport({ runs, broken, command, durationMs })
  const isMissing = flags.backend !== undefined && runs.some(({ missing }) => missing !== undefined)
  if (wrong.length > 0 || isMissing || (broken?.missed.length ?? 0) > 0) process.exitCode = 1
}

async function runMutants(flags: Flags): Promise<void> {
  const start = performance.now()
  const { lines, missed } = await mutantLines((text) => console.error(`isolation: ${text}`))
  const durationMs = performance.now() - start
  console.log(`\n${plainLines(lines)}\n\n${machine()}; ${Math.round(durationMs / 1000)} s`)
  for (const each of missed) console.log(`NOT CAUGHT: ${each}`)
  if (flags.report) await writeMutantsReport({ lines, missed }, durationMs)
  if (missed.length > 0) process.exitCode = 1
}

/** In two rows side by side: what works in this process, and what waits for a server most of the time. */
async function runAll(chosen: readonly Backend[], probes: number, seed: number): Promise<readonly BackendRun[]> {
  const runs = new Map<Backend, BackendRun>()
  const inRow = async (row: readonly Backend[]) => {
    for (const backend of row) {
      console.error(`isolation: ${backend.name}`)
      runs.set(backend, await runOn(backend, probes, seed))
    }
  }
  await Promise.all([inRow(chosen.filter(({ waits }) => !waits)), inRow(chosen.filter(({ waits }) => waits))])
  return chosen.flatMap((backend) => runs.get(backend) ?? [])
}

async function runOn({ name, start }: Backend, probes: number, seed: number): Promise<BackendRun> {
  const began = performance.now()
  try {
    await using running = await start()
    const report = await probeBackend(running, { probes, seed, maxFindings: 3 })
    if (problemsOf(report) > 0) console.error(`isolation: ${name} let ${problemsOf(report)} through`)
    return { name, about: running.about, report, seconds: (performance.now() - began) / 1000 }
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    return { name, about: '', missing: error.message, seconds: 0 }
  }
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${flag} is no whole number from 1 up`)
  return number
}
