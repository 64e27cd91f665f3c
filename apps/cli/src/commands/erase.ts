import { confirm, isCancel } from '@clack/prompts'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Interrupted } from '../interruption.ts'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { refusal } from '../refusal.ts'
import { answer, answerJson, counted, note, oneLine } from '../terminal.ts'

interface EraseChoice extends MemoryChoice {
  readonly all?: true
  readonly yes?: true
}

export function addErase(program: Command, signal: AbortSignal): void {
  program
    .command('erase')
    .summary('delete a memory, or all of a user, beyond recovery')
    .description('Deletes a memory beyond recovery, and says what was deleted. Asks on a terminal; in a pipe it wants --yes.')
    .option('--all', 'all memories of the user')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem erase --user alice --memory notes
  $ graphmem erase --user alice --all --yes`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<EraseChoice>()
      if (!choice.yes && !(process.stdin.isTTY && process.stderr.isTTY)) {
        throw refusal('yes', 'erase cannot ask here: give --yes to delete beyond recovery.')
      }
      await withMemory(choice, async ({ memory, user, userId, memoryId }) => {
        const what = choice.all ? `all memories of “${oneLine(userId)}”` : `the memory “${oneLine(memoryId)}” of “${oneLine(userId)}”`
        if (!choice.yes && !(await confirmed(what, signal))) {
          note('nothing was erased')
          process.exitCode = exitCodes.failed
          return
        }
        const receipt = await (choice.all ? user : memory).erase({ signal })
        if (choice.json) answerJson(receipt)
        else
          answer(
            `erased: ${counted(receipt.memories, 'memory', 'memories')} · ${counted(receipt.records.episodes, 'episode')} · ${counted(receipt.records.facts, 'fact')}`,
          )
        for (const words of receipt.unverified) note(`not verified: ${words}`)
      })
    })
}

async function confirmed(what: string, signal: AbortSignal): Promise<boolean> {
  const reply = await confirm({ message: `Delete ${what} beyond recovery?`, initialValue: false, signal, output: process.stderr })
  if (isCancel(reply)) throw new Interrupted('SIGINT')
  return reply
}
