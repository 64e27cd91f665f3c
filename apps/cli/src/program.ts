import { Command, Option } from 'commander'
import { addAudit } from './commands/audit.ts'
import { addBench } from './commands/bench.ts'
import { addDoctor } from './commands/doctor.ts'
import { addErase } from './commands/erase.ts'
import { addExport } from './commands/export.ts'
import { addImport } from './commands/import.ts'
import { addIngest } from './commands/ingest.ts'
import { addMemories } from './commands/memories.ts'
import { addMove } from './commands/move.ts'
import { addQuery } from './commands/query.ts'
import { addReembed } from './commands/reembed.ts'
import { addServe } from './commands/serve.ts'
import { addShow } from './commands/show.ts'
import { addStats } from './commands/stats.ts'
import { addToken } from './commands/token.ts'
import { exitCodesHelp } from './exit-codes.ts'

/** The command line. It writes no error itself: what is wrong is thrown. */
export function createProgram(version: string, signal: AbortSignal): Command {
  const program = new Command('graphmem')
    .description('A private, growing memory for each user: texts go in, questions are answered from them, with what they rest on.')
    .version(version, '-V, --version')
    .addOption(new Option('-u, --user <id>', 'whose memory; required, never a default').env('GRAPHMEM_USER'))
    .option('-m, --memory <id>', "which of the user's memories", 'default')
    .option('--name <name>', 'how the user is called: "I" and that name are then the same')
    .addOption(new Option('--alias <name>', 'another name of the user; may be given again').argParser(appended))
    .option(
      '--store <url>',
      "file:./memory.db · file:./memories/{userId}.db, one file a user · memory: · libsql://… · neo4j://… (default: GRAPHMEM_STORE, else graphmem.config.ts, else a file in the user's data folder)",
    )
    .option('--json', 'one JSON document on standard output')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError() {} })
    .showSuggestionAfterError()
    .helpCommand(false)
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  $ export GRAPHMEM_USER=alice
  $ graphmem ingest --name Alice --text "I work at Google as a senior engineer"
  $ graphmem query "Where do I work?"
  Google
  $ graphmem ingest --memory notes ~/notes
  $ graphmem show Google
  $ graphmem erase --all

Settings are read from the environment (GRAPHMEM_STORE, GRAPHMEM_STORE_TOKEN, GRAPHMEM_STORE_PASSWORD, GRAPHMEM_CACHE, …) and from
graphmem.config.ts in this folder or above; an option wins over the environment, and the environment over the file.

The answer goes to standard output, all else to standard error. Each command has its own --help.

${exitCodesHelp}`,
    )
  for (const add of [
    addIngest,
    addQuery,
    addMemories,
    addStats,
    addShow,
    addExport,
    addImport,
    addMove,
    addReembed,
    addErase,
    addDoctor,
    addServe,
    addToken,
    addAudit,
    addBench,
  ]) {
    add(program, signal)
  }
  return program
}

function appended(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}
