import type { BillItem } from './models/bill.ts'
import type { CacheKind, GraphMemErrorCode } from './spec/index.ts'

/** What happens, for whoever watches: ids, counts and durations, never text. */
export type MemoryEvent =
  | { readonly type: 'apply-done'; readonly version: number; readonly chunks: number; readonly facts: number; readonly durationMs: number }
  | { readonly type: 'apply-conflicted'; readonly version: number }
  | { readonly type: 'chunk-failed'; readonly episodeId: string; readonly chunk: number; readonly code: string }
  | {
      readonly type: 'index-refreshed'
      readonly version: number
      readonly segments: number
      readonly sizeBytes: number
      readonly durationMs: number
    }
  | { readonly type: 'recall-done'; readonly version: number; readonly chunks: number; readonly durationMs: number }
  | { readonly type: 'query-answered'; readonly version: number; readonly found: boolean; readonly durationMs: number }
  | { readonly type: 'cache-hit'; readonly kind: CacheKind; readonly version: number; readonly durationMs: number }
  | { readonly type: 'cache-missed'; readonly kind: CacheKind; readonly version: number }
  /** The call went on without the cache. `garbled`: what came back was not what was put, or was put by another version of the library. */
  | { readonly type: 'cache-failed'; readonly call: 'get' | 'put' | 'erase'; readonly reason: 'failed' | 'slow' | 'garbled' }
  /** One request to a model; `attempt` counts from 1, `code` says why it failed. */
  | (Omit<BillItem, 'calls'> & {
      readonly type: 'model-called'
      readonly attempt: number
      readonly durationMs: number
      readonly code?: GraphMemErrorCode
    })
  | { readonly type: 'memory-erased'; readonly episodes: number }

/** Called at once, in the middle of the work: be quick, and do not throw. `memoryId` is empty for what concerns all memories of a user. */
export type Observer = (event: MemoryEvent & { readonly userId: string; readonly memoryId: string }) => void
