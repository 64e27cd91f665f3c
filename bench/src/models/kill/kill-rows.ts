import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../../bench.ts'
import type { BenchRow } from '../../bench-row.ts'
import { atMost } from '../../gate.ts'
import { startChild } from '../../start-child.ts'
import { type ModelDouble, startModelDouble } from '../model-double.ts'
import type { IngestCommand, IngestOutcome } from './ingest-command.ts'

/** What an ingest has under way at once where nothing else is said. */
const concurrency = 8
const latencyMs = 5
const patienceMs = 120_000

/** One ingest, unbroken or killed so many times on its way, and then the same again. */
interface Course {
  /** Requests for each chunk that an answer was written for, those for a process that was gone by then included. */
  readonly paid: ReadonlyMap<string, number>
  /** Requests that came after each kill for what had been answered before. */
  readonly twice: readonly number[]
  readonly last: IngestOutcome
  readonly again: IngestOutcome
  /** Requests of the same ingest made again. */
  readonly requestsAgain: number
}

/** What is paid for an ingest of many chunks by processes that are killed on the way. */
export async function killRows({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const [many, few] = quick ? [64, 48] : [1_000, 200]
  const often = Array.from({ length: quick ? 2 : 8 }, (_, kill, kills = quick ? 3 : 9) => Math.floor(((kill + 1) * few) / kills))
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-models-'))
  try {
    const rows: BenchRow[] = []
    for (const [count, how, kills] of [
      [many, 'unbroken', []],
      [many, 'killed half-way', [many / 2]],
      [few, `killed ${often.length} times`, often],
    ] as const) {
      const name = `${count} chunks, ${how}`
      note(name)
      rows.push(...rowsOf(name, count, await follow(join(folder, `${how}.db`), count, kills)))
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function rowsOf(name: string, count: number, { paid, twice, last, again, requestsAgain }: Course): readonly BenchRow[] {
  const answered = [...paid.values()].reduce((sum, times) => sum + times, 0)
  const there = last.chunks === count && last.assertions === count && last.failed === 0 && again.unchanged === count
  return [
    { measure: `${name}: chunks there in the end`, value: `${last.chunks}`, goal: `${count}`, holds: there },
    ...(twice.length === 0
      ? [atMost(`${name}: successful extraction calls a chunk`, answered / count, 1)]
      : [atMost(`${name}: paid twice, at most, for a kill (8 under way at once)`, Math.max(...twice), concurrency)]),
    ...(twice.length < 2 ? [] : [{ measure: `${name}: paid twice in all`, value: answered - count }]),
    { ...atMost(`${name}: requests of the same ingest again, and on its bill`, requestsAgain + again.calls, 0) },
  ]
}

/** @param kills after how many answers in all */
async function follow(file: string, count: number, kills: readonly number[]): Promise<Course> {
  await using double = await startModelDouble()
  double.before = async () => {
    await new Promise((resolve) => setTimeout(resolve, latencyMs))
    return undefined
  }
  const command = { url: double.url, file, count }
  const twice: number[] = []
  let before = new Set<string>()
  const noteTwice = () => {
    if (before.size > 0) twice.push(double.asked.slice(since).filter((text) => before.has(text)).length)
  }
  let since = 0
  for (const kill of kills) {
    await runUntil(command, double, kill)
    noteTwice()
    before = new Set(double.answered)
    since = double.asked.length
  }
  const last = await run(command)
  noteTwice()
  const asked = double.asked.length
  const again = await run(command)
  const paid = new Map<string, number>()
  for (const text of double.answered) paid.set(text, (paid.get(text) ?? 0) + 1)
  return { paid, twice, last, again, requestsAgain: double.asked.length - asked }
}

async function runUntil(command: IngestCommand, double: ModelDouble, answers: number): Promise<void> {
  const child = startChild('models/kill/ingest-child', [JSON.stringify(command)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patienceMs,
  })
  double.onAnswered = () => {
    if (double.answered.length >= answers) child.kill('SIGKILL')
  }
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  double.onAnswered = () => {}
  if (signal !== 'SIGKILL') throw new Error('The ingesting child came to its end before it was killed.')
  // What was on its way to the double when the process died.
  await new Promise((resolve) => setTimeout(resolve, 10 * latencyMs))
}

async function run(command: IngestCommand): Promise<IngestOutcome> {
  const child = startChild('models/kill/ingest-child', [JSON.stringify(command)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  })
  let [output, errors] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    output += more
  })
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    errors += more
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The ingesting child ended with ${code}: ${errors.trim()}`)
  return JSON.parse(output) as IngestOutcome
}
