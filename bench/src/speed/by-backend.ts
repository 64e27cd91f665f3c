import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { mean, quantile } from '../quantile.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import type { Backend } from './backends/backend.ts'
import { libsqlServerBackend } from './backends/libsql-server-backend.ts'
import { measureBackend } from './backends/measure-backend.ts'
import type { Measured } from './backends/measured.ts'
import { neo4jBackend } from './backends/neo4j-backend.ts'
import { tursoBackend } from './backends/turso-backend.ts'
import type { Laboratory } from './laboratory.ts'

/** The most that a store may take, as a multiple of what its driver takes for the same statements. */
const mostTimesStraight = 1.3

/** What each backend costs: what is said to its driver and over its wire, and how much a store adds to what the driver takes. */
export async function byBackend(lab: Laboratory): Promise<readonly BenchRow[]> {
  const backends: readonly (readonly [name: string, open: () => Promise<Backend>])[] = [
    ['one libSQL file', () => tursoBackend(lab.newFile('backend.db'))],
    ['a libSQL server (a double)', () => libsqlServerBackend(lab.newFile('noted.db'))],
    ['Neo4j', neo4jBackend],
  ]
  const rows: BenchRow[] = []
  for (const [name, open] of backends) {
    lab.note(`statements, round trips and times, ${name}`)
    const measured = await rowsOrSkipped(`what ${name} costs`, async () => {
      await using backend = await open()
      const { warm, cold, apply } = await measureBackend(backend, lab)
      return [...rowsOf(`a warm recall, ${name}`, warm), ...rowsOf(`a cold recall, ${name}`, cold), ...rowsOf(`an apply, ${name}`, apply)]
    })
    rows.push(...measured)
  }
  return rows
}

function rowsOf(call: string, { statements, traffic, wholeMs, storeMs, straightMs }: Measured): readonly BenchRow[] {
  const [trips, ...otherTrips] = new Set(traffic.map(({ roundTrips }) => roundTrips))
  return [
    { ...constant(`statements of ${call}`, statements) },
    ...(trips === undefined ? [] : [constant(`round trips of ${call}`, [trips, ...otherTrips])]),
    ...(traffic.length === 0
      ? []
      : [
          {
            measure: `bytes sent; received, on average, of ${call}`,
            value: [mean(traffic.map(({ sent }) => sent)), mean(traffic.map(({ received }) => received))]
              .map((bytes) => Math.round(bytes).toLocaleString('en-US'))
              .join('; '),
          },
        ]),
    ...(wholeMs.length === 0 ? [] : [{ measure: `p50; p95, milliseconds, of ${call}`, value: p50AndP95(wholeMs) }]),
    {
      measure: `the store's part of it: p50; p95; of the same statements sent straight, of ${call}`,
      value: `${p50AndP95(storeMs)}; ${p50AndP95(straightMs)}`,
    },
    // Call by call: calls on a small memory and on a larger one have no p50 in common.
    atMost(
      `store ÷ the same statements sent straight through the driver, p50 of the calls, of ${call}`,
      quantile(
        storeMs.map((ms, call) => ms / (straightMs[call] ?? 0)),
        0.5,
      ),
      mostTimesStraight,
    ),
  ]
}

function constant(measure: string, counts: readonly number[]): BenchRow {
  const different = [...new Set(counts)].sort((a, b) => a - b)
  return { measure, value: different.join(', '), goal: 'constant', holds: different.length === 1 }
}

function p50AndP95(durations: readonly number[]): string {
  return [quantile(durations, 0.5), quantile(durations, 0.95)].map((value) => value.toFixed(2)).join('; ')
}
