import { z } from 'zod'
import { englishAnalyzer } from './analysis/english-analyzer.ts'
import { eraseCached } from './cache/erase-cached.ts'
import { type MemoryCache, memoryCache } from './cache/memory-cache.ts'
import type { CacheSettings } from './cache/result-cache.ts'
import { SingleFlight } from './cache/single-flight.ts'
import { checkInput } from './check-input.ts'
import { guardedGraph, guardedUser } from './guarded-graph.ts'
import { IndexCache } from './index-segments/index-cache.ts'
import { ChunkClaims } from './ingest/chunk-claims.ts'
import type { Memory } from './memory.ts'
import type { MemoryContext } from './memory-context.ts'
import { type UserBudget, userBudgetSchema } from './models/budget.ts'
import { ModelGate } from './models/model-gate.ts'
import { checkedLimits, type ModelLimitsOption } from './models/model-limits.ts'
import { type Prices, pricesSchema } from './models/prices.ts'
import type { MemoryEvent, Observer } from './observer.ts'
import { eraseMemory, openMemory, withMoved } from './open-memory.ts'
import { areWeights, type RecallWeights, recallWeights } from './recall/weights.ts'
import {
  type Analyzer,
  type Cache,
  type CallOptions,
  type Embedder,
  type ErasureReceipt,
  GraphMemError,
  type GraphStore,
  type Reasoner,
  scope,
  userId,
  userKey,
} from './spec/index.ts'
import { type MoveEnd, type MoveOptions, type MoveReceipt, move } from './transfer/move.ts'
import { moveMarkOf } from './transfer/move-mark.ts'
import { WriteQueue } from './write-queue.ts'

export interface GraphMemOptions {
  readonly store: GraphStore
  readonly reasoner: Reasoner
  readonly embedder: Embedder
  /** Default: English, with plain words for other languages. */
  readonly analyzer?: Analyzer
  /** What recall ranks passages by. Default: the weights that ship with the library. */
  readonly weights?: RecallWeights
  readonly observer?: Observer
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number
  /**
   * What the process may hold of recall indexes between calls, in bytes of the process. Default 512 MiB. A larger index is used and not held, and one
   * of over a quarter of it is held where others leave room: give at least four times the largest memory's.
   */
  readonly maxIndexBytes?: number
  /** Keeps answers and searches for a while. Costs speed when it fails, and nothing else. Default: none. */
  readonly cache?: Cache
  /** How long an entry is kept at most, in milliseconds, from 1 up: of `query()`, and of `recall()`. Default 300,000, five minutes, each. */
  readonly cacheTtls?: { readonly queryMs?: number; readonly searchMs?: number }
  /** How long a question waits for the cache at most, at each of the two times it calls it, in milliseconds from 1 up. Default 200. */
  readonly cacheTimeoutMs?: number
  /** What each model may be asked, and how long is waited for it; in this process. Default: that of `ModelLimits`. */
  readonly modelLimits?: ModelLimitsOption
  /** Prices of models, over those that ship with the library. */
  readonly prices?: Prices
  /** What each user may spend on models within a stretch of time, over all memories and calls; in this process. Default: not limited. */
  readonly budgetPerUser?: UserBudget
}

export interface MemoryOptions {
  readonly userId: string
  readonly memoryId: string
  /** How the user is called: "Alice" and "I" are then the same. A user id is never used as a name. */
  readonly self?: { readonly name: string; readonly aliases?: readonly string[] }
}

/** All memories of one user. */
export interface User {
  /** The ids of the user's memories that hold something. */
  list(options?: CallOptions): Promise<readonly string[]>
  /** Deletes all of the user's memories beyond recovery. */
  erase(options?: CallOptions): Promise<ErasureReceipt>
}

const name = z
  .string()
  .max(200, 'is over 200 characters')
  .refine((value) => value.trim() !== '', 'is empty')
const memorySchema = z.strictObject({
  // Ids are checked as a scope.
  userId: z.unknown().optional(),
  memoryId: z.unknown().optional(),
  self: z.strictObject({ name, aliases: z.array(name).max(100).optional() }).optional(),
})
const milliseconds = z
  .number()
  .min(1)
  .max(2 ** 31 - 1)
const cacheTtlsSchema = z.strictObject({ queryMs: milliseconds.optional(), searchMs: milliseconds.optional() })
const optionNames = new Set([
  'store',
  'reasoner',
  'embedder',
  'analyzer',
  'weights',
  'observer',
  'clock',
  'maxIndexBytes',
  'cache',
  'cacheTtls',
  'cacheTimeoutMs',
  'modelLimits',
  'prices',
  'budgetPerUser',
])

