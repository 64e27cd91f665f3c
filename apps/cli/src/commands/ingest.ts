import type { IngestResult } from '@graphmem/core'
import { type Command, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { dateOption } from '../iso-date.ts'
import { type MemoryChoice, withMemory } from '../open-memory.ts'
import { ingested, printedIngested } from '../print-ingested.ts'
import { progressOn } from '../progress.ts'
import { type Input, readInput } from '../read-input.ts'
import { answer, answerJson, counted, note } from '../terminal.ts'

interface IngestChoice extends MemoryChoice {
  readonly text?: string
  readonly title?: string
  readonly at?: string
  readonly replace?: true
}

export function addIngest(program: Command, signal: AbortSignal): void {
  program
    .command('ingest')
    .summary('remember files, folders, what is piped in, or one sentence')
    .description(
      `Remembers texts. Files .txt and .md are documents; .jsonl and .ndjson hold one JSON object a line; folders are read with all that is in them.
What was remembered before changes nothing; a file that was edited replaces what it was. All input is checked before anything is written.

A line of JSON with a "title" is a document; any other is something somebody says:
  {"text": "I work at Google", "at": "2024-03-02"}
  {"content": "Lovely!", "name": "Bob", "session": "lunch", "at": "2024-03-02T12:30Z"}
Its other fields: id, role (user, assistant, system), sequence, source, tags, metadata, importance (0 to 10).
Text that is piped in is something the user says, or with --title a document.`,
    )
    .argument('[paths...]', 'files and folders; - is standard input, as is a pipe when no path is given')
    .option('--text <sentence>', 'one thing that the user says')
    .option('--title <title>', 'the title of the document')
    .addOption(
      new Option('--at <date>', "when it was said or written (default: a file's time of change, or now)").argParser(dateOption('--at')),
    )
    .option('--replace', 'let lines of JSON replace earlier ones of the same id, instead of refusing them')
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem ingest --user alice --name Alice --text "I work at Google as a senior engineer"
  $ graphmem ingest --user alice --memory notes ~/notes report.md
  $ graphmem ingest --user alice --memory chat conversation.jsonl
  $ curl -s https://example.com/post.txt | graphmem ingest --user alice --title "A post" -`,
    )
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<IngestChoice>()
      const input = await readInput({ paths, text: choice.text, title: choice.title, at: choice.at }, signal)
      await ingest(choice, input, signal)
    })
}

async function ingest(choice: IngestChoice, input: Input, signal: AbortSignal): Promise<void> {
  if (choice.store === 'memory:') note('note: the store memory: is gone when this command ends')
  // What is done at once needs no progress.
  const progress = input.length < 20_000 ? undefined : progressOn(process.stderr)
  const results: IngestResult[] = []
  try {
    await withMemory(choice, async ({ memory }) => {
      let before = 0
      for await (const { input: part, replace, length } of input.batches()) {
        const result = await memory.ingest(part, {
          signal,
          replace: replace || choice.replace === true,
          onProgress({ done, total }) {
            const share = Math.min(1, (before + (length * done) / Math.max(1, total)) / input.length)
            progress?.show(share, `${Math.floor(share * 100)} % of ${counted(input.items, 'item')}`)
          },
        })
        results.push(result)
        before += length
      }
    })
  } finally {
    progress?.end()
  }
  const sum = ingested(results)
  if (choice.json) answerJson(sum)
  else answer(printedIngested(sum))
  for (const { chunk, code, message } of sum.failures) note(`passage ${chunk} was not read: ${message} (${code})`)
  if (sum.failed > 0) process.exitCode = exitCodes.failed
}
