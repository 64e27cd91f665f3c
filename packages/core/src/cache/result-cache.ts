import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { type Bill, emptyBill } from '../models/bill.ts'
import { isOfBudget } from '../models/is-of-budget.ts'
import type { RecallPlan } from '../recall/parse-options.ts'
import type { QueryOptions, Timings } from '../recall/recall-result.ts'
import { type CacheKind, type CacheLookup, type Head, type Instant, type ScopedCache, scopeKey } from '../spec/index.ts'
import { callCache } from './call-cache.ts'
import { decodeKept, encodeKept } from './result-codec.ts'
import { resultKey } from './result-key.ts'
import type { SingleFlight } from './single-flight.ts'
import { stillness } from './stillness.ts'

/** How a GraphMem uses its cache. */
export interface CacheSettings {
  readonly ttlMs: Readonly<Record<CacheKind, number>>
  /** The longest that a call of the cache may take. */
  readonly timeoutMs: number
  readonly flights: SingleFlight
}

export interface Result {
  readonly version: number
  readonly usage: Bill
  readonly timings: Timings
}

/** A result that may come from the cache. It is then the same, to the bit, as computed, but for its timings and its bill, which is empty. */
export type Served<R extends Result> = R & {
  readonly timings: {
    /** There, and true, when the result comes from the cache. `indexMs` is then the time for the memory's head, `readMs` for the cache, and the other stages are 0. */
    readonly cached?: true
  }
}

/** A question on its way. */
export interface AskedCall<R extends Result> {
  readonly kind: CacheKind
  readonly plan: RecallPlan
  /** What the plan was made of. */
  readonly options: QueryOptions
  readonly now: Instant
  readonly compute: (context: MemoryContext, plan: RecallPlan) => Promise<R>
}

interface Outcome<R> {
  readonly result: R
  readonly from: Instant
  readonly until: Instant
  /** How long the cache took, when it had the result. */
  readonly cachedMs: number | undefined
}

/**
 * Answers from the cache, or computes and keeps. From the cache it costs the store the head and the cache one round trip; else, the head twice and
 * the cache two. A cache that is down, slow, full or garbled costs its time-out at most, and the observer hears of it.
 */
export async function serve<R extends Result>(
  context: MemoryContext,
  cache: ScopedCache,
  settings: CacheSettings,
  call: AskedCall<R>,
): Promise<Served<R>> {
  const started = performance.now()
  const { kind, plan, options, now, compute } = call
  const head = await context.graph.head({ signal: plan.signal })
  const headMs = performance.now() - started
  checkGeneration(head, context)
  // Of a memory that holds nothing there is nothing to keep, and after an erasure nothing is to be left.
  if (head.incarnation === undefined) return compute(context, plan)
  const key = resultKey(kind, head, plan, options, context)
  let isOwn = false
  const work = (signal: AbortSignal) => {
    isOwn = true
    return lookUpOrCompute(context, cache, settings, { ...call, plan: { ...plan, signal } }, head, key)
  }
  const served = await settings.flights.run(`${scopeKey(cache.scope)}${key}`, plan.signal, work).catch((error: unknown) => {
    if (isOwn || !isOfBudget(error)) throw error
    return undefined
  })
  if (served === undefined) return compute(context, plan)
  const { value, isShared } = served
  // Joined on the other side of a moment at which a fact begins or ends.
  if (!isRight(value, now)) return compute(context, plan)
  const shared = isShared ? structuredClone(value.result) : value.result
  // Only who had it computed paid for it.
  const result = isOwn ? shared : { ...shared, usage: emptyBill }
  if (value.cachedMs === undefined) return result
  const totalMs = performance.now() - started
  context.observe({ type: 'cache-hit', kind, version: result.version, durationMs: totalMs })
  return { ...result, timings: { indexMs: headMs, rankMs: 0, readMs: value.cachedMs, answerMs: 0, totalMs, cached: true } }
}

async function lookUpOrCompute<R extends Result>(
  context: MemoryContext,
  cache: ScopedCache,
  { ttlMs, timeoutMs }: CacheSettings,
  { kind, plan, options, now, compute }: AskedCall<R>,
  head: Head,
  key: string,
): Promise<Outcome<R>> {
  const bounded = (call: 'get' | 'put') => ({
    timeoutMs,
    signal: plan.signal,
    failed: (reason: 'failed' | 'slow') => context.observe({ type: 'cache-failed', call, reason }),
  })
  const asked = performance.now()
  const lookup = await callCache(async (signal) => checkedLookup(await cache.get(kind, key, signal)), bounded('get'))
  if (lookup?.bytes !== undefined) {
    const kept = decodeKept(key, lookup.bytes)
    if (kept === undefined) context.observe({ type: 'cache-failed', call: 'get', reason: 'garbled' })
    // The checksum says that it is what was put, under this key, by this version of the library.
    else if (isRight(kept, now))
      return { ...kept, result: { ...(kept.result as R), usage: emptyBill }, cachedMs: performance.now() - asked }
  }
  if (lookup !== undefined) context.observe({ type: 'cache-missed', kind, version: head.version })

  let seen: Awaited<ReturnType<MemoryContext['indexes']['current']>> | undefined
  const { indexes } = context
  const watched: MemoryContext = {
    ...context,
    indexes: {
      async current(graph, options) {
        seen = await indexes.current(graph, options)
        return seen
      },
      drop: (graph) => indexes.drop(graph),
    },
  }
  // Only now, after the ticket, the memory is read: see `ScopedCache.put`.
  const result = await compute(watched, plan)
  const isAboutNow = options.asOf === undefined && options.at === undefined
  const still =
    isAboutNow && seen !== undefined ? stillness(seen.index, now) : { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  const until = Math.min(still.until, now + ttlMs[kind])
  const isOfKey = seen?.head.incarnation === head.incarnation && result.version === head.version
  if (lookup !== undefined && isOfKey && until - now >= 1) {
    const { timings: _, usage: __, ...kept } = result
    const bytes = encodeKept(key, { result: kept, from: still.from, until })
    const { ticket } = lookup
    await callCache((signal) => cache.put(kind, key, bytes, { ...signal, ttlMs: Math.floor(until - now), ticket }), bounded('put'))
  }
  return { result, from: still.from, until: still.until, cachedMs: undefined }
}

function isRight({ from, until }: { readonly from: Instant; readonly until: Instant }, now: Instant): boolean {
  return from <= now && now < until
}

function checkedLookup(lookup: CacheLookup): CacheLookup {
  const isOne = typeof lookup.ticket === 'string' && (lookup.bytes === undefined || lookup.bytes instanceof Uint8Array)
  if (!isOne) throw new TypeError('no CacheLookup')
  return lookup
}
