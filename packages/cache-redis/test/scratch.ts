import { redisCache } from '../src/index.ts'
import { startRedis } from '@graphmem/services/redis'
import { startRedisCluster } from '@graphmem/services/redis-cluster'
import { scope, userId } from '@graphmem/core/spec'
for (const start of [startRedis, startRedisCluster]) {
  const t = performance.now()
  const s = await start()
  console.log(s.name, s.url, performance.now() - t)
  const c = redisCache(start === startRedis ? { url: s.url } : { nodes: [s.url] })
  const o = c.open(scope({ userId: 'a:{}', memoryId: 'm' }))
  const g = await o.get('query', 'k')
  console.log(g)
  await o.put('query', 'k', new Uint8Array([1, 2, 255]), { ttlMs: 1000, ticket: g.ticket })
  console.log(await o.get('query', 'k'), await o.get('search', 'k'))
  console.log(await c.user(userId('a:{}')).erase())
  await o.put('query', 'k', new Uint8Array([1, 2, 255]), { ttlMs: 1000, ticket: g.ticket })
  console.log(await o.get('query', 'k'))
  await s[Symbol.asyncDispose]()
  for (let i = 0; i < 3; i++) { const t = performance.now(); await o.get('query', 'k').catch((e) => console.log(e.code, e.message, performance.now() - t)) }
  await c[Symbol.asyncDispose]()
}
