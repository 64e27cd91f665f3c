import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '@graphmem/services/redis'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { besideAFlood, type Flood } from './beside-a-flood.ts'
import { besideTheLibrary } from './beside-the-library.ts'
import { saidFile } from './said-file.ts'

const connections = 100

const floods: readonly Flood[] = [
  { name: 'quotas as shipped', env: {}, connections, sentences: 2 },
  // The quiet ones ask sixty times a minute.
  { name: 'refused after 100 requests', env: { GRAPHMEM_SERVER_QUOTA_REQUESTS: '100' }, connections, sentences: 2 },
  // What is long is not interrupted.
  { name: 'texts of 200 sentences', env: {}, connections: 20, sentences: 200 },
]
/** The queue is then BullMQ's, and the quotas are counted there. */
const inRedis = 'quotas as shipped, in Redis'

/** What HTTP adds to the library, and what one user's flood takes from others, on a server as it is shipped, in a process of its own. */
export async function serverBench({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-server-'))
  try {
    const users = quick ? 20 : 200
    note(`memories of ${users} users`)
    const said = await saidFile(folder, users)
    const [rounds, roundMs, practiceMs] = quick ? [1, 1_000, 200] : [3, 20_000, 5_000]
    const rows = [...(await besideTheLibrary({ said, users, rounds, roundMs, practiceMs, note }))]
    const length = quick ? { rounds: 1, roundMs: 1_000, practiceMs: 200 } : { rounds: 16, roundMs: 4_000, practiceMs: 10_000 }
    const flooded = (flood: Flood) => besideAFlood(flood, { said, users: quick ? 5 : 20, ...length, note })
    for (const flood of quick ? floods.slice(0, 1) : floods) rows.push(...(await flooded(flood)))
    const behindRedis = async () => {
      await using redis = await startRedis()
      return await flooded({ name: inRedis, env: { GRAPHMEM_SERVER_REDIS: redis.url }, connections, sentences: 2 })
    }
    rows.push(...(await rowsOrSkipped(`beside a flood, ${inRedis}`, behindRedis)))
    return quick ? rows.map(withoutRatio) : rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In a moment no ratio of times is what it is. */
function withoutRatio(row: BenchRow): BenchRow {
  if (!row.measure.includes('÷')) return row
  const { measure, value } = row
  return { measure, value }
}
