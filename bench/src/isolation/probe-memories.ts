import { type Cache, GraphMem, type GraphStore, type Scope } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { confusableScopes, type IsolationReport, type Judge, type ProbeOptions, runTales, wideningTexts } from '@graphmem/testkit'
import fc from 'fast-check'
import { type MemoryActName, memoryActs } from './memory-acts.ts'
import { type MemoryReadName, memoryReads } from './memory-reads.ts'
import { answerOf, type MemoryTenant, memoryTenant, sayingOf, sharedAnswer } from './memory-tenant.ts'

/** Where memories are shared. Disposed of with all that is in it. */
export interface SharedPlace extends AsyncDisposable {
  readonly store: GraphStore
  readonly cache?: Cache | undefined
}

interface Tale {
  readonly scopes: readonly Scope[]
  readonly steps: readonly {
    readonly by: number
    readonly of: number
    readonly door: { readonly read: MemoryReadName } | { readonly act: MemoryActName }
    readonly pick: number
    readonly widening: readonly string[]
  }[]
}

/** How often each is tried. */
const reads: Readonly<Record<MemoryReadName, number>> = {
  ...{ recall: 24, query: 16, explain: 6, facts: 12, entities: 10, episodes: 6, stats: 4, digest: 2 },
}
const acts: Readonly<Record<MemoryActName, number>> = {
  ...{ ingest: 4, replace: 2, forget: 3, correct: 3, reindex: 1, erase: 2, eraseUser: 2, atOnce: 2 },
}

const door: fc.Arbitrary<Tale['steps'][number]['door']> = fc.oneof(
  ...Object.entries(reads).map(([read, weight]) => ({ weight, arbitrary: fc.constant({ read: read as MemoryReadName }) })),
  ...Object.entries(acts).map(([act, weight]) => ({ weight, arbitrary: fc.constant({ act: act as MemoryActName }) })),
)

const tales: fc.Arbitrary<Tale> = fc.record({
  scopes: confusableScopes,
  steps: fc.array(
    fc.record({
      by: fc.nat(3),
      of: fc.nat(2),
      door,
      pick: fc.nat(1000),
      widening: fc.uniqueArray(fc.constantFrom(...wideningTexts), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 200, size: 'max' },
  ),
})

const reasoner = localReasoner()
const embedder = localEmbedder()

/** A report, and how many answers came from the cache. */
export interface MemoriesReport extends IsolationReport {
  readonly cached: number
}

/**
 * As `probeIsolation`, through the whole library: tenants ask for, filter, replace, forget and correct what others remember. Each is compared,
 * to the byte, with a twin to whom the same is done and who has a store for itself.
 */
export async function probeMemories(open: () => Promise<SharedPlace>, options: ProbeOptions): Promise<MemoriesReport> {
  let cached = 0
  const report = await runTales(
    {
      tales,
      async open() {
        const place = await open()
        const clock = { now: Date.UTC(2024, 0, 1) }
        const { store, cache } = place
        const graphMems = [1, 2].map(
          () =>
            new GraphMem({
              ...{ store, reasoner, embedder, clock: () => clock.now, ...(cache && { cache, cacheTimeoutMs: 60_000 }) },
              observer({ type }) {
                if (type === 'cache-hit') cached += 1
              },
            }),
        )
        return {
          graphMems,
          clock,
          times: cache === undefined ? 1 : 2,
          async [Symbol.asyncDispose]() {
            for (const each of graphMems) await each.close()
            await place[Symbol.asyncDispose]()
          },
        }
      },
      play: (world, tale, judge) => play(world, tale, judge),
    },
    options,
  )
  return { ...report, cached }
}

interface World {
  readonly graphMems: readonly GraphMem[]
  readonly clock: { now: number }
  readonly times: number
}

async function play({ graphMems, clock, times }: World, { scopes, steps }: Tale, judge: Judge): Promise<void> {
  const twins = scopes.map(() => new GraphMem({ store: memoryStore(), reasoner, embedder, clock: () => clock.now }))
  const tenants = scopes.map((scope, number) => memoryTenant(scope, number, graphMems, twins[number] as GraphMem))
  const at = (place: number) => tenants[place % tenants.length] as MemoryTenant
  for (const { by, of, door, pick, widening } of steps) {
    clock.now += 1_000
    const intruder = at(by)
    const owner = at(by + 1 + (of % (tenants.length - 1)))
    const attempt = { intruder, owner, all: tenants, graphMems, times, pick, widening, judge }
    if (owner.said.size < 2) await remember(owner, ['x', 'y', 'z'][pick % 3] ?? 'x', pick, widening[0] ?? '*', judge)
    if ('act' in door) {
      await memoryActs[door.act](attempt)
      continue
    }
    const read = await memoryReads[door.read](attempt)
    const [held, alone] = [await answerOf(() => read.make(owner.alone)), await answerOf(() => read.make(intruder.alone))]
    // Where both are to be told the same, or the owner nothing of its own, nothing is shown.
    if (held === alone || (isAboutWords(door.read) && !held.includes(owner.word))) continue
    judge.note(`${intruder.name}, then ${owner.name}: ${read.text}`)
    judge.alone(door.read, await sharedAnswer(intruder, times, read.make), alone)
    judge.found(door.read, await sharedAnswer(owner, times, read.make), held)
    judge.count(door.read)
  }
  for (const userId of new Set(scopes.map((scope) => scope.userId))) await graphMems[0]?.user(userId).erase()
}

function isAboutWords(read: MemoryReadName): boolean {
  return read !== 'stats' && read !== 'digest' && read !== 'episodes'
}

async function remember(tenant: MemoryTenant, id: string, pick: number, widening: string, judge: Judge): Promise<void> {
  const { input, said } = sayingOf(tenant, id, pick, widening)
  judge.note(`${tenant.name}: ingest of ${id}`)
  const expected = await answerOf(() => tenant.alone.ingest(input, { replace: true }))
  judge.alone('ingest', await answerOf(async () => tenant.shared[pick % tenant.shared.length]?.ingest(input, { replace: true })), expected)
  tenant.said.set(id, said)
}
