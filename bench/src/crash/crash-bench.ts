import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { randomNumbers, shuffled } from '../random.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import type { KeptAt } from '../stores/kept-at.ts'
import { type LastingStore, lastingStores } from '../stores/lasting-stores.ts'
import { episodeCount } from './crash-corpus.ts'
import { digestsOfWhole, type Examined, examine, ingestAgain, stateOf } from './examine.ts'
import { type IngestCommand, type IngestOutcome, marks } from './ingest-command.ts'
import { type IngestRun, runIngest } from './run-ingest.ts'
import { tally } from './tally.ts'

const allPlaces: readonly number[] = Array.from({ length: episodeCount }, (_, place) => place)
const batchSize = 3
/** How many ingests are killed in all. */
const leastKills = 500

/** What the experiments on one store have in common. */
interface Laboratory {
  readonly name: string
  readonly next: () => KeptAt
  readonly whole: Examined
  /** The digests of a whole memory after so many applies. */
  readonly stages: readonly string[]
  readonly outcome: IngestOutcome
  readonly timing: Timing
  readonly random: () => number
}

/** How long an unbroken ingest takes, so that kills fall where it is at work. */
interface Timing {
  readonly ingestMs: number
  readonly applyMs: number
}

interface Killed {
  readonly kills: number
  readonly rows: readonly BenchRow[]
}

export async function crashBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-crash-'))
  const stages = await digestsOfWhole({ places: allPlaces, batchSize })
  try {
    const rows: BenchRow[] = []
    let kills = 0
    for (const { name, start, inProcess, ...goal } of options.quick ? lastingStores.slice(0, 1) : lastingStores) {
      const measured = await rowsOrSkipped(`kills, ${name}`, async () => {
        await using store = await start(folder)
        const laboratory = await prepare(name, store, stages)
        const killed = [
          ...(inProcess ? [await killAtBoundaries(laboratory, options)] : []),
          await killAtRandom(laboratory, options, options.quick ? { kills: 6, inside: 3 } : goal),
        ]
        kills += killed.reduce((sum, each) => sum + each.kills, 0)
        return [
          ...killed.flatMap((each) => each.rows),
          ...(inProcess ? await ingestInOtherOrders(laboratory, options) : []),
          ...(await ingestTwice(laboratory, options, options.quick ? 1 : 6)),
        ]
      })
      rows.push(...measured)
    }
    return [atLeast('ingests killed, on all stores', kills, options.quick ? 6 : leastKills), ...rows]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepare(name: string, { next }: LastingStore, stages: readonly string[]): Promise<Laboratory> {
  const keptAt = next()
  const times: number[] = []
  const run = runIngest({ keptAt, places: allPlaces, batchSize })
  run.onMarks = (said) => {
    while (times.length < said.length) times.push(performance.now())
  }
  const { outcome } = await run.ended
  if (outcome === undefined) throw new Error('The unbroken ingest was killed by somebody else.')
  const [start = 0, ...later] = times
  const applies = outcome.applies.map((_, apply) => (later[apply * 2 + 1] ?? 0) - (later[apply * 2] ?? 0))
  const timing = { ingestMs: (later.at(-1) ?? 0) - start, applyMs: quantile(applies, 0.75) }
  return { name, next, stages, outcome, timing, whole: await examine(keptAt), random: randomNumbers(5) }
}

/** At every statement boundary of the first apply, which sets the database up too, and of the later one with the most statements. */
async function killAtBoundaries(laboratory: Laboratory, options: BenchOptions): Promise<Killed> {
  const { name, whole, stages } = laboratory
  const [first = 0, ...later] = laboratory.outcome.applies
  const most = Math.max(...later)
  const applies = [{ apply: 1 + later.indexOf(most), statements: most }, ...(options.quick ? [] : [{ apply: 0, statements: first }])]
  const boundaries = applies.flatMap(({ apply, statements }) =>
    Array.from({ length: statements + 1 }, (_, boundary) => ({ apply, boundary })),
  )
  options.note(`kills at ${boundaries.length} statement boundaries, ${name}`)
  const count = tally(whole, stages)
  let kills = 0
  await inPairs(boundaries, async (killAt) => {
    const command: IngestCommand = { keptAt: laboratory.next(), places: allPlaces, batchSize }
    if (!(await runIngest({ ...command, killAt }).ended).killed) return
    kills++
    count.addKilled(await stateOf(command.keptAt))
    await ingestAgain(command)
    count.add(await examine(command.keptAt))
  })
  return {
    kills,
    rows: [
      { measure: `statements of the applies that are killed, ${name}`, value: applies.map(({ statements }) => statements).join(', ') },
      { ...atLeast(`kills at statement boundaries, ${name}`, kills, boundaries.length), goal: `all ${boundaries.length}` },
      ...count.rows(`killed at a boundary, then again, ${name}`),
    ],
  }
}

/** Two at a time: a child of one starts while the other is examined. */
async function inPairs<T>(values: Iterable<T>, run: (value: T) => Promise<void>): Promise<void> {
  const queue = values[Symbol.iterator]()
  const worker = async () => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await run(next.value)
  }
  await Promise.all([worker(), worker()])
}

