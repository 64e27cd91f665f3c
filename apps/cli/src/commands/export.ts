import { existsSync } from 'node:fs'
import type { Memory } from '@graphmem/core'
import type { Command } from 'commander'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { refusal } from '../refusal.ts'
import { answerJson, counted, note } from '../terminal.ts'
import { alreadyThere, writeWholeFile } from '../write-whole-file.ts'

interface ExportChoice extends MemoryChoice {
  readonly out?: string
  readonly force?: true
}

export function addExport(program: Command, signal: AbortSignal): void {
  program
    .command('export')
    .summary('write a memory out as NDJSON')
    .description(
      'Writes a memory, as it is at one version, to standard output or to a file that its owner alone can read: a line each for a header, every record, and an end without which it is not whole. Nothing in it says whose it is; what it says is not encrypted.',
    )
    .option('--out <file>', 'a file instead of standard output; it is there when it is whole')
    .option('--force', 'overwrite the file')
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem export --user alice --out alice.ndjson
  $ graphmem export --user alice --memory notes | gzip > notes.ndjson.gz`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<ExportChoice>()
      const { out, force } = choice
      if (choice.json && out === undefined) throw refusal('json', '--json goes with --out: what is exported is on standard output itself.')
      if (force && out === undefined) throw refusal('force', '--force goes with --out.')
      if (out !== undefined && existsSync(out) && !force) throw alreadyThere(out)
      await withMemory(choice, async ({ memory }) => {
        if (out === undefined) await toStandardOutput(memory, signal)
        else {
          const lines = await writeWholeFile(out, memory.export({ signal }), { force: force === true })
          if (choice.json) answerJson({ file: out, records: lines - 2 })
          else note(`${counted(lines - 2, 'record')} exported to ${out}`)
        }
      })
    })
}

async function toStandardOutput(memory: Memory, signal: AbortSignal): Promise<void> {
  for await (const line of memory.export({ signal })) {
    if (process.stdout.write(line)) continue
    await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
}
