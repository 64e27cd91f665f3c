import { examineStore, type GraphMemSettings, openGraphMem } from '@graphmem/config'
import type { Diagnosis, Finding } from '@graphmem/core'
import type { Command } from 'commander'
import { cliSettings, type StoreChoice } from '../cli-settings.ts'
import { exitCodes } from '../exit-codes.ts'
import { progressOn } from '../progress.ts'
import { answer, answerJson, counted, oneLine } from '../terminal.ts'

interface DoctorChoice extends StoreChoice {
  readonly json?: true
}

export function addDoctor(program: Command, signal: AbortSignal): void {
  program
    .command('doctor')
    .summary('look for faults in a database, across all of its users')
    .description(
      "Looks for edges between users, missing owners, ids that lead nowhere, damaged or mixed indexes, in a database of this library or of GraphMem for Python. For whoever runs the database: it reads all users' memories, tells ids and no texts, and writes nothing. Exit code 4 when anything is found.",
    )
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem doctor --store file:./graphmem.db
  $ graphmem doctor --store neo4j://localhost:7687 --json`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<DoctorChoice>()
      const settings = await cliSettings(choice)
      const diagnosis = await examineStore(settings, { signal })
      const findings = [...diagnosis.findings, ...(await indexFindings(diagnosis, settings, signal))]
      if (choice.json) answerJson({ ...diagnosis, memories: diagnosis.memories.length, findings })
      else answer(printed(diagnosis, findings))
      if (findings.length > 0) process.exitCode = exitCodes.foundFaults
    })
}

/** What is wrong with the index of each memory; one finding for each fault. */
async function indexFindings(
  { memories, findings }: Diagnosis,
  settings: GraphMemSettings,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  // A file that is not its user's is not opened.
  if (memories.length === 0 || findings.some(({ code }) => code === 'wrong-file')) return []
  await using graphMem = await openGraphMem(settings)
  const progress = progressOn(process.stderr)
  const found = new Map<string, Finding>()
  try {
    for (const [place, ids] of memories.entries()) {
      progress.show(place / memories.length, `examined ${place.toLocaleString('en')} of ${counted(memories.length, 'memory', 'memories')}`)
      for (const finding of await graphMem.memory(ids).examine({ signal })) {
        const before = found.get(finding.code) ?? { ...finding, count: 0, examples: [] }
        const examples = [...before.examples, ...finding.examples].slice(0, 5)
        found.set(finding.code, { ...before, count: before.count + finding.count, examples })
      }
    }
  } finally {
    progress.end()
  }
  return [...found.values()]
}

function printed({ layout, memories }: Diagnosis, findings: readonly Finding[]): string {
  const whose = { graphmem: 'a database of GraphMem', python: 'a database of GraphMem for Python', empty: 'an empty database' }[layout]
  const head = `${whose}, ${counted(memories.length, 'memory', 'memories')}: ${findings.length === 0 ? 'nothing wrong' : counted(findings.length, 'fault')}`
  const told = findings.map(({ code, what, count, examples, remedy }) =>
    [`${code}  ${count.toLocaleString('en')} ×  ${what}`, ...examples.map((example) => `  ${place(example)}`), `  → ${remedy}`].join('\n'),
  )
  return [head, ...told].join('\n')
}

function place({ userId, memoryId, id }: Finding['examples'][number]): string {
  const parts = { user: userId, memory: memoryId, id }
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${oneLine(value)}`]))
    .join(' · ')
}
