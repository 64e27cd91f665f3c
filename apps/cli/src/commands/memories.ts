import type { Command } from 'commander'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { answer, answerJson, note } from '../terminal.ts'

export function addMemories(program: Command, signal: AbortSignal): void {
  program
    .command('memories')
    .summary("list a user's memories")
    .description("Lists the ids of the user's memories that hold something, one a line.")
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem memories --user alice
  $ graphmem memories --user alice --json`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<MemoryChoice>()
      const memories = await withMemory(choice, ({ user }) => user.list({ signal }))
      if (choice.json) answerJson({ memories })
      else if (memories.length === 0) note('no memories yet')
      else answer(memories.join('\n'))
    })
}
