import { type Scope, scope } from '@graphmem/core/spec'
import { hostileIds } from '@graphmem/testkit'
import { Cluster, Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { redisCache } from '../src/index.ts'
import { ofMemory, ofUser, type ScopedKey, scopedKeys } from '../src/scoped-keys.ts'
import { placements, redisUnderTest } from './redis-under-test.ts'

const alice = scope({ userId: 'alice', memoryId: 'chat' })
const bytes = new Uint8Array([1, 2, 3])

describe('keys', () => {
  const keys = scopedKeys('graphmem')

  it('are those that were agreed', () => {
    expect(keys.entry(alice, 'query', 'k7')).toBe('graphmem:{alice}:query:chat:k7')
    expect(keys.entry(alice, 'search', 'k7')).toBe('graphmem:{alice}:search:chat:k7')
    expect(keys.index(alice.userId)).toBe('graphmem:{alice}:keys')
  })

  it('differ for all hostile ids, and have the user alone as hash tag', () => {
    const seen = new Set<string>()
    for (const userId of hostileIds) {
      for (const memoryId of hostileIds) {
        const key = keys.entry(scope({ userId, memoryId }), 'query', 'k')
        expect(key.match(/[{}]/g)).toEqual(['{', '}'])
        seen.add(key)
      }
    }
    expect(seen.size).toBe(hostileIds.length ** 2)
  })

  it('do not compile without their user, or without their memory', () => {
    // @ts-expect-error no user
    ofUser('p', alice.userId, '{prefix}:keys')
    // @ts-expect-error the user is not the hash tag
    ofUser('p', alice.userId, '{prefix}:{user}:keys')
    // @ts-expect-error no user
    ofMemory('p', alice, '{prefix}:query:{memory}:k')
    // @ts-expect-error no memory
    ofMemory('p', alice, '{prefix}:{{user}}:query:k')
    // @ts-expect-error a text is no key
    const made: ScopedKey = 'p:{alice}:keys'
    expect(made).toBe(ofUser('p', alice.userId, '{prefix}:{{user}}:keys'))
  })

  it('take ids as they are, also those that mean something where text is replaced', () => {
    for (const id of ['$&', '$1', "$'", '{memory}', '{prefix}', '{user}']) {
      const key = keys.entry(scope({ userId: id, memoryId: id }), 'query', 'k')
      const segment = id.replace(/[^A-Za-z0-9._@-]/g, (letter) => `~${letter.charCodeAt(0).toString(16)}`)
      expect(key).toBe(`graphmem:{${segment}}:query:${segment}:k`)
    }
  })
})

for (const placement of placements) {
  const redis = await redisUnderTest(placement)
  describe.skipIf(redis === undefined)(`Redis, ${placement}`, () => {
    if (redis === undefined) return
    afterAll(() => redis[Symbol.asyncDispose]())

    const keep = async (cache: ReturnType<typeof redisCache>, of: Scope, key: string, ttlMs = 60_000) => {
      const { ticket } = await cache.open(of).get('query', key)
      await cache.open(of).put('query', key, bytes, { ttlMs, ticket })
    }

    it('has no key of a user who was erased, and all of the others', async () => {
      const prefix = redis.freshPrefix()
      await using cache = redisCache(redis.options(prefix))
      for (const userId of ['alice', 'alice2', 'bob']) {
        for (const memoryId of ['chat', 'notes']) await keep(cache, scope({ userId, memoryId }), 'k')
      }
      expect(await cache.user(alice.userId).erase()).toBe(2)
      const left = await redis.keys(prefix)
      expect(left.filter((key) => key.includes('{alice}'))).toEqual([])
      expect(left).toHaveLength(6)
    })

    it('lets every key end, the set of a user after all that it names', async () => {
      const prefix = redis.freshPrefix()
      await using cache = redisCache(redis.options(prefix))
      await keep(cache, alice, 'k', 7_200_000)
      const left = await Promise.all((await redis.keys(prefix)).map((key) => keyTtl(redis.nodes, key)))
      expect(left).toHaveLength(2)
      expect(Math.min(...left)).toBeGreaterThan(0)
      expect(Math.max(...left)).toBeGreaterThan(7_200_000)
    })

    it('holds in a user’s set only what has not ended', async () => {
      const prefix = redis.freshPrefix()
      await using cache = redisCache(redis.options(prefix))
      await keep(cache, alice, 'short', 1)
      await expect.poll(async () => (await redis.keys(prefix)).length).toBe(1)
      await keep(cache, alice, 'k')
      const members = await ofNodeWith(redis.nodes, `${prefix}:{alice}:keys`, (node) => node.zrange(`${prefix}:{alice}:keys`, '0', '-1'))
      expect(members).toHaveLength(2)
      expect(members).toContain(`${prefix}:{alice}:query:chat:k`)
    })

    it('takes one round trip to get, to put and to erase', async () => {
      const prefix = redis.freshPrefix()
      await using cache = redisCache(redis.options(prefix))
      await keep(cache, alice, 'k')
      const before = await commands(redis.nodes)
      const { ticket } = await cache.open(alice).get('query', 'k')
      expect((await commands(redis.nodes)) - before).toBe(1)
      await cache.open(alice).put('query', 'k', bytes, { ttlMs: 60_000, ticket })
      expect((await commands(redis.nodes)) - before).toBe(2)
      await cache.user(alice.userId).erase()
      expect((await commands(redis.nodes)) - before).toBe(3)
    })

    it('uses a client of the caller as it is, with its own prefix, and leaves it open', async () => {
      const client =
        placement === 'one node'
          ? new Redis(redis.service.url, { keyPrefix: 'mine:' })
          : new Cluster([redis.service.url], { keyPrefix: 'mine:' })
      const cache = redisCache({ client })
      await keep(cache, alice, 'k')
      expect(await redis.keys('mine:graphmem')).toEqual(['mine:graphmem:{alice}:keys', 'mine:graphmem:{alice}:query:chat:k'])
      expect((await cache.open(alice).get('query', 'k')).bytes).toEqual(bytes)
      expect([await cache.open(alice).erase(), await redis.keys('mine:graphmem:{alice}:query')]).toEqual([1, []])
      await cache[Symbol.asyncDispose]()
      expect(await client.ping()).toBe('PONG')
      client.disconnect()
    })
  })
}

/** How many times a script was called, on all nodes. */
async function commands(nodes: readonly Redis[]): Promise<number> {
  let calls = 0
  for (const node of nodes) {
    for (const [, count] of (await node.info('commandstats')).matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)) calls += Number(count)
  }
  return calls
}

async function ofNodeWith<T>(nodes: readonly Redis[], key: string, read: (node: Redis) => Promise<T>): Promise<T> {
  for (const node of nodes) if ((await node.keys(key)).length > 0) return read(node)
  throw new Error('no node has the key')
}

function keyTtl(nodes: readonly Redis[], key: string): Promise<number> {
  return ofNodeWith(nodes, key, (node) => node.pttl(key))
}