/** A third of the moments anywhere in the ingest, the others anywhere in one apply: by clock, not by statement. */
async function killAtRandom(laboratory: Laboratory, options: BenchOptions, goal: { kills: number; inside: number }): Promise<Killed> {
  const { name, whole, stages } = laboratory
  const count = tally(whole, stages)
  let kills = 0
  let inside = 0
  function* attempts() {
    for (let attempt = 0; attempt < goal.kills * 3 && (kills < goal.kills || inside < goal.inside); attempt++) yield attempt
  }
  await inPairs(attempts(), async (attempt) => {
    if (attempt % 10 === 0) options.note(`kills at random moments: ${kills}, of which inside an apply: ${inside}, ${name}`)
    const command: IngestCommand = { keptAt: laboratory.next(), places: allPlaces, batchSize }
    const run = runIngest(command)
    if (attempt % 3 === 0) killAnywhere(run, laboratory)
    else killInApply(run, laboratory)
    const { killed, insideApply } = await run.ended
    if (!killed) return
    kills++
    if (insideApply) inside++
    count.addKilled(await stateOf(command.keptAt))
    await ingestAgain(command)
    count.add(await examine(command.keptAt))
  })
  return {
    kills,
    rows: [
      atLeast(`kills at random moments, ${name}`, kills, goal.kills),
      atLeast(`of which inside an apply, ${name}`, inside, goal.inside),
      ...count.rows(`killed at random, then again, ${name}`),
    ],
  }
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

async function ingestInOtherOrders({ name, next, whole, random }: Laboratory, options: BenchOptions): Promise<readonly BenchRow[]> {
  options.note(`other orders and batch sizes, ${name}`)
  const count = tally(whole)
  for (const size of [1, 7, 64]) {
    const command: IngestCommand = { keptAt: next(), places: shuffled(allPlaces, random), batchSize: size }
    await ingestAgain(command)
    count.add(await examine(command.keptAt))
  }
  return count.rows(`in another order and other batches, ${name}`)
}

/** Two processes, each with two thirds of the episodes in an order of its own, at the same moment into one memory. */
async function ingestTwice({ name, next, whole, random }: Laboratory, options: BenchOptions, rounds: number): Promise<readonly BenchRow[]> {
  options.note(`two processes at once, ${rounds} times, ${name}`)
  const count = tally(whole)
  const third = episodeCount / 3
  let conflicts = 0
  for (let round = 0; round < rounds; round++) {
    const keptAt = next()
    const runs = [
      runIngest({ keptAt, places: shuffled(allPlaces.slice(0, third * 2), random), batchSize: 1 + round, wait: true }),
      runIngest({ keptAt, places: shuffled(allPlaces.slice(third), random), batchSize: 3, wait: true }),
    ]
    await Promise.all(runs.map((run) => run.ready))
    for (const run of runs) run.go()
    for (const { outcome } of await Promise.all(runs.map((run) => run.ended))) conflicts += outcome?.conflicts ?? 0
    count.add(await examine(keptAt))
  }
  return [
    { measure: `two processes at once: times, ${name}`, value: rounds },
    { ...atLeast(`two processes at once: writes that met and were made again, ${name}`, conflicts, 1) },
    ...count.rows(`two processes at once, ${name}`),
  ]
}
