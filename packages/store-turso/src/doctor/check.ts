import type { FindingCode } from '@graphmem/core/spec'

/**
 * One kind of fault. Its statement goes across all memories, by design: it is what a store's statements never do, which is why it is made here,
 * and run by `read-database.ts` alone.
 */
export interface Check {
  readonly code: FindingCode
  readonly what: string
  readonly remedy: string
  /** Selects `user_id`, `memory_id` and `id` of all that has the fault. */
  readonly sql: `SELECT ${string}`
}
