import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import type { Bench, BenchOptions } from './bench.ts'
import type { BenchRow } from './bench-row.ts'
import { benches } from './benches.ts'
import { failures } from './gate.ts'
import { machine } from './machine.ts'
import { writeReport } from './report.ts'
import { plainTable } from './table.ts'

interface Flags {
  readonly gate?: true
  readonly json?: string
  readonly report?: true
  readonly quick?: true
  readonly embedder?: string
  readonly reasoner?: 'local' | 'recorded'
  readonly ablate?: true
  readonly untitled?: true
}

const program = new Command('bench')
  .description('Measures GraphMem. Without a name it lists the benches; "all" runs them all.')
  .argument('[name]', 'which bench to run')
  .option('--gate', 'exit with 1 when a goal is missed')
  .option('--json <file>', 'write the rows to this file as well')
  .option('--report', 'rewrite docs/reports/NAME.md')
  .option('--quick', 'fewer repetitions and smaller memories')
  .option('--embedder <name>', 'for recall: local, or onnx')
  .addOption(new Option('--reasoner <name>', 'for recall: recorded, for what a recorded graph adds').choices(['local', 'recorded']))
  .option('--ablate', 'recall: without each of its stages as well')
  .option('--untitled', 'recall: of passages without titles as well')
  .action(async (name: string | undefined, flags: Flags) => {
    if (name === undefined) return list()
    const chosen = name === 'all' ? benches : benches.filter((bench) => bench.name === name)
    if (chosen.length === 0) program.error(`There is no bench "${name}". There are: ${benches.map((bench) => bench.name).join(', ')}, all.`)
    const results: Record<string, readonly BenchRow[]> = {}
    for (const bench of chosen) results[bench.name] = await runBench(bench, flags)
    if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify({ machine: machine(), results }, undefined, 2)}\n`)
    const missed = Object.values(results).flatMap(failures)
    if (missed.length > 0) console.error(`missed: ${missed.map((row) => row.measure).join('; ')}`)
    if (flags.gate && missed.length > 0) process.exitCode = 1
  })

await program.parseAsync()

function list(): void {
  const width = Math.max(...benches.map((bench) => bench.name.length))
  for (const bench of benches) console.log(`${bench.name.padEnd(width)}  ${bench.about}`)
  console.log(`\nnpm run bench -- NAME [--gate] [--json FILE] [--report] [--quick] [--reasoner recorded] [--ablate] [--untitled]`)
}

async function runBench(bench: Bench, flags: Flags): Promise<readonly BenchRow[]> {
  const options: BenchOptions = {
    quick: flags.quick ?? false,
    embedder: flags.embedder,
    ablate: flags.ablate ?? false,
    untitled: flags.untitled ?? false,
    note: (text) => console.error(`${bench.name}: ${text}`),
  }
  const isRecorded = flags.reasoner === 'recorded' && bench.recorded !== undefined
  const { about, run } = isRecorded ? bench.recorded : bench
  const start = performance.now()
  const rows = await run(options)
  const durationMs = performance.now() - start
  console.log(`${bench.name}: ${about}\n\n${plainTable(rows)}\n\n${machine()}; ${(durationMs / 1000).toFixed(0)} s\n`)
  if (flags.report) {
    const command = [
      'npm run bench --',
      bench.name,
      flags.quick && '--quick',
      flags.embedder && `--embedder ${flags.embedder}`,
      isRecorded && '--reasoner recorded',
      flags.ablate && '--ablate',
      flags.untitled && '--untitled',
      '--report',
    ]
      .filter(Boolean)
      .join(' ')
    const name = isRecorded ? `${bench.name}-recorded` : bench.name
    await writeReport({ name, about, command, rows, date: new Date(), durationMs })
  }
  return rows
}
