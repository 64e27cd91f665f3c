import { setTimeout as wait } from 'node:timers/promises'
import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { randomNumbers } from '../random.ts'
import { errorRows } from './error-rows.ts'
import { floodProcess } from './flood-process.ts'
import { openLoop } from './open-loop.ts'
import type { SaidFile } from './said-file.ts'
import { serverProcess } from './server-process.ts'
import { durationsOf, middleAndHigh, type Timings, together } from './timings.ts'
import { userWork } from './user-work.ts'
import { workersOverHttp } from './workers-over-http.ts'

/** Somebody who floods, and what the server is told of quotas. */
export interface Flood {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  readonly connections: number
  /** Of each text that is ingested. */
  readonly sentences: number
}

export interface BesideAFlood {
  readonly said: SaidFile
  /** Quiet ones, each with a request a second. The user after them floods. */
  readonly users: number
  readonly rounds: number
  readonly roundMs: number
  readonly practiceMs: number
  readonly note: (text: string) => void
}

interface Round {
  readonly alone: Timings
  readonly beside: Timings
  readonly statuses: Readonly<Record<string, number>>
}

/** How long it takes until a flood that began is one. */
const beginMs = 500
const seed = 73
/** How much longer the quiet ones may wait beside a flood, at p95. */
const most = 1.2

/** How long quiet users wait by turns alone and beside one who floods, on a server that goes on from round to round. */
export async function besideAFlood(flood: Flood, options: BesideAFlood): Promise<readonly BenchRow[]> {
  const { said, users, rounds, roundMs, practiceMs, note } = options
  const { folder, url } = await said.copy()
  await using server = await serverProcess(folder, { ...flood.env, GRAPHMEM_STORE: url })
  await using flooding = await floodProcess()
  await using open = new AsyncDisposableStack()
  const workers = await workersOverHttp(server, users, open)
  const random = randomNumbers(seed)
  const askQuietly = (durationMs: number) => openLoop(workers, { perSecond: users, durationMs, random })
  const { userId } = userWork(users)
  const { connections, sentences } = flood
  const command = { url: server.url, token: await server.tokenOf(userId), place: users, connections, sentences }
  async function measure(durationMs: number): Promise<Round> {
    const alone = await askQuietly(durationMs)
    const over = flooding.flood({ ...command, durationMs: beginMs + durationMs })
    await wait(beginMs)
    const beside = await askQuietly(durationMs)
    // Nothing of the flood is left when the next round begins.
    return { alone, beside, ...(await over) }
  }
  note(`beside a flood, ${flood.name}, practice`)
  await measure(practiceMs)
  const measured: Round[] = []
  for (let round = 0; round < rounds; round++) {
    note(`beside a flood, ${flood.name}, round ${round + 1} of ${rounds}`)
    measured.push(await measure(roundMs))
  }
  return rowsOf(flood, measured)
}

function rowsOf({ name }: Flood, rounds: readonly Round[]): readonly BenchRow[] {
  const [alone, beside] = [together(rounds.map((round) => round.alone)), together(rounds.map((round) => round.beside))]
  const measure = `p95 of the quiet beside a flood ÷ alone, ${rounds.length} rounds, ${name}`
  const ratio = quantile(durationsOf(beside), 0.95) / quantile(durationsOf(alone), 0.95)
  const errors = [...alone.errors, ...beside.errors]
  const answers = rounds.flatMap(({ statuses }) => Object.entries(statuses))
  const count = (isCounted: (status: string) => boolean) =>
    answers.reduce((sum, [status, times]) => sum + (isCounted(status) ? times : 0), 0)
  return [
    { measure: `requests of the quiet alone; beside a flood, ${name}`, value: `${alone.timings.length}; ${beside.timings.length}` },
    ...errorRows(`of these, errors, ${name}`, errors),
    {
      measure: `answers to the flood: done; refused, ${name}`,
      value: `${count((status) => /^20[02]$/.test(status))}; ${count((status) => status === '429')}`,
    },
    atMost(
      `other answers to the flood, ${name}`,
      count((status) => !/^20[02]$|^429$/.test(status)),
      0,
    ),
    {
      measure: `p50; p95 of the quiet, milliseconds, alone; beside a flood, ${name}`,
      value: `${middleAndHigh(durationsOf(alone))}; ${middleAndHigh(durationsOf(beside))}`,
    },
    atMost(measure, ratio, most),
  ]
}
