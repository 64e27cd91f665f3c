import type { Cache } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { inSettings } from './in-settings.ts'
import { settingCalled } from './setting-called.ts'
import type { CacheSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/**
 * Opens the cache that settings name, importing its package alone; none where they name none. Does no I/O beside.
 *
 * @throws GraphMemError `CONFIG_INVALID` when the URL is none, a package is missing, or a setting does not go with the cache
 */
export async function openCache({ cache, cachePrefix }: CacheSettings): Promise<Cache | undefined> {
  const isRedis = typeof cache === 'string' && /^rediss?:/i.test(cache)
  if (cachePrefix !== undefined && !isRedis) throw configInvalid('cachePrefix', `${settingCalled('cachePrefix')} goes with Redis only`)
  if (typeof cache !== 'string') return cache
  if (isRedis) return onRedis(cache, cachePrefix)
  if (cache !== 'memory:') {
    throw configInvalid('cache', `${settingCalled('cache')} is no URL of a known cache. Give memory:, redis://host or rediss://host`)
  }
  const { memoryCache } = await importAdapter('cache', '@graphmem/cache-memory', () => import('@graphmem/cache-memory'))
  return memoryCache()
}

async function onRedis(cache: string, prefix: string | undefined): Promise<Cache> {
  const { redisCache } = await importAdapter('cache', '@graphmem/cache-redis', () => import('@graphmem/cache-redis'))
  // A password may have a comma in it.
  const nodes = cache.split(/\s*,\s*(?=rediss?:)/i)
  return inSettings({ url: 'cache', nodes: 'cache', prefix: 'cachePrefix' }, () =>
    redisCache({ ...(nodes.length === 1 ? { url: cache } : { nodes }), ...withoutUndefined({ prefix }) }),
  )
}
