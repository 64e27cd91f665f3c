import { type Cache, scope } from '@graphmem/core/spec'
import { describe, expect, it } from 'vitest'
import { memoryCache } from '../src/index.ts'
import { clockedCache } from './clocked-cache.ts'

const of = (userId: string) => scope({ userId, memoryId: 'chat' })

async function keep(cache: Cache, userId: string, key: string, sizeBytes = 1, ttlMs = 60_000): Promise<void> {
  const { ticket } = await cache.open(of(userId)).get('query', key)
  await cache.open(of(userId)).put('query', key, new Uint8Array(sizeBytes), { ttlMs, ticket })
}

async function held(cache: Cache, userId: string, keys: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const key of keys) if ((await cache.open(of(userId)).get('query', key)).bytes !== undefined) found.push(key)
  return found
}

const keys = Array.from({ length: 40 }, (_, number) => `k${number}`)

describe('the memory cache', () => {
  it('never holds more entries or bytes than it may', async () => {
    for (const options of [{ maxEntries: 10 }, { maxBytes: 10 * 1_400 }]) {
      const cache = memoryCache(options)
      for (const key of keys) await keep(cache, 'alice', key, 1_000)
      const found = await held(cache, 'alice', keys)
      expect(found.length).toBeLessThanOrEqual(10)
      expect(found.at(-1)).toBe('k39')
    }
  })

  it('loses first what was used least recently', async () => {
    const cache = memoryCache({ maxEntries: 10 })
    for (const key of keys.slice(0, 10)) await keep(cache, 'alice', key)
    await held(cache, 'alice', ['k0'])
    await keep(cache, 'alice', 'k10')
    expect(await held(cache, 'alice', ['k0', 'k1', 'k10'])).toEqual(['k0', 'k10'])
  })

  it('takes room from who holds the most, and from no one else', async () => {
    const cache = memoryCache({ maxEntries: 20 })
    for (const userId of ['ann', 'bea']) for (const key of ['a', 'b']) await keep(cache, userId, key)
    for (const key of keys) await keep(cache, 'noisy', key, 5_000)
    for (const userId of ['ann', 'bea']) expect(await held(cache, userId, ['a', 'b'])).toEqual(['a', 'b'])
  })

  it('takes room from what is over before what is not', async () => {
    const { cache, pass } = clockedCache({ maxEntries: 10 })
    for (const key of keys.slice(0, 5)) await keep(cache, 'noisy', key, 5_000)
    for (const key of keys.slice(0, 5)) await keep(cache, 'ann', key, 1, 10)
    await pass(11)
    await keep(cache, 'ann', 'new')
    expect(await held(cache, 'noisy', keys)).toHaveLength(5)
  })

  it('holds nothing that is larger than all it may hold', async () => {
    const cache = memoryCache({ maxBytes: 1_000 })
    await keep(cache, 'alice', 'k', 10_000)
    expect(await held(cache, 'alice', ['k'])).toEqual([])
  })

  it('does not let an erasure of one user refuse a put of another who holds something', async () => {
    const cache = memoryCache()
    await keep(cache, 'ann', 'a')
    const { ticket } = await cache.open(of('ann')).get('query', 'b')
    await keep(cache, 'bea', 'a')
    await cache.user(of('bea').userId).erase()
    await cache.open(of('ann')).put('query', 'b', new Uint8Array(1), { ttlMs: 1_000, ticket })
    expect(await held(cache, 'ann', ['a', 'b'])).toEqual(['a', 'b'])
  })

  it.each([
    ['maxBytes', -1],
    ['maxEntries', Number.NaN],
    ['clock', 5],
    ['size', 1],
  ])('is not made with %s %s', (field, value) => {
    expect(() => memoryCache({ [field]: value })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
  })
})
