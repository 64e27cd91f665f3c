import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast, atMost } from '../gate.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { type FedServer, startFedServer } from './fed-server.ts'
import { type Fuzzed, fuzz } from './fuzz.ts'
import { schemathesisPackages } from './schemathesis.ts'
import { type Served, servedOf } from './served-of.ts'
import { foundOf, wrongDocument, wrongs } from './wrong-document.ts'

const [goal, quickGoal] = [20_000, 1_000]
const [examples, quickExamples] = [480, 10]
const mostRounds = 20

/** Findings about what a request did, where all others are about the form of its answer. */
const behaviours: ReadonlySet<string> = new Set([
  'RejectedPositiveData',
  'AcceptedNegativeData',
  'UnsupportedMethodResponse',
  'AllowHeaderMismatch',
  'MissingHeaderNotRejected',
  'UseAfterFree',
  'EnsureResourceAvailability',
  'IgnoredAuth',
  'ObjectLevelAuthorizationViolation',
])

/** What is not checked, and why. It stands in `fuzz/schemathesis.toml` and `fuzz/hooks.py`. */
const leftOut = [
  'that a job is gone after DELETE: it is called off, and what is known of it stays',
  'that ids of over 256 bytes, or of no UTF-8, are taken: JSON Schema counts characters',
  'that a request is taken in which two episodes of one id, or of one text without ids, differ: JSON Schema has no words for it',
  'that drawn lines are imported: the checksum of an export cannot be drawn. Real exports are sent in their place',
  'that good data come through where something else is in their way: 401 (a drawn token), 404, 409, and 422 for an Idempotency-Key that stood for other work',
  'which refusal bad data get: 400, 401, 404, 405, 409, 413, 415, 422 and 431 all count as one',
]

/** Whether the server answers as its own document says, whatever is sent to it. */
export async function schemaBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  return rowsOrSkipped('requests drawn from the document', async () => {
    const packages = await schemathesisPackages()
    const folder = await mkdtemp(join(tmpdir(), 'graphmem-fuzz-'))
    try {
      await using server = await startFedServer(folder)
      return await rows(server, { ...options, packages, folder })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

async function rows(
  server: FedServer,
  { quick, note, packages, folder }: BenchOptions & { readonly packages: string; readonly folder: string },
): Promise<readonly BenchRow[]> {
  const least = quick ? quickGoal : goal
  const rounds: Fuzzed[] = []
  const answers = () => rounds.flatMap((round) => round.answers)
  for (let seed = 1; sum(answers()) < least && seed <= mostRounds; seed++) {
    note(`round ${seed}, after ${sum(answers())} requests`)
    const round = await fuzz(server, { packages, folder, seed, examples: quick ? quickExamples : examples })
    if (round.failures.length + round.errors.length > 0) note(round.printed)
    rounds.push(round)
  }
  const served = await servedOf(server.url)
  note('a document that is wrong on purpose')
  const document = wrongDocument((await (await fetch(`${server.url}/openapi.json`)).json()) as Parameters<typeof wrongDocument>[0])
  const found = foundOf((await fuzz(server, { packages, folder, seed: 1, examples: quickExamples, document })).failures)
  return rowsOf(rounds, { least, served, found })
}

function rowsOf(
  rounds: readonly Fuzzed[],
  { least, served, found }: { readonly least: number; readonly served: Served; readonly found: number },
): readonly BenchRow[] {
  const answers = rounds.flatMap((round) => round.answers)
  const operations = new Set(answers.map(({ operation }) => operation))
  const withSuccess = new Set(answers.filter(({ status }) => status < 300).map(({ operation }) => operation))
  const failures = rounds.flatMap((round) => round.failures)
  const behaved = failures.filter(({ type }) => behaviours.has(type))
  const statuses = [...new Set(answers.map(({ status }) => status))].sort()
  return [
    { measure: 'operations; phases; rounds', value: `${operations.size}; ${rounds[0]?.phases.join(', ')}; ${rounds.length}` },
    atLeast('requests', sum(answers), least),
    atLeast('requests, as the server counts them', served.requests, sum(answers)),
    {
      measure: 'answers by status',
      value: statuses.map((status) => `${status}: ${sum(answers.filter((each) => each.status === status))}`).join('; '),
    },
    atMost('answers of 500 and above', Math.max(served.failures, sum(answers.filter(({ status }) => status >= 500))), 0),
    atMost('answers that do not fit their schema, status, type or headers', failures.length - behaved.length, 0),
    atMost('requests that were taken, refused or allowed otherwise than the document says', behaved.length, 0),
    ...failures.map(({ title, operations }) => ({ measure: 'for example', value: `${title}: ${operations.join(', ')}` })),
    atMost('operations that were never answered with success', operations.size - withSuccess.size, 0),
    atMost('what schemathesis could not try', rounds.flatMap((round) => round.errors).length, 0),
    {
      measure: 'places where a document is wrong on purpose; of these found',
      value: `${wrongs.length}; ${found}`,
      goal: 'all',
      holds: found === wrongs.length,
    },
    ...leftOut.map((what) => ({ measure: 'not checked', value: what })),
  ]
}

function sum(answers: Fuzzed['answers']): number {
  return answers.reduce((total, { count }) => total + count, 0)
}
