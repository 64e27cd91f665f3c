import { createReadStream, statSync } from 'node:fs'
import { addAbortSignal } from 'node:stream'
import type { Command } from 'commander'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { progressOn } from '../progress.ts'
import { refusal } from '../refusal.ts'
import { answer, answerJson, counted } from '../terminal.ts'

export function addImport(program: Command, signal: AbortSignal): void {
  program
    .command('import')
    .argument('<file>', 'what `graphmem export` wrote; - for standard input')
    .summary('read an exported memory into an empty one')
    .description(
      'Reads an export into a memory that holds nothing, whole or not at all. What was cut off or changed is refused. Calls no model.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem import alice.ndjson --user alice
  $ gunzip -c notes.ndjson.gz | graphmem import - --user alice --memory notes`,
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<MemoryChoice>()
      const size = file === '-' ? undefined : sizeOf(file)
      await withMemory(choice, async ({ memory }) => {
        const source = size === undefined ? addAbortSignal(signal, process.stdin) : withProgress(file, size)
        const imported = await memory.import(source, { signal })
        if (choice.json) return answerJson(imported)
        const { episodes, facts } = imported.records
        answer(`imported: ${counted(episodes, 'episode')} · ${counted(facts, 'fact')}`)
      })
    })
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined || found.isDirectory()) throw refusal('file', `${file}: there is no such file.`)
  return found.size
}

async function* withProgress(file: string, size: number): AsyncGenerator<Uint8Array> {
  const progress = progressOn(process.stderr)
  let read = 0
  try {
    for await (const piece of createReadStream(file)) {
      read += piece.length
      progress.show(read / size, `read ${(read / 1024).toFixed(0)} of ${(size / 1024).toFixed(0)} KiB`)
      yield piece
    }
  } finally {
    progress.end()
  }
}
