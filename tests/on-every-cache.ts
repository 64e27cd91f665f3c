import { memoryCache } from '@graphmem/cache-memory'
import { redisCache } from '@graphmem/cache-redis'
import type { Cache, GraphMemOptions, GraphStore } from '@graphmem/core'
import { optionalService } from '@graphmem/services/optional-service'
import { startRedis } from '@graphmem/services/redis'
import { startRedisCluster } from '@graphmem/services/redis-cluster'
import type { Service } from '@graphmem/services/service'
import { memoryStore } from '@graphmem/store-memory'
import { afterAll, afterEach, describe } from 'vitest'
import { type CountingStore, countingStore } from './counting-store.ts'
import { type Setting, settingOf } from './on-every-store.ts'

/** A setting with a cache, and a store that counts. */
export interface CachedSetting extends Setting {
  readonly store: CountingStore
  /** The same, as another process has it: on the same store, with a connection of its own to the same cache where there are connections. */
  another(options?: Partial<GraphMemOptions>): CachedSetting
  readonly calls: string[]
}

/** Makes caches that share what they keep. */
type Connect = () => Cache

interface CacheKind {
  readonly fresh: () => Connect
  readonly stop: () => Promise<void>
}

const kinds: Readonly<Record<string, () => Promise<CacheKind | undefined>>> = {
  'memory cache': async () => ({
    fresh: () => {
      const cache = memoryCache()
      return () => cache
    },
    stop: async () => undefined,
  }),
  'Redis, one node': () => onRedis(startRedis, ({ url }, prefix) => redisCache({ url, prefix })),
  'Redis, a Cluster': () => onRedis(startRedisCluster, ({ url }, prefix) => redisCache({ nodes: [url], prefix })),
}

async function onRedis(start: () => Promise<Service>, open: (service: Service, prefix: string) => Cache): Promise<CacheKind | undefined> {
  const service = await optionalService(start)
  if (service === undefined) return undefined
  let number = 0
  return {
    fresh: () => {
      number += 1
      const prefix = `pipeline:${process.pid}-${number}`
      return () => open(service, prefix)
    },
    stop: async () => service[Symbol.asyncDispose](),
  }
}

/** Runs a theme's tests with every cache. Each setting has a cache and a store of its own, and waits for its cache as long as a test may last. */
export async function onEveryCache(
  theme: string,
  define: (create: (options?: Partial<GraphMemOptions>) => CachedSetting) => void,
): Promise<void> {
  for (const [kind, start] of Object.entries(kinds)) {
    const started = await start()
    describe.skipIf(started === undefined)(`${theme} (${kind})`, () => {
      const opened: AsyncDisposable[] = []
      afterEach(async () => {
        for (const each of opened.splice(0)) await each[Symbol.asyncDispose]()
      })
      afterAll(() => started?.stop())
      define((options) => {
        const connect = started?.fresh() ?? memoryCache
        const open = () => {
          const cache = connect()
          opened.push(cache)
          return cache
        }
        const store = memoryStore()
        opened.push(store)
        return cachedSetting(store, open, options)
      })
    })
  }
}

function cachedSetting(store: GraphStore, open: Connect, options: Partial<GraphMemOptions> = {}): CachedSetting {
  const counting = countingStore(store)
  const setting = settingOf(counting, { cache: open(), cacheTimeoutMs: 10_000, ...options })
  const { clock } = setting
  const sameClock = () => {
    clock.now += clock.step
    return clock.now
  }
  return {
    ...setting,
    store: counting,
    calls: counting.calls,
    another: (more) => cachedSetting(store, open, { clock: sameClock, ...options, ...more }),
  }
}
