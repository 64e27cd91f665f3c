import type { Memory } from '@graphmem/core'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { listedEntities, printedEntity } from '../print-entity.ts'
import { refusal } from '../refusal.ts'
import { answer, answerJson, note } from '../terminal.ts'
import { asOfOption, historyOption, knownAtOption, limitOption, type TimeChoice, timeOptions } from './time-options.ts'

interface ShowChoice extends MemoryChoice, TimeChoice {
  readonly limit?: number
}

export function addShow(program: Command, signal: AbortSignal): void {
  program
    .command('show')
    .summary('print what is known of somebody or something')
    .description(
      'Prints a part of the graph as text: an entity, its other names, its facts with their times and where they are said, its neighbours.\nWithout a name: the entities that are mentioned most.',
    )
    .argument('[name]')
    .addOption(asOfOption())
    .addOption(knownAtOption())
    .addOption(historyOption())
    .addOption(limitOption('how many entities, or facts of one (default: 20, or 100)', 100_000))
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem show --user alice
  $ graphmem show --user alice Google
  $ graphmem show --user alice --history --json Alice`,
    )
    .action(async (name: string | undefined, _options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<ShowChoice>()
      if (name?.trim() === '') throw refusal('name', 'The name is empty.')
      await withMemory(choice, ({ memory }) =>
        name === undefined ? showMost(memory, choice, signal) : showNamed(memory, name, choice, signal),
      )
    })
}

async function showMost(memory: Memory, choice: ShowChoice, signal: AbortSignal): Promise<void> {
  const entities = await memory.entities({ limit: choice.limit ?? 20, signal })
  if (choice.json) answerJson({ entities })
  else if (entities.length > 0) answer(listedEntities(entities))
  if (entities.length === 0) nothing('the memory holds no entities yet')
}

async function showNamed(memory: Memory, name: string, choice: ShowChoice, signal: AbortSignal): Promise<void> {
  const entities = await memory.entities({ named: name, signal })
  const facts = await memory.facts({ about: name, limit: choice.limit ?? 100, ...timeOptions(choice), signal })
  if (choice.json) {
    answerJson({ entities, facts })
  } else if (entities.length > 0) {
    const episodes = new Map((await memory.episodes({ signal })).map((episode) => [episode.id, episode]))
    answer(entities.map((entity) => printedEntity(entity, facts, episodes)).join('\n\n'))
  }
  if (entities.length === 0) nothing('nothing of that name is known')
}

function nothing(why: string): void {
  note(why)
  process.exitCode = exitCodes.notFound
}
