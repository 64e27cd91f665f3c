import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import type { BenchRow } from '../bench-row.ts'
import { atMost, skipped } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { startChild } from '../start-child.ts'
import type { Laboratory } from './laboratory.ts'
import { hasProse } from './prose.ts'
import type { SizeCommand, SizeOutcome } from './size-command.ts'

/** How many passages, and the most milliseconds that a warm question may take there in memory; on a file it may take half more. */
const sizes = [
  { passages: 2_000, goalMs: 4 },
  { passages: 20_000, goalMs: 12 },
] as const
const onFile = 1.5
const most = 100_000

/** What a question costs, warm and cold, and what an index weighs, by the number of passages. Each size is measured in a process of its own. */
export async function byPassages(lab: Laboratory, quick: boolean): Promise<readonly BenchRow[]> {
  if (!hasProse()) return [skipped('questions by the number of passages', 'the public sets are not there')]
  const rows: BenchRow[] = []
  for (const { passages, goalMs } of quick ? sizes.slice(0, 1) : sizes) {
    lab.note(`${passages} passages`)
    const inMemory = await measureApart({ placement: 'in memory', passages, extracts: true, rounds: 3 })
    const inFile = await measureApart({ placement: 'one libSQL file', passages, extracts: true, rounds: 3 })
    const at = `at ${passages.toLocaleString('en-US')} passages`
    rows.push(
      ...warmRows('recall', `${at}, in memory`, inMemory.recallMs, goalMs),
      ...warmRows('recall', `${at}, one libSQL file`, inFile.recallMs, goalMs * onFile),
      answeredRow(`${at}, in memory`, inMemory),
      answeredRow(`${at}, one libSQL file`, inFile),
      ...coldRows(at, inFile, passages === 2_000 ? 100 : undefined),
      ...weightRows(at, passages, inFile),
    )
  }
  if (!quick) rows.push(...(await largest(lab)))
  return rows
}

/** That a memory of a hundred thousand passages works: its passages indexed, and nothing extracted, which would take most of the time. */
async function largest(lab: Laboratory): Promise<readonly BenchRow[]> {
  lab.note(`${most} passages`)
  const outcome = await measureApart({ placement: 'one libSQL file', passages: most, extracts: false, rounds: 1 })
  const at = `at ${most.toLocaleString('en-US')} passages, nothing extracted`
  return [
    { measure: `indexing: sentences a second, ${at}`, value: Math.round((outcome.sentences / outcome.ingestMs) * 1000) },
    {
      measure: `recall, warm: p50; p95, milliseconds, ${at}`,
      value: milliseconds(quantile(outcome.recallMs, 0.5), quantile(outcome.recallMs, 0.95)),
    },
    ...coldRows(at, outcome, undefined),
    ...weightRows(at, most, outcome),
  ]
}

function warmRows(call: string, where: string, durations: readonly number[], goalMs: number): readonly BenchRow[] {
  const [p50, p95] = [quantile(durations, 0.5), quantile(durations, 0.95)]
  return [atMost(`${call}, warm: p50, milliseconds, ${where}`, p50, goalMs), atMost(`${call}, warm: p95 ÷ p50, ${where}`, p95 / p50, 3)]
}

/** A query is a recall and what the reasoner makes of it, which has no goal here. */
function answeredRow(where: string, { queryMs, answerMs }: SizeOutcome): BenchRow {
  const value = milliseconds(quantile(queryMs, 0.5), quantile(queryMs, 0.95), quantile(answerMs, 0.5))
  return { measure: `query, warm: p50; p95; p50 of the reasoner's answer in it, milliseconds, ${where}`, value }
}

function coldRows(at: string, { coldMs }: SizeOutcome, goalMs: number | undefined): readonly BenchRow[] {
  const [p50, p95] = [quantile(coldMs, 0.5), quantile(coldMs, 0.95)]
  const rest = { measure: `recall, cold: p95, milliseconds, ${at}`, value: p95 }
  const measure = `recall, cold: p50, milliseconds, ${at}`
  return [goalMs === undefined ? { measure, value: p50 } : atMost(measure, p50, goalMs), rest]
}

function weightRows(at: string, passages: number, { segmentBytes, indexBytes, diskBytes }: SizeOutcome): readonly BenchRow[] {
  const each = [segmentBytes, indexBytes, diskBytes].map((bytes) => Math.round(bytes / passages).toLocaleString('en-US'))
  return [{ measure: `bytes a passage: of segments; of the index in the process; on disk, ${at}`, value: each.join('; ') }]
}

async function measureApart(command: SizeCommand): Promise<SizeOutcome> {
  const child = startChild('speed/size-child', [], { stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdin === null || child.stdout === null) throw new Error('The measuring child has no streams.')
  const ended = once(child, 'close')
  child.stdin.end(JSON.stringify(command))
  const outcome = await json(child.stdout)
  await ended
  return outcome as SizeOutcome
}

function milliseconds(...values: readonly number[]): string {
  return values.map((value) => value.toFixed(1)).join('; ')
}
