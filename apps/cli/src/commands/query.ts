import { type Command, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { dateOption } from '../iso-date.ts'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { printedEvidence } from '../print-evidence.ts'
import { printedExplanation } from '../print-explanation.ts'
import { refusal } from '../refusal.ts'
import { answer, answerJson, note, oneLine } from '../terminal.ts'
import { asOfOption, historyOption, knownAtOption, limitOption, type TimeChoice, timeOptions } from './time-options.ts'

interface QueryChoice extends MemoryChoice, TimeChoice {
  readonly at?: string
  readonly limit?: number
  readonly explain?: true
}

export function addQuery(program: Command, signal: AbortSignal): void {
  program
    .command('query')
    .summary('answer a question from a memory')
    .description(
      `Answers a question from one memory of one user, and from nothing else. The answer goes to standard output, what it rests on to standard error.
When the memory does not hold the answer, that is "No information found", with exit code 3.`,
    )
    .argument('<question>', 'in plain words; "I" and "my" are the user')
    .addOption(asOfOption())
    .addOption(knownAtOption())
    .addOption(historyOption())
    .addOption(new Option('--at <date>', 'when the question is asked (default: now)').argParser(dateOption('--at')))
    .addOption(limitOption('how many passages to look at', 1000))
    .option('--explain', 'why these passages: what each scored, from which signal, over which names')
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem query --user alice --name Alice "Where does Alice work?"
  $ graphmem query --user alice --as-of 2019 "Where did I work?"
  $ graphmem query --user alice --known-at 2024-03-02 "Where do I work?"   what the memory believed then
  $ graphmem query --user alice --json "What is my job?" | jq .citations`,
    )
    .action(async (question: string, _options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<QueryChoice>()
      if (question.trim() === '') throw refusal('question', 'The question is empty.')
      const { at, limit, explain = false } = choice
      const options = {
        signal,
        explain,
        ...timeOptions(choice),
        ...(at === undefined ? {} : { at }),
        ...(limit === undefined ? {} : { limit }),
      }
      const result = await withMemory(choice, ({ memory }) => memory.query(question, options))
      if (choice.json) {
        answerJson(result)
      } else {
        answer(oneLine(result.answer))
        if (result.found) note(printedEvidence(result))
        if (explain) note(printedExplanation(result))
      }
      if (!result.found) process.exitCode = exitCodes.notFound
    })
}
