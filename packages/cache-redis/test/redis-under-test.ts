import { optionalService } from '@graphmem/services/optional-service'
import { startRedis } from '@graphmem/services/redis'
import { startRedisCluster } from '@graphmem/services/redis-cluster'
import type { Service } from '@graphmem/services/service'
import type { CacheUnderTest } from '@graphmem/testkit'
import { Cluster, Redis } from 'ioredis'
import { type RedisCacheOptions, redisCache } from '../src/index.ts'

/** A real Redis, and a look into it past the cache. */
export interface RedisUnderTest extends AsyncDisposable {
  readonly service: Service
  /** A prefix that no other test uses. */
  freshPrefix(): string
  options(prefix: string): RedisCacheOptions
  /** The names of all keys that begin with a prefix, on all nodes. */
  keys(prefix: string): Promise<readonly string[]>
  /** One connection to each node. */
  readonly nodes: readonly Redis[]
  create(): CacheUnderTest
}

export const placements = ['one node', 'a Cluster'] as const

export async function redisUnderTest(placement: (typeof placements)[number]): Promise<RedisUnderTest | undefined> {
  const service = await optionalService(placement === 'one node' ? startRedis : startRedisCluster)
  if (service === undefined) return undefined
  const client = placement === 'one node' ? new Redis(service.url) : new Cluster([service.url])
  if (client instanceof Cluster) await new Promise((resolve) => client.once('ready', resolve))
  const nodes = client instanceof Cluster ? client.nodes('master') : [client]
  let number = 0
  const tested: RedisUnderTest = {
    service,
    nodes,
    freshPrefix() {
      number += 1
      return `test:${process.pid}-${number}`
    },
    options: (prefix) => (placement === 'one node' ? { prefix, url: service.url } : { prefix, nodes: [service.url] }),
    async keys(prefix) {
      const found = await Promise.all(nodes.map((node) => node.keys(`${prefix}:*`)))
      return found.flat().sort()
    },
    create() {
      const prefix = tested.freshPrefix()
      return {
        cache: redisCache(tested.options(prefix)),
        // Nothing moves the clock of a server: all that the cache has ends earlier instead.
        async pass(milliseconds) {
          for (const key of await tested.keys(prefix)) await client.pexpire(key, (await client.pttl(key)) - milliseconds)
        },
        async cleanup() {
          for (const key of await tested.keys(prefix)) await client.del(key)
        },
      }
    },
    async [Symbol.asyncDispose]() {
      client.disconnect()
      await service[Symbol.asyncDispose]()
    },
  }
  return tested
}
