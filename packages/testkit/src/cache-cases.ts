import assert from 'node:assert/strict'
import { type CacheKind, type CallOptions, type Scope, type ScopedCache, scope, userId } from '@graphmem/core/spec'
import type { CacheCase, CacheContext } from './cache-case.ts'
import { hostileScopes } from './hostile-ids.ts'
import { rejectsWithCode, rejectsWithReason } from './rejections.ts'

const minute = 60_000
const kinds: readonly CacheKind[] = ['query', 'search']
const key = 'k234567'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function keep(cache: ScopedCache, text: string, { kind = 'query' as CacheKind, name = key, ttlMs = minute } = {}): Promise<void> {
  const { ticket } = await cache.get(kind, name)
  await cache.put(kind, name, bytesOf(text), { ttlMs, ticket })
}

async function kept(cache: ScopedCache, kind: CacheKind = 'query', name: string = key): Promise<string | undefined> {
  const { bytes } = await cache.get(kind, name)
  return bytes && new TextDecoder().decode(bytes)
}

function everyCall({
  cache,
  own,
  scopes,
}: CacheContext): readonly { readonly name: string; readonly make: (options?: CallOptions) => Promise<unknown> }[] {
  return [
    { name: 'get', make: (options) => own.get('query', key, options) },
    { name: 'put', make: (options) => own.put('query', key, bytesOf('x'), { ...options, ttlMs: minute, ticket: 't' }) },
    { name: 'erase', make: (options) => own.erase(options) },
    { name: 'erase of a user', make: (options) => cache.user(scopes.own.userId).erase(options) },
  ]
}

