import { assertScope, type Cache, type CacheKind, type CallOptions, GraphMemError, type Scope, userId } from '@graphmem/core/spec'
import { connection } from './connection.ts'
import { placementOf, type RedisCacheOptions } from './redis-options.ts'
import { scopedKeys } from './scoped-keys.ts'
import { eraseScript, getScript, putScript } from './scripts.ts'

/** How long a user's set of keys outlives the last entry, and a ticket is good at least: longer than any answer takes. */
const setTtlMs = '3600000'

/**
 * Keeps answers and searches in Redis 6 or later, one server or a Cluster. Connects at the first call.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function redisCache(options: RedisCacheOptions): Cache {
  const { prefix, placement } = placementOf(options)
  const keys = scopedKeys(prefix)
  const redis = connection(placement)
  const erased = async (reply: Promise<unknown>) => {
    const count = await reply
    if (typeof count !== 'number') throw unexpected()
    return count
  }
  return {
    specVersion: 1,
    name: 'redis',
    open(scope: Scope) {
      assertScope(scope)
      const index = keys.index(scope.userId)
      return {
        scope,
        async get(kind: CacheKind, key: string, { signal }: CallOptions = {}) {
          const reply = await redis.run(getScript, [index, keys.entry(scope, kind, key)], [crypto.randomUUID(), setTtlMs], signal)
          const [bytes, ticket] = Array.isArray(reply) ? (reply as readonly unknown[]) : []
          if (!(ticket instanceof Uint8Array) || !(bytes === null || bytes instanceof Uint8Array)) throw unexpected()
          return { bytes: bytes === null ? undefined : new Uint8Array(bytes), ticket: Buffer.from(ticket).toString() }
        },
        async put(kind, key, bytes, { ttlMs, ticket, signal }) {
          const args = [ticket, bytes, String(Math.max(1, Math.floor(ttlMs))), setTtlMs]
          await redis.run(putScript, [index, keys.entry(scope, kind, key)], args, signal)
        },
        erase: ({ signal }: CallOptions = {}) => erased(redis.run(eraseScript, [index, ...keys.memoryStarts(scope)], [], signal)),
      }
    },
    user(id) {
      const checkedId = userId(id)
      return {
        userId: checkedId,
        erase: ({ signal }: CallOptions = {}) => erased(redis.run(eraseScript, [keys.index(checkedId)], [], signal)),
      }
    },
    async [Symbol.asyncDispose]() {
      redis.close()
    },
  }
}

function unexpected(): GraphMemError {
  return new GraphMemError({ code: 'CACHE_FAILED', message: 'Cannot use Redis: it answered in another form than agreed.' })
}
