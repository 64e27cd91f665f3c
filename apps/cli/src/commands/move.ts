import { openGraphMem } from '@graphmem/config'
import type { Command } from 'commander'
import { destinationSettings } from '../destination-settings.ts'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { answer, answerJson, counted, note } from '../terminal.ts'

interface MoveChoice extends MemoryChoice {
  readonly to: string
}

export function addMove(program: Command, signal: AbortSignal): void {
  program
    .command('move')
    .requiredOption('--to <url>', 'the store it goes to, as for --store')
    .summary('take a memory to another store')
    .description(
      'Writes a memory to another store, compares it there to the byte, and erases it here. Loses nothing that is written meanwhile; cut off, the same command finishes it.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem move --user alice --store file:./all.db --to 'file:./memories/{userId}.db'
  $ graphmem move --user alice --memory notes --to neo4j://localhost:7687

A password or token of the other store is read from GRAPHMEM_TO_STORE_USER, GRAPHMEM_TO_STORE_PASSWORD, GRAPHMEM_TO_STORE_DATABASE and
GRAPHMEM_TO_STORE_TOKEN.`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<MoveChoice>()
      await withMemory(choice, async ({ graphMem, userId, memoryId }) => {
        await using to = await openGraphMem(await destinationSettings(choice.to))
        const receipt = await graphMem.move({ userId, memoryId }, to, { signal })
        if (choice.json) answerJson(receipt)
        else if (receipt.digest === undefined) answer('nothing to move')
        else answer(`moved: ${counted(receipt.records.episodes, 'episode')} · ${counted(receipt.records.facts, 'fact')}`)
        for (const words of receipt.erased.unverified) note(`not verified: ${words}`)
      })
    })
}