/** What every cache does. */
export const cacheCases: readonly CacheCase[] = [
  {
    id: 'get-nothing',
    behaviour: 'finds nothing where nothing was put',
    async run({ own }) {
      for (const kind of kinds) assert.equal(await kept(own, kind), undefined)
    },
  },
  {
    id: 'put-get',
    behaviour: 'gives back the bytes that were put, whatever they are, and as often as asked',
    async run({ own }) {
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      for (const bytes of [every, new Uint8Array(), new Uint8Array(1_000_000).fill(7)]) {
        const { ticket } = await own.get('query', key)
        await own.put('query', key, bytes, { ttlMs: minute, ticket })
        for (let time = 0; time < 2; time += 1) assert.deepEqual((await own.get('query', key)).bytes, bytes)
      }
    },
  },
  {
    id: 'put-again',
    behaviour: 'keeps what was put last',
    async run({ own }) {
      await keep(own, 'first')
      await keep(own, 'second, and longer')
      assert.equal(await kept(own), 'second, and longer')
    },
  },
  {
    id: 'bytes-are-copies',
    behaviour: 'is not changed by who changes the bytes that were put or given back',
    async run({ own }) {
      const bytes = bytesOf('as it was')
      const { ticket } = await own.get('query', key)
      await own.put('query', key, bytes, { ttlMs: minute, ticket })
      bytes.fill(0)
      ;(await own.get('query', key)).bytes?.fill(1)
      assert.equal(await kept(own), 'as it was')
    },
  },
  {
    id: 'kinds-apart',
    behaviour: 'keeps a query and a search of one key apart',
    async run({ own }) {
      await keep(own, 'an answer', { kind: 'query' })
      assert.equal(await kept(own, 'search'), undefined)
      await keep(own, 'a search', { kind: 'search' })
      assert.deepEqual([await kept(own, 'query'), await kept(own, 'search')], ['an answer', 'a search'])
    },
  },
  {
    id: 'keys-apart',
    behaviour: 'keeps keys apart that begin alike',
    async run({ own }) {
      const names = ['k', 'k2', 'k23', 'a2', '2']
      for (const name of names) await keep(own, name, { name })
      for (const name of names) assert.equal(await kept(own, 'query', name), name)
    },
  },
  {
    id: 'two-handles',
    behaviour: 'shows to one handle of a memory what another put',
    async run({ cache, own, scopes }) {
      await keep(own, 'here')
      const { userId, memoryId } = scopes.own
      assert.equal(await kept(cache.open(scope({ userId, memoryId }))), 'here')
    },
  },
  {
    id: 'ttl-over',
    behaviour: 'does not give what its time is over for',
    async run({ own, pass }) {
      await keep(own, 'short', { ttlMs: 1_000 })
      await keep(own, 'long', { ttlMs: minute, name: 'longer' })
      await pass(1_001)
      assert.deepEqual([await kept(own), await kept(own, 'query', 'longer')], [undefined, 'long'])
    },
  },
  {
    id: 'ttl-not-over',
    behaviour: 'gives what its time is not over for, counted from the last put',
    async run({ own, pass }) {
      await keep(own, 'first', { ttlMs: 10_000 })
      await pass(6_000)
      assert.equal(await kept(own), 'first')
      await keep(own, 'second', { ttlMs: 10_000 })
      await pass(6_000)
      assert.equal(await kept(own), 'second')
    },
  },
  {
    id: 'scopes-apart',
    behaviour: 'keeps memories and users apart under one key',
    async run({ cache, scopes }) {
      const all = [scopes.own, scopes.sibling, scopes.other]
      await keep(cache.open(scopes.own), 'own')
      for (const each of all.slice(1)) assert.equal(await kept(cache.open(each)), undefined)
      for (const [place, each] of all.entries()) await keep(cache.open(each), String(place))
      for (const [place, each] of all.entries()) assert.equal(await kept(cache.open(each)), String(place))
    },
  },
  {
    id: 'hostile-scopes-apart',
    behaviour: 'keeps memories apart whose ids come to the same when joined, folded or matched without care',
    async run({ cache }) {
      for (const each of hostileScopes) assert.equal(await kept(cache.open(each)), undefined)
      for (const [place, each] of hostileScopes.entries()) await keep(cache.open(each), String(place))
      for (const [place, each] of hostileScopes.entries()) assert.equal(await kept(cache.open(each)), String(place))
      for (const [place, each] of hostileScopes.entries()) {
        assert.equal(await cache.open(each).erase(), 1)
        for (const [other, rest] of hostileScopes.entries()) {
          if (other > place && other < place + 3) assert.equal(await kept(cache.open(rest)), String(other))
        }
      }
    },
  },
  {
    id: 'erase-memory',
    behaviour: 'erases all of a memory, says how much it was, and leaves the others',
    async run({ cache, own, scopes }) {
      for (const each of [scopes.own, scopes.sibling, scopes.other]) {
        for (const kind of kinds) await keep(cache.open(each), 'kept', { kind })
      }
      assert.equal(await own.erase(), 2)
      for (const kind of kinds) {
        assert.equal(await kept(own, kind), undefined)
        assert.equal(await kept(cache.open(scopes.sibling), kind), 'kept')
        assert.equal(await kept(cache.open(scopes.other), kind), 'kept')
      }
    },
  },
  {
    id: 'erase-user',
    behaviour: 'erases all memories of a user, says how much it was, and leaves other users',
    async run({ cache, scopes }) {
      for (const each of [scopes.own, scopes.sibling, scopes.other]) {
        for (const kind of kinds) await keep(cache.open(each), 'kept', { kind })
      }
      assert.equal(await cache.user(userId(scopes.own.userId)).erase(), 4)
      for (const kind of kinds) {
        assert.equal(await kept(cache.open(scopes.own), kind), undefined)
        assert.equal(await kept(cache.open(scopes.sibling), kind), undefined)
        assert.equal(await kept(cache.open(scopes.other), kind), 'kept')
      }
    },
  },
  {
    id: 'erase-nothing',
    behaviour: 'erases nothing of who has nothing, again and again',
    async run({ cache, own, scopes }) {
      for (let time = 0; time < 2; time += 1) {
        assert.equal(await own.erase(), 0)
        assert.equal(await cache.user(scopes.own.userId).erase(), 0)
      }
    },
  },
  {
    id: 'erase-then-late-put',
    behaviour: 'keeps nothing that was computed before an erasure of the memory',
    async run({ cache, own, scopes }) {
      for (const isFirst of [true, false]) {
        const { ticket } = await own.get('query', key)
        await own.erase()
        if (!isFirst) await keep(own, 'new', { name: 'other' })
        await own.put('query', key, bytesOf('late'), { ttlMs: minute, ticket })
        assert.equal(await kept(own), undefined)
      }
      const { ticket } = await own.get('query', key)
      await keep(cache.open(scopes.sibling), 'sibling')
      await own.erase()
      await own.put('query', key, bytesOf('late'), { ttlMs: minute, ticket })
      assert.equal(await kept(own), undefined)
    },
  },
  {
    id: 'erase-user-then-late-put',
    behaviour: 'keeps nothing that was computed before an erasure of the user',
    async run({ cache, own, scopes }) {
      await keep(own, 'early', { name: 'other' })
      const { ticket } = await own.get('query', key)
      await cache.user(scopes.own.userId).erase()
      await own.put('query', key, bytesOf('late'), { ttlMs: minute, ticket })
      assert.deepEqual([await kept(own), await kept(own, 'query', 'other')], [undefined, undefined])
    },
  },
  {
    id: 'erase-then-put',
    behaviour: 'keeps what was computed after an erasure',
    async run({ cache, own, scopes }) {
      await keep(own, 'old')
      await own.erase()
      await keep(own, 'new')
      assert.equal(await kept(own), 'new')
      await cache.user(scopes.own.userId).erase()
      await keep(own, 'newer')
      assert.equal(await kept(own), 'newer')
    },
  },
  {
    id: 'put-beside',
    behaviour: 'keeps what it has a ticket for, whatever others put meanwhile',
    async run({ cache, own, scopes }) {
      const other = cache.open(scopes.other)
      await keep(other, 'theirs')
      const { ticket } = await own.get('query', key)
      for (const text of ['in its place', 'and again']) await keep(other, text)
      await own.put('query', key, bytesOf('own'), { ttlMs: minute, ticket })
      assert.equal(await kept(own), 'own')
    },
  },
  {
    id: 'ticket-made-up',
    behaviour: 'keeps nothing on a ticket that it did not give',
    async run({ own }) {
      await keep(own, 'there', { name: 'other' })
      await own.put('query', key, bytesOf('x'), { ttlMs: minute, ticket: 'made up' })
      assert.equal(await kept(own), undefined)
    },
  },
  {
    id: 'signal-before',
    behaviour: 'does nothing for a signal that was aborted before, and rejects with its reason',
    async run(context) {
      await keep(context.own, 'there')
      const reason = new Error('enough')
      for (const { name, make } of everyCall(context))
        await rejectsWithReason(reason, () => make({ signal: AbortSignal.abort(reason) }), name)
      assert.equal(await kept(context.own), 'there')
    },
  },
  {
    id: 'scope-checked',
    behaviour: 'refuses a look-alike of a scope or of a user id',
    async run({ cache }) {
      await rejectsWithCode('SCOPE_INVALID', () => cache.open({ userId: '', memoryId: 'm' } as unknown as Scope))
      await rejectsWithCode('SCOPE_INVALID', () => cache.open(undefined as unknown as Scope))
      await rejectsWithCode('SCOPE_INVALID', () => cache.user('' as never))
    },
  },
  {
    id: 'disposed',
    behaviour: 'refuses calls after it was disposed of, once or twice',
    async run(context) {
      await context.cache[Symbol.asyncDispose]()
      await context.cache[Symbol.asyncDispose]()
      for (const { name, make } of everyCall(context)) await rejectsWithCode('CLOSED', () => make(), name)
    },
  },
  {
    id: 'contract',
    behaviour: 'says its name, the version of the spec, and whose handle one has',
    async run({ cache, own, scopes }) {
      assert.equal(cache.specVersion, 1)
      assert.ok(cache.name.length > 0)
      assert.deepEqual({ ...own.scope }, { ...scopes.own })
      assert.equal(cache.user(scopes.own.userId).userId, scopes.own.userId)
    },
  },
]
