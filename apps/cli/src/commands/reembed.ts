import type { ReembedResult } from '@graphmem/core'
import type { Command } from 'commander'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { progressOn } from '../progress.ts'
import { answer, answerJson, counted } from '../terminal.ts'

export function addReembed(program: Command, signal: AbortSignal): void {
  program
    .command('reembed')
    .summary('go over to another embedder')
    .description(
      `Makes the vectors of a memory anew, from the stored text, with the embedder of the settings (GRAPHMEM_EMBEDDER, or graphmem.config.ts).
Whoever uses the embedder of before goes on with it until all is done. Cut off, the same command goes on where it stopped.`,
    )
    .addHelpText(
      'after',
      `
Examples:
  $ GRAPHMEM_EMBEDDER=onnx:./all-minilm-l6-v2 graphmem reembed --user alice
  $ for memory in $(graphmem memories --user alice); do graphmem reembed --user alice --memory "$memory"; done`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<MemoryChoice>()
      const progress = progressOn(process.stderr)
      const result = await withMemory(choice, ({ memory }) =>
        memory.reembed({
          signal,
          onProgress: ({ done, total }) => progress.show(done / Math.max(1, total), `${done} of ${counted(total, 'passage')}`),
        }),
      ).finally(() => progress.end())
      if (choice.json) answerJson(result)
      else answer(printedReembedded(result))
    })
}

function printedReembedded({ chunks, embedded, durationMs }: ReembedResult): string {
  return `${counted(chunks, 'passage')} · ${embedded.toLocaleString('en')} embedded · ${(durationMs / 1000).toFixed(1)} s`
}
