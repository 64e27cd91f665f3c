import assert from 'node:assert/strict'
import { type Cache, type CacheKind, scope } from '@graphmem/core/spec'
import type { CacheCase, CreateCache } from './cache-case.ts'
import { caseScopes, type RunMode } from './run-store-case.ts'

/** Runs one case on a fresh cache. Rejects when it fails. */
export async function runCacheCase(cacheCase: CacheCase, create: CreateCache, mode: RunMode): Promise<void> {
  const { cache, pass, cleanup } = await create()
  try {
    const scopes = caseScopes(cacheCase, mode)
    const neighbour = mode === 'beside' ? noisyUser(cache, `${scopes.own.userId.slice(0, 80)}~`) : undefined
    await neighbour?.settle()
    await cacheCase.run({
      cache,
      scopes,
      own: cache.open(scopes.own),
      async pass(milliseconds) {
        await pass(milliseconds)
      },
    })
    if (cacheCase.id !== 'disposed') await neighbour?.checkUntouched()
  } finally {
    await cache[Symbol.asyncDispose]()
    await cleanup?.()
  }
}

/** Another user with the keys that cases use, whose id begins like the case's, and a passer-by who is erased. */
function noisyUser(cache: Cache, userId: string): { readonly settle: () => Promise<void>; readonly checkUntouched: () => Promise<void> } {
  const keys = ['k234567', 'k', 'k2', 'k23', 'other']
  const kinds: readonly CacheKind[] = ['query', 'search']
  const theirs = cache.open(scope({ userId, memoryId: 'chat' }))
  const passer = scope({ userId: `${userId}:`, memoryId: 'chat' })
  return {
    async settle() {
      for (const handle of [theirs, cache.open(passer)]) {
        for (const kind of kinds) {
          for (const key of keys) {
            const { ticket } = await handle.get(kind, key)
            await handle.put(kind, key, new TextEncoder().encode(`foreign ${key}`), { ttlMs: 600_000, ticket })
          }
        }
      }
      assert.equal(await cache.user(passer.userId).erase(), kinds.length * keys.length)
    },
    async checkUntouched() {
      for (const kind of kinds) {
        for (const key of keys) {
          const { bytes } = await theirs.get(kind, key)
          assert.equal(bytes && new TextDecoder().decode(bytes), `foreign ${key}`, 'what another user has is as it was')
        }
      }
    },
  }
}
