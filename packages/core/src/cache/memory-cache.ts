import type { MemoryContext } from '../memory-context.ts'
import type { CallOptions, ErasureReceipt, ScopedCache } from '../spec/index.ts'
import { eraseCached } from './erase-cached.ts'
import { type AskedCall, type CacheSettings, type Result, type Served, serve } from './result-cache.ts'

/** The cache of one memory. */
export interface MemoryCache {
  serve<R extends Result>(call: AskedCall<R>): Promise<Served<R>>
  erase(receipt: ErasureReceipt, options: CallOptions): Promise<ErasureReceipt>
}

export function memoryCache(context: MemoryContext, cache: ScopedCache, settings: CacheSettings): MemoryCache {
  return {
    serve: (call) => serve(context, cache, settings, call),
    erase: (receipt, { signal }) =>
      eraseCached(receipt, (options) => cache.erase(options), {
        longestTtlMs: Math.max(...Object.values(settings.ttlMs)),
        signal,
        observe: context.observe,
      }),
  }
}
