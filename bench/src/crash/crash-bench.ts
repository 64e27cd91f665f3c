import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { randomNumbers, shuffled } from '../random.ts'
import { episodeCount } from './crash-corpus.ts'
import { type Examined, examine, ingestAgain } from './examine.ts'
import { type IngestCommand, type IngestOutcome, marks } from './ingest-command.ts'
import { type IngestRun, runIngest } from './run-ingest.ts'
import { tally } from './tally.ts'

const allPlaces: readonly number[] = Array.from({ length: episodeCount }, (_, place) => place)
const batchSize = 3

/** What the experiments of one run have in common. */
interface Laboratory {
  readonly newFile: () => string
  readonly whole: Examined
  readonly outcome: IngestOutcome
  readonly timing: Timing
  readonly random: () => number
}

/** How long an unbroken ingest takes, so that kills fall where it is at work. */
interface Timing {
  readonly ingestMs: number
  readonly applyMs: number
}

export async function crashBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-crash-'))
  try {
    let files = 0
    const newFile = () => join(folder, `${files++}.db`)
    const unbroken = await runUnbroken(newFile())
    const laboratory: Laboratory = { newFile, random: randomNumbers(5), ...unbroken }
    return [
      ...(await killAtBoundaries(laboratory, options)),
      ...(await killAtRandom(laboratory, options, options.quick ? { kills: 6, inside: 3 } : { kills: 50, inside: 25 })),
      ...(await ingestInOtherOrders(laboratory, options)),
      ...(await ingestTwice(laboratory, options, options.quick ? 1 : 6)),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runUnbroken(file: string): Promise<Pick<Laboratory, 'whole' | 'outcome' | 'timing'>> {
  const times: number[] = []
  const run = runIngest({ file, places: allPlaces, batchSize })
  run.onMarks = (said) => {
    while (times.length < said.length) times.push(performance.now())
  }
  const { outcome } = await run.ended
  if (outcome === undefined) throw new Error('The unbroken ingest was killed by somebody else.')
  const [start = 0, ...later] = times
  const applies = outcome.applies.map((_, apply) => (later[apply * 2 + 1] ?? 0) - (later[apply * 2] ?? 0))
  return { whole: await examine(file), outcome, timing: { ingestMs: (later.at(-1) ?? 0) - start, applyMs: quantile(applies, 0.75) } }
}

/** At every statement boundary of the first apply, which sets the database up too, and of the later one with the most statements. */
async function killAtBoundaries(laboratory: Laboratory, options: BenchOptions): Promise<readonly BenchRow[]> {
  const [first = 0, ...later] = laboratory.outcome.applies
  const most = Math.max(...later)
  const applies = [{ apply: 1 + later.indexOf(most), statements: most }, ...(options.quick ? [] : [{ apply: 0, statements: first }])]
  const boundaries = applies.flatMap(({ apply, statements }) =>
    Array.from({ length: statements + 1 }, (_, boundary) => ({ apply, boundary })),
  )
  options.note(`kills at ${boundaries.length} statement boundaries`)
  const count = tally(laboratory.whole)
  let kills = 0
  await inPairs(boundaries, async (killAt) => {
    const command: IngestCommand = { file: laboratory.newFile(), places: allPlaces, batchSize }
    if ((await runIngest({ ...command, killAt }).ended).killed) kills++
    await ingestAgain(command)
    count.add(await examine(command.file))
  })
  return [
    { measure: 'statements of the applies that are killed', value: applies.map(({ statements }) => statements).join(', ') },
    { ...atLeast('kills at statement boundaries', kills, boundaries.length), goal: `all ${boundaries.length}` },
    ...count.rows('killed at a boundary, then again'),
  ]
}

/** Two at a time: a child of one starts while the other is examined. */
async function inPairs<T>(values: readonly T[], run: (value: T) => Promise<void>): Promise<void> {
  const queue = values.values()
  const worker = async () => {
    for (const value of queue) await run(value)
  }
  await Promise.all([worker(), worker()])
}

/** A third of the moments anywhere in the ingest, the others anywhere in one apply: by clock, not by statement. */
async function killAtRandom(
  laboratory: Laboratory,
  options: BenchOptions,
  goal: { kills: number; inside: number },
): Promise<readonly BenchRow[]> {
  const count = tally(laboratory.whole)
  let kills = 0
  let inside = 0
  for (let attempt = 0; attempt < goal.kills * 3 && (kills < goal.kills || inside < goal.inside); attempt++) {
    if (attempt % 10 === 0) options.note(`kills at random moments: ${kills}, of which inside an apply: ${inside}`)
    const command: IngestCommand = { file: laboratory.newFile(), places: allPlaces, batchSize }
    const run = runIngest(command)
    if (attempt % 3 === 0) killAnywhere(run, laboratory)
    else killInApply(run, laboratory)
    const { killed, insideApply } = await run.ended
    if (!killed) continue
    kills++
    if (insideApply) inside++
    await ingestAgain(command)
    count.add(await examine(command.file))
  }
  return [
    atLeast('kills at random moments', kills, goal.kills),
    atLeast('of which inside an apply', inside, goal.inside),
    ...count.rows('killed at random, then again'),
  ]
}

function killAnywhere(run: IngestRun, { random, timing }: Laboratory): void {
  const delayMs = random() * timing.ingestMs
  void run.ready.then(() => setTimeout(run.kill, delayMs))
}

function killInApply(run: IngestRun, { random, timing, outcome }: Laboratory): void {
  const apply = Math.floor(random() * outcome.applies.length)
  const delayMs = random() * timing.applyMs
  let due = false
  run.onMarks = (said) => {
    if (due || said.split(marks.begin).length - 2 < apply) return
    due = true
    // A timer is too coarse for what lasts a few milliseconds.
    for (const start = performance.now(); performance.now() - start < delayMs; );
    run.kill()
  }
}

async function ingestInOtherOrders(laboratory: Laboratory, options: BenchOptions): Promise<readonly BenchRow[]> {
  options.note('other orders and batch sizes')
  const count = tally(laboratory.whole)
  for (const size of [1, 7, 64]) {
    const command: IngestCommand = { file: laboratory.newFile(), places: shuffled(allPlaces, laboratory.random), batchSize: size }
    await ingestAgain(command)
    count.add(await examine(command.file))
  }
  return count.rows('in another order and other batches')
}

/** Two processes, each with two thirds of the episodes in an order of its own, at the same moment into one memory. */
async function ingestTwice(laboratory: Laboratory, options: BenchOptions, rounds: number): Promise<readonly BenchRow[]> {
  options.note(`two processes at once, ${rounds} times`)
  const count = tally(laboratory.whole)
  const third = episodeCount / 3
  let conflicts = 0
  for (let round = 0; round < rounds; round++) {
    const file = laboratory.newFile()
    const runs = [
      runIngest({ file, places: shuffled(allPlaces.slice(0, third * 2), laboratory.random), batchSize: 1 + round, wait: true }),
      runIngest({ file, places: shuffled(allPlaces.slice(third), laboratory.random), batchSize: 3, wait: true }),
    ]
    await Promise.all(runs.map((run) => run.ready))
    for (const run of runs) run.go()
    for (const { outcome } of await Promise.all(runs.map((run) => run.ended))) conflicts += outcome?.conflicts ?? 0
    count.add(await examine(file))
  }
  return [
    { measure: 'two processes at once: times', value: rounds },
    { ...atLeast('two processes at once: writes that met and were made again', conflicts, 1) },
    ...count.rows('two processes at once'),
  ]
}
