import { GraphMem, totalBill } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { openaiChatWire } from '@graphmem/testkit'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { reasonerAt, startModelDouble } from './model-double.ts'
import { sentences } from './sentences.ts'

const ingests = 100
const chunks = 10
const hourMs = 3_600_000

/** What a hundred ingests at once take, of one user who may make so many calls. Every seventh request is refused for the moment, and made again. */
export async function budgetRows({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const calls of quick ? [25] : [25, 100, 500]) {
    note(`a budget of ${calls} calls`)
    const { requests, billed } = await spend(calls)
    rows.push({
      measure: `a budget of ${calls} calls, ${ingests} ingests of ${chunks} chunks at once: requests that came, and on the bills`,
      value: `${requests}, ${billed}`,
      goal: `≤ ${calls}, and the same`,
      holds: requests <= calls && requests === billed,
    })
  }
  return rows
}

async function spend(calls: number): Promise<{ readonly requests: number; readonly billed: number }> {
  await using double = await startModelDouble()
  double.before = (_, nth) => {
    if (nth % 7 !== 0) return undefined
    return { ...openaiChatWire.failure('limited', 'slower'), headers: { 'retry-after': '0' } }
  }
  await using graphMem = new GraphMem({
    store: memoryStore(),
    reasoner: reasonerAt(double.url),
    embedder: localEmbedder(),
    budgetPerUser: { calls, perMs: hourMs },
  })
  const results = await Promise.all(
    Array.from({ length: ingests }, (_, ingest) =>
      graphMem.memory({ userId: 'ann', memoryId: `memory-${ingest % 10}` }).ingest({ documents: sentences(chunks, `Ann${ingest}x`) }),
    ),
  )
  return { requests: double.asked.length, billed: totalBill(results.map(({ usage }) => usage)).calls }
}
