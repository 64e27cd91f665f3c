import { type MemoryStats, recordKinds } from '@graphmem/core'
import type { Command } from 'commander'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { aligned, answer, answerJson } from '../terminal.ts'

interface StatsChoice extends MemoryChoice {
  readonly digest?: true
}

export function addStats(program: Command, signal: AbortSignal): void {
  program
    .command('stats')
    .summary('say how much a memory holds')
    .description('Says how many records a memory holds, its version, and the size of its index.')
    .option(
      '--digest',
      'add a hash over the contents: equal for memories of the same episodes, in whatever order they came; reads everything',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem stats --user alice
  $ graphmem stats --user alice --memory notes --digest --json`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<StatsChoice>()
      const found = await withMemory(choice, async ({ memory, memoryId }) => ({
        memory: memoryId,
        ...(await memory.stats({ signal })),
        ...(choice.digest ? { digest: await memory.digest({ signal }) } : {}),
      }))
      if (choice.json) answerJson(found)
      else answer(printedStats(found))
    })
}

function printedStats({ version, records, segments, segmentBytes, digest }: MemoryStats & { readonly digest?: string }): string {
  return aligned([
    ['version', String(version)],
    ...recordKinds.map((kind) => [kind, records[kind].toLocaleString('en')] as const),
    ['index', `${segments.toLocaleString('en')} segments, ${(segmentBytes / 1024).toFixed(0)} KiB`],
    ...(digest === undefined ? [] : [['digest', digest] as const]),
  ])
}
