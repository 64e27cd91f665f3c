import { setTimeout as wait } from 'node:timers/promises'
import { GraphMemError } from '@graphmem/core'
import { ProblemError } from '../http/problem.ts'
import { redisFailed } from '../redis/server-redis.ts'
import type { IngestRunner } from './ingest-queue.ts'

/** Before each further try, in milliseconds: half a minute in all. A store that is started again is back by then. */
const usualPausesMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000]

/** Runs again what failed because the store, or the Redis of the quotas, was busy or away: whoever was told that it will be done does not come back to ask once more. */
export function patiently(run: IngestRunner, pausesMs: readonly number[] = usualPausesMs): IngestRunner {
  return async (userId, work, options) => {
    for (const pauseMs of pausesMs) {
      try {
        return await run(userId, work, options)
      } catch (error) {
        if (!isOfParts(error) || options.signal.aborted) throw error
      }
      await wait(pauseMs, undefined, { signal: options.signal })
    }
    return run(userId, work, options)
  }
}

/** Models are asked again by the library, as often as makes sense. */
function isOfParts(error: unknown): boolean {
  if (error instanceof ProblemError) return error.problem.code === redisFailed
  return GraphMemError.is(error) && error.retryable && (error.code.startsWith('STORE_') || error.code === 'CONFLICT')
}
