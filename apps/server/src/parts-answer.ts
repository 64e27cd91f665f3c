import { setTimeout as wait } from 'node:timers/promises'
import { type GraphMem, GraphMemError } from '@graphmem/core'
import type { ServerRedis } from './redis/server-redis.ts'
import { openMemory } from './who/open-memory.ts'

/** How long an answer holds: whoever asks in between costs nothing. */
const holdsMs = 1_000
/** How long a part may take. */
const patienceMs = 2_000
/** Of nobody: the version of this memory is the smallest thing that a store can be asked. */
const nobody = { userId: 'graphmem-readiness' }

/**
 * Whether the store and the server's Redis answer: asked once at a time, and once a second at most, however many want to know.
 *
 * A store may have no place for nobody, as one of regions, or of a database a user: what it refuses for that reason is an answer.
 */
export function partsAnswer({ graphMem, redis }: { graphMem: GraphMem; redis: ServerRedis | undefined }): () => Promise<boolean> {
  let latest: Promise<boolean> | undefined
  const ask = async () => (await Promise.all([storeAnswers(graphMem), redis === undefined || redisAnswers(redis)])).every(Boolean)
  return () => {
    latest ??= ask().finally(() => {
      setTimeout(() => {
        latest = undefined
      }, holdsMs).unref()
    })
    return latest
  }
}

async function storeAnswers(graphMem: GraphMem): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    await openMemory(graphMem, nobody, 'default').version({ signal })
    return true
  } catch (error) {
    return !signal.aborted && !(GraphMemError.is(error) && error.code.startsWith('STORE_'))
  }
}

async function redisAnswers({ commands }: ServerRedis): Promise<boolean> {
  const answered = commands.ping().then(
    () => true,
    () => false,
  )
  return Promise.race([answered, wait(patienceMs, false, { ref: false })])
}
