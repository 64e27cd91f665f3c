import type { Cache, ScopedCache } from '@graphmem/core/spec'
import type { CaseScopes } from './store-case.ts'

/** One behaviour that every cache has. Over `node:assert`: a case that resolves has passed. */
export interface CacheCase {
  /** Stable, in kebab case. */
  readonly id: string
  /** One sentence in the present tense. */
  readonly behaviour: string
  run(context: CacheContext): Promise<void>
}

/** What a case works with. Each run has an empty cache of its own. */
export interface CacheContext {
  readonly cache: Cache
  readonly scopes: CaseScopes
  /** `cache.open(scopes.own)` */
  readonly own: ScopedCache
  /** Lets time go by, for the cache. */
  pass(milliseconds: number): Promise<void>
}

/** Makes the cache that a case runs on: a fresh and empty one each time. */
export type CreateCache = () => CacheUnderTest | Promise<CacheUnderTest>

export interface CacheUnderTest {
  readonly cache: Cache
  /** Lets time go by, for this cache: by its clock, or by waiting. */
  readonly pass: (milliseconds: number) => unknown
  /** Runs after the cache was disposed of, also when the case failed. */
  readonly cleanup?: () => unknown
}
