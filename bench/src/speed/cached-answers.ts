import { redisCache } from '@graphmem/cache-redis'
import { GraphMem, scope } from '@graphmem/core'
import { startRedis } from '@graphmem/services/redis'
import { Redis } from 'ioredis'
import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { mean, quantile } from '../quantile.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { watchStatements } from '../watch-statements.ts'
import { wireTo } from './backends/wire.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openMemory, openStore } from './laboratory.ts'
import { timed } from './timed.ts'

const entities = 1_000
const seed = 16
const practice = 10
const entryBytes = 4_096
const mostTimesStraight = 1.3

/** What an answer from Redis costs: the store its head, Redis one round trip. */
export async function cachedAnswers(lab: Laboratory): Promise<readonly BenchRow[]> {
  lab.note('answers from Redis')
  return rowsOrSkipped('an answer from Redis', () => measureCached(lab))
}

async function measureCached(lab: Laboratory): Promise<readonly BenchRow[]> {
  await using server = await startRedis()
  await using wire = await wireTo(Number(new URL(server.url).port))
  await using store = openStore('one libSQL file', lab, 'cached')
  await using cache = redisCache({ url: `redis://127.0.0.1:${wire.port}` })
  const memory = openMemory(new GraphMem({ store, cache, reasoner: lab.reasoner, embedder: lab.embedder }))
  const { questions } = await growMemory(memory, entities, seed)
  for (const question of questions) await memory.query(question)
  for (const question of questions.slice(0, practice)) await memory.query(question)
  const roundTrips: number[] = []
  const statements: number[] = []
  const bytes: number[] = []
  const durations: number[] = []
  let cached = 0
  for (const question of questions) {
    wire.taken()
    let said = 0
    const stop = watchStatements((moment) => {
      if (moment === 'before') said += 1
    })
    const ask = async () => {
      if ((await memory.query(question)).timings.cached === true) cached += 1
    }
    durations.push(await timed(ask))
    stop()
    const traffic = wire.taken()
    roundTrips.push(traffic.roundTrips)
    statements.push(said)
    bytes.push(traffic.sent + traffic.received)
  }
  const cost = await timesOf(server.url)
  const one = (measure: string, counts: readonly number[]): BenchRow => {
    const different = [...new Set(counts)]
    return { measure, value: different.join(', '), goal: '1', holds: different.length === 1 && different[0] === 1 }
  }
  return [
    { measure: `answers from Redis, of ${questions.length} asked again`, value: cached, goal: 'all', holds: cached === questions.length },
    one('round trips to Redis of an answer from it', roundTrips),
    one('statements of the store of an answer from Redis, one libSQL file', statements),
    { measure: 'bytes to and from Redis, on average, of an answer from it', value: Math.round(mean(bytes)) },
    {
      measure: 'p50; p95, milliseconds, of an answer from Redis',
      value: [0.5, 0.95].map((share) => quantile(durations, share).toFixed(2)).join('; '),
    },
    atMost('cache ÷ the same command sent straight through the driver, p50', cost.cache / cost.straight, mostTimesStraight),
  ]
}

/** Milliseconds, p50: to get an entry through the cache, and by the same command. */
async function timesOf(url: string): Promise<{ readonly cache: number; readonly straight: number }> {
  const client = new Redis(url)
  const commands: Parameters<Redis['callBuffer']>[] = []
  const noted = new Proxy(client, {
    get(_, name) {
      if (name !== 'callBuffer') return Reflect.get(client, name) as unknown
      return (...command: Parameters<Redis['callBuffer']>) => {
        commands.push(command)
        return client.callBuffer(...command)
      }
    },
  })
  const ours = scope({ userId: 'bench', memoryId: 'entry' })
  const [cache, watched] = [redisCache({ client }).open(ours), redisCache({ client: noted }).open(ours)]
  const { ticket } = await cache.get('query', 'entry')
  await cache.put('query', 'entry', new Uint8Array(entryBytes), { ttlMs: 60_000, ticket })
  await watched.get('query', 'entry')
  const command = commands.at(-1)
  if (command === undefined) throw new Error('The cache said nothing to its driver.')
  const times = { cache: [] as number[], straight: [] as number[] }
  for (let turn = -practice; turn < 500; turn++) {
    const through = await timed(() => cache.get('query', 'entry'))
    const straight = await timed(() => client.callBuffer(...command))
    if (turn < 0) continue
    times.cache.push(through)
    times.straight.push(straight)
  }
  client.disconnect()
  return { cache: quantile(times.cache, 0.5), straight: quantile(times.straight, 0.5) }
}
