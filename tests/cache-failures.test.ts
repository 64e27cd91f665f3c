import { memoryCache } from '@graphmem/cache-memory'
import type { Cache, ScopedCache } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it } from 'vitest'
import { content } from './content.ts'
import { settingOf } from './on-every-store.ts'

const question = 'Where does Bob work?'

describe('a cache that fails', () => {
  type Change = (handle: ScopedCache) => Partial<ScopedCache>
  const changed = (change: Change): Cache => {
    const sound = memoryCache()
    return {
      ...sound,
      open: (scope) => {
        const handle = sound.open(scope)
        return { ...handle, ...change(handle) }
      },
      user: (id) => ({ ...sound.user(id), erase: () => Promise.reject(new Error('secret')) }),
      [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
    }
  }
  const never = () => new Promise<never>(() => undefined)
  const failing = () => Promise.reject(new Error('secret'))
  const failures: Readonly<Record<string, { readonly change: Change; readonly event: object }>> = {
    'is down': { change: () => ({ get: failing, put: failing, erase: failing }), event: { call: 'get', reason: 'failed' } },
    'does not answer, and heeds no signal': {
      change: () => ({ get: never, put: never, erase: failing }),
      event: { call: 'get', reason: 'slow' },
    },
    'throws instead of rejecting': {
      change: () => ({
        get() {
          throw new Error('secret')
        },
      }),
      event: { call: 'get', reason: 'failed' },
    },
    'is full': { change: () => ({ put: failing }), event: { call: 'put', reason: 'failed' } },
    'answers in another form': { change: () => ({ get: async () => ({}) as never }), event: { call: 'get', reason: 'failed' } },
    'gives back other bytes': {
      change: (handle) => ({
        async get(kind, key, options) {
          const { bytes, ticket } = await handle.get(kind, key, options)
          if (bytes?.[40] !== undefined) bytes[40] += 1
          return { bytes, ticket }
        },
      }),
      event: { call: 'get', reason: 'garbled' },
    },
    'gives back nearly nothing': {
      change: (handle) => ({ get: async (...given) => ({ ...(await handle.get(...given)), bytes: new Uint8Array(3) }) }),
      event: { call: 'get', reason: 'garbled' },
    },
    'gives back what is under another key': {
      change: (handle) => ({
        get: (kind, _key, options) => handle.get(kind, 'same', options),
        put: (kind, _key, bytes, options) => handle.put(kind, 'same', bytes, options),
      }),
      event: { call: 'get', reason: 'garbled' },
    },
  }

  it.each(Object.keys(failures))('and %s costs no answer and no error, and the observer hears of it without text', async (name) => {
    const { change, event } = failures[name] ?? expect.fail()
    const store = memoryStore()
    const { memory, events } = settingOf(store, { cache: changed(change), cacheTimeoutMs: 20 })
    const plain = settingOf(store)
    await memory().ingest('Bob works at Google.')
    for (const asked of [question, 'Who is Bob?', question, 'Who is Bob?']) {
      const result = await memory().query(asked)
      expect(content(result)).toBe(content(await plain.memory().query(asked)))
      expect(result.timings.cached).toBeUndefined()
    }
    expect(events).toContainEqual({ type: 'cache-failed', ...event, userId: 'alice', memoryId: 'chat' })
    expect(JSON.stringify(events)).not.toMatch(/Bob|Google|secret/)
  })

  it('is on the receipt of an erasure, and the erasure is done', async () => {
    const cache = changed(() => ({ erase: failing }))
    const { memory, graphMem, store } = settingOf(memoryStore(), { cache })
    const unverified = [expect.stringContaining('cache')]
    await memory().ingest('Bob works at Google.')
    const receipt = await memory().erase()
    expect(receipt).toMatchObject({ memories: 1, unverified })
    expect(receipt.caches).toBeUndefined()
    await memory().ingest('Bob works at Google.')
    expect(await graphMem.user('alice').erase()).toMatchObject({ memories: 1, unverified })
    expect(await settingOf(store).memory().query(question)).toMatchObject({ found: false })
  })

  it.each([
    ['cache', {}],
    ['cacheTtls', { queryMs: 0 }],
    ['cacheTtls', { days: 1 }],
    ['cacheTimeoutMs', 0],
  ])('is refused where its setting %s is %j', (field, value) => {
    expect(() => settingOf(memoryStore(), { [field]: value })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
  })
})
