import type { CacheUnderTest } from '@graphmem/testkit'
import { type MemoryCacheOptions, memoryCache } from '../src/index.ts'

/** A cache whose time goes by as it is told. */
export function clockedCache(options: Omit<MemoryCacheOptions, 'clock'> = {}): CacheUnderTest {
  let now = 0
  return {
    cache: memoryCache({ ...options, clock: () => now }),
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}