interface OpenedMemory {
  readonly context: MemoryContext
  readonly cache: MemoryCache | undefined
}

const defaultTtlMs = 300_000
const defaultCacheTimeoutMs = 200

/** Memories of many users over one store, one reasoner and one embedder. Construction does no I/O. */
export class GraphMem implements AsyncDisposable {
  readonly #options: GraphMemOptions
  readonly #analyzer: Analyzer
  readonly #indexes: IndexCache
  readonly #caching: CacheSettings
  readonly #writes = new WriteQueue()
  readonly #claims = new ChunkClaims()
  readonly #models: ModelGate
  #isClosed = false

  /** @throws GraphMemError `CONFIG_INVALID` when a part is missing, unknown, or of another version. */
  constructor(options: GraphMemOptions) {
    checkParts(options)
    this.#options = options
    this.#analyzer = options.analyzer ?? englishAnalyzer
    this.#indexes = new IndexCache(this.#analyzer, options.maxIndexBytes ?? 512 * 1024 * 1024)
    const { modelLimits: limits, prices, budgetPerUser } = options
    this.#models = new ModelGate({ limits, prices, budgetPerUser })
    const { queryMs = defaultTtlMs, searchMs = defaultTtlMs } = options.cacheTtls ?? {}
    this.#caching = {
      ttlMs: { query: queryMs, search: searchMs },
      timeoutMs: options.cacheTimeoutMs ?? defaultCacheTimeoutMs,
      flights: new SingleFlight(),
    }
  }

  /** Opens one memory. Synchronous, cheap, no I/O. @throws GraphMemError `SCOPE_INVALID`, `INPUT_INVALID` */
  memory(options: MemoryOptions): Memory {
    const { context, cache } = this.#open(options)
    return openMemory(context, cache, () => this.#refuseClosed())
  }

  /**
   * Takes a memory to another store, and erases it here: written there, given back and compared to the byte, then erased. Nothing that is written
   * here meanwhile is lost: writers are refused, with a retryable `CONFLICT`, once it is certain what moves. Cut off at any instant, the same call
   * again finishes it; until then the memory may be refused on both sides. Holds the memory meanwhile.
   *
   * @param to has another store, and the same embedder and analyzer.
   * @throws GraphMemError `NOT_EMPTY` when the memory holds something there; `GENERATION_MISMATCH`; `INPUT_INVALID` when both are one memory, or, without `again`,
   *   when it was moved before and is not there;
   *   `CONFLICT`, retryable, when writers came between ten times.
   */
  async move(ids: Pick<MemoryOptions, 'userId' | 'memoryId'>, to: GraphMem, options: MoveOptions = {}): Promise<MoveReceipt> {
    if (!(to instanceof GraphMem)) {
      throw new GraphMemError({ code: 'INPUT_INVALID', field: 'to', message: 'Cannot move the memory: to: is not a GraphMem.' })
    }
    const { userId, memoryId } = ids
    const end = ({ context, cache }: OpenedMemory): MoveEnd => ({ context, erase: (call) => eraseMemory(context, cache, call) })
    return move(end(this.#open({ userId, memoryId })), end(to.#open({ userId, memoryId })), {
      signal: options.signal,
      again: options.again === true,
    })
  }

  #open(options: MemoryOptions): OpenedMemory {
    this.#refuseClosed()
    const { store, reasoner, embedder, observer, cache } = this.#options
    const { self } = checkInput(memorySchema, options, 'open a memory', 'options')
    const opened = scope({ userId: options.userId, memoryId: options.memoryId })
    const observe = (event: MemoryEvent) => observer?.({ ...event, userId: opened.userId, memoryId: opened.memoryId })
    const context: MemoryContext = {
      graph: guardedGraph(store.open(opened)),
      reasoner,
      embedder,
      analyzer: this.#analyzer,
      weights: this.#options.weights ?? recallWeights,
      self: self === undefined ? { aliases: [] } : { name: self.name, aliases: self.aliases ?? [] },
      indexes: this.#indexes,
      writes: this.#writes,
      claims: this.#claims,
      models: this.#models.open(opened, observe),
      now: this.#options.clock ?? Date.now,
      observe,
    }
    return { context, cache: cache === undefined ? undefined : memoryCache(context, cache.open(opened), this.#caching) }
  }

  /** What concerns all memories of a user. @throws GraphMemError `SCOPE_INVALID` */
  user(id: string): User {
    this.#refuseClosed()
    const { cache, observer } = this.#options
    const memories = guardedUser(this.#options.store.user(userId(id)))
    return {
      list: (options) => memories.list(options),
      erase: async (options) => {
        const isLeaving = await this.#isAnyLeaving(id, await memories.list(options), options)
        const erased = await memories.erase(options)
        const receipt = isLeaving ? withMoved(erased) : erased
        this.#indexes.dropAll(userKey(id))
        if (cache === undefined) return receipt
        return eraseCached(receipt, (call) => cache.user(userId(id)).erase(call), {
          longestTtlMs: Math.max(...Object.values(this.#caching.ttlMs)),
          signal: options?.signal,
          observe: (event) => observer?.({ ...event, userId: id, memoryId: '' }),
        })
      },
    }
  }

  async #isAnyLeaving(id: string, memoryIds: readonly string[], options: CallOptions | undefined): Promise<boolean> {
    for (const memoryId of memoryIds) {
      const { graph } = this.#open({ userId: id, memoryId }).context
      if (moveMarkOf(await graph.head(options)).state === 'leaving') return true
    }
    return false
  }

  /** How many recall indexes the process holds, and what they take of it: by estimate, never over `maxIndexBytes`. */
  get heldIndexes(): { readonly count: number; readonly sizeBytes: number } {
    const { count, sizeBytes } = this.#indexes
    return { count, sizeBytes }
  }

  /** Waits for writes under way. The store was given, and stays open: its owner closes it. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#writes.idle()
    this.#indexes.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use this GraphMem: it was closed. Make a new one.' })
  }
}

function checkParts(options: GraphMemOptions): void {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'options are missing')
  const unknown = Object.keys(options).filter((key) => !optionNames.has(key))
  if (unknown.length > 0) throw invalid(unknown[0] ?? '', `there is no option ${unknown.join(', ')}`)
  for (const part of ['store', 'reasoner', 'embedder', 'cache'] as const) {
    const given: { readonly specVersion?: unknown } | undefined = options[part]
    if (part === 'cache' && given === undefined) continue
    if (given === undefined || given === null) throw invalid(part, `${part} is missing`)
    if (given.specVersion !== 1) throw invalid(part, `${part} has spec version ${String(given.specVersion)}, and this library speaks 1`)
  }
  for (const part of ['observer', 'clock'] as const) {
    if (options[part] !== undefined && typeof options[part] !== 'function') throw invalid(part, `${part} is not a function`)
  }
  const { analyzer, maxIndexBytes, weights, cacheTtls = {}, cacheTimeoutMs = 1 } = options
  if (analyzer !== undefined && typeof analyzer.words !== 'function') throw invalid('analyzer', 'analyzer is not an Analyzer')
  if (analyzer !== undefined && !/^\S+$/.test(analyzer.id)) throw invalid('analyzer', 'analyzer has an id with white space, or none')
  if (maxIndexBytes !== undefined && !(typeof maxIndexBytes === 'number' && maxIndexBytes >= 0))
    throw invalid('maxIndexBytes', 'maxIndexBytes is not a number of bytes')
  if (weights !== undefined && !areWeights(weights)) throw invalid('weights', 'weights are not RecallWeights')
  const { success } = cacheTtlsSchema.safeParse(cacheTtls)
  if (!success) throw invalid('cacheTtls', 'cacheTtls are not { queryMs, searchMs } in milliseconds from 1 up')
  const { modelLimits, prices = {}, budgetPerUser } = options
  if (modelLimits !== undefined && typeof modelLimits !== 'function') checkedLimits(modelLimits)
  if (!pricesSchema.safeParse(prices).success)
    throw invalid('prices', 'prices are not { input, cachedInput, cacheWrite, output } by model id, in US dollars for a million tokens')
  if (budgetPerUser !== undefined && !userBudgetSchema.safeParse(budgetPerUser).success)
    throw invalid('budgetPerUser', 'budgetPerUser is not { calls, tokens, usd, perMs }')
  if (!milliseconds.safeParse(cacheTimeoutMs).success) throw invalid('cacheTimeoutMs', 'cacheTimeoutMs is not milliseconds from 1 up')
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a GraphMem: ${problem}.` })
}
