import { GraphMem, type Memory, type ModelLimits } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { openaiChatWire } from '@graphmem/testkit'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { type ModelDouble, reasonerAt, startModelDouble } from './model-double.ts'
import { sentences } from './sentences.ts'

/** A key that takes ten requests a second, far more than most, so that a minute need not be waited for. */
const perMinute = 600
const perMs = perMinute / 60_000
const calls = 20
/** How long the double thinks, once the bucket is empty. */
const latencyMs = 40
/** Of the tenant who floods: ingests at once, each of more chunks than it comes to. */
const floods = 4
const floodChunks = 1_000

/** Who keeps to the limit. */
interface Limit {
  readonly name: string
  readonly limits: ModelLimits
  /** How many requests the key takes at once after a rest, before it takes ten a second. `undefined`: the double takes any. */
  readonly burst?: number
}

const kept: Limit = { name: 'the limit is set', limits: { requestsPerMinute: perMinute } }
/** No goal: nobody but the provider knows how much there is to share, and it tells clients in whole seconds how long to wait. */
const told: Limit = { name: "no limit set, the provider's own", limits: { retries: 20 }, burst: 10 }

type Way = readonly [name: string, ask: (memory: Memory) => Promise<number>]

const ways: readonly Way[] = [
  ['one ingest of 20 chunks', async (memory) => (await memory.ingest({ documents: sentences(calls, 'Quiet') })).chunks],
  [
    '20 ingests, one after the other',
    async (memory) => {
      let done = 0
      for (const document of sentences(calls, 'Quiet')) done += (await memory.ingest({ documents: [document] })).chunks
      return done
    },
  ],
]

/** How long the calls of a quiet tenant take beside one who floods the same key, and alone: the key's bucket is empty both times. */
export async function fairnessRows({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  if (quick) return rows
  for (const limit of [kept, told]) {
    for (const way of ways) {
      const name = `${calls} calls of a quiet tenant, ${way[0]}, ${limit.name}`
      note(name)
      const aloneMs = await measure(limit, way, 'alone')
      const besideMs = await measure(limit, way, 'beside')
      const ratio = Math.round((besideMs / aloneMs) * 100) / 100
      const measured = `${name}: beside one who floods ÷ alone`
      rows.push(
        { measure: `${name}: ms alone, and beside one who floods`, value: `${Math.round(aloneMs)}, ${Math.round(besideMs)}` },
        limit === kept ? atMost(measured, ratio, 1.5) : { measure: measured, value: ratio },
      )
    }
  }
  return rows
}

async function measure({ limits, burst }: Limit, [name, ask]: Way, beside: 'alone' | 'beside'): Promise<number> {
  await using double = await startModelDouble()
  const drained = limitTo(double, burst)
  await using graphMem = new GraphMem({
    store: memoryStore(),
    reasoner: reasonerAt(double.url),
    embedder: localEmbedder(),
    modelLimits: limits,
  })
  const stop = new AbortController()
  const flood = Promise.allSettled(
    Array.from({ length: floods }, (_, place) =>
      graphMem
        .memory({ userId: 'loud', memoryId: `memory-${place}` })
        .ingest({ documents: sentences(floodChunks, `Loud${place}x`) }, { signal: stop.signal }),
    ),
  )
  await drained
  if (beside === 'alone') {
    stop.abort()
    await flood
  }
  const start = performance.now()
  const done = await ask(graphMem.memory({ userId: 'quiet', memoryId: 'memory' }))
  const durationMs = performance.now() - start
  stop.abort()
  await flood
  if (done !== calls) throw new Error(`Of the quiet tenant's ${calls} calls, ${name}, ${done} were answered.`)
  return durationMs
}

/** A double that thinks, and that, where it is limited, refuses what its bucket has no more for. Gives when the key's bucket is first empty. */
function limitTo(double: ModelDouble, burst: number | undefined): Promise<void> {
  const { promise: drained, resolve } = Promise.withResolvers<void>()
  const start = performance.now()
  let [level, at, isDrained] = [burst ?? perMinute, start, false]
  double.before = async () => {
    const now = performance.now()
    level = Math.min(burst ?? perMinute, level + (now - at) * perMs)
    at = now
    // Where the limit is set, clients keep a bucket of the same size, and come a moment early or late.
    if (level < 1 && burst !== undefined) return { ...openaiChatWire.failure('limited', 'slower'), headers: { 'retry-after': '1' } }
    level -= 1
    isDrained ||= level < 1
    if (isDrained) {
      resolve()
      await new Promise((done) => setTimeout(done, latencyMs))
    }
    return undefined
  }
  return drained
}
