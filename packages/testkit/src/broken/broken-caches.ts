import { type Cache, type Scope, type ScopedCache, scope, userId } from '@graphmem/core/spec'
import type { CreateCache } from '../cache-case.ts'

/** A cache that is broken on purpose, to prove that the cases find it. */
export interface BrokenCache {
  readonly name: string
  readonly does: string
  /** The ids of the cases that it fails, alone. */
  readonly fails: readonly string[]
  /** Whether one tenant reaches another by it: `probeCacheIsolation` has to find it. */
  readonly breaksIsolation?: true
  readonly create: CreateCache
}

interface Defect extends Omit<BrokenCache, 'create'> {
  readonly wrap: (sound: Cache) => Cache
}

/** The same cache with handles that are made otherwise. */
function handles(
  make: (handle: ScopedCache, sound: Cache) => Partial<ScopedCache>,
  scopeOf = (given: Scope): Scope => given,
): Defect['wrap'] {
  return (sound) => ({
    ...sound,
    open: (given) => {
      const handle = sound.open(scopeOf(given))
      return { ...handle, ...make(handle, sound) }
    },
    [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
  })
}

const day = 86_400_000

const defects: readonly Defect[] = [
  {
    name: 'ignores-the-memory',
    does: 'has one shelf for all memories of a user',
    fails: ['scopes-apart', 'hostile-scopes-apart', 'erase-memory', 'erase-user', 'scope-checked', 'contract'],
    breaksIsolation: true,
    wrap: handles(
      () => ({}),
      (given) => scope({ userId: given.userId, memoryId: 'all' }),
    ),
  },
  {
    name: 'ignores-the-user',
    does: 'has one shelf for all users',
    fails: ['scopes-apart', 'hostile-scopes-apart', 'erase-memory', 'erase-user', 'erase-user-then-late-put', 'contract', 'scope-checked'],
    breaksIsolation: true,
    wrap: handles(
      () => ({}),
      (given) => scope({ userId: 'all', memoryId: given?.memoryId ?? 'm' }),
    ),
  },
  {
    name: 'ignores-the-kind',
    does: 'gives a search for an answer',
    fails: ['kinds-apart', 'erase-memory', 'erase-user'],
    wrap: handles((handle) => ({
      get: (_kind, key, options) => handle.get('query', key, options),
      put: (_kind, key, bytes, options) => handle.put('query', key, bytes, options),
    })),
  },
  {
    name: 'cuts-keys',
    does: 'takes keys that begin alike for the same',
    fails: ['keys-apart'],
    wrap: handles((handle) => ({
      get: (kind, key, options) => handle.get(kind, key.slice(0, 1), options),
      put: (kind, key, bytes, options) => handle.put(kind, key.slice(0, 1), bytes, options),
    })),
  },
  {
    name: 'keeps-too-long',
    does: 'keeps what it has past its time',
    fails: ['ttl-over'],
    wrap: handles((handle) => ({ put: (kind, key, bytes, options) => handle.put(kind, key, bytes, { ...options, ttlMs: day }) })),
  },
  {
    name: 'keeps-too-short',
    does: 'counts seconds where milliseconds are meant',
    fails: ['ttl-over', 'ttl-not-over'],
    wrap: handles((handle) => ({
      put: (kind, key, bytes, options) => handle.put(kind, key, bytes, { ...options, ttlMs: options.ttlMs / 1_000 }),
    })),
  },
  {
    name: 'keeps-the-first',
    does: 'does not put where something is',
    fails: ['put-get', 'put-again', 'ttl-not-over', 'scopes-apart'],
    wrap: handles((handle) => ({
      async put(kind, key, bytes, options) {
        options.signal?.throwIfAborted()
        if ((await handle.get(kind, key)).bytes === undefined) await handle.put(kind, key, bytes, options)
      },
    })),
  },
  {
    name: 'loses-zeroes',
    does: 'ends bytes at the first zero',
    fails: ['put-get'],
    wrap: handles((handle) => ({
      put: (kind, key, bytes, options) => {
        const end = bytes.indexOf(0)
        return handle.put(kind, key, end < 0 ? bytes : bytes.slice(0, end), options)
      },
    })),
  },
  {
    name: 'makes-things-up',
    does: 'finds what was not put',
    fails: ['get-nothing', 'scopes-apart', 'hostile-scopes-apart', 'erase-memory', 'erase-user'],
    wrap: handles((handle) => {
      let isFirst = true
      return {
        async get(kind, key, options) {
          const found = await handle.get(kind, key, options)
          if (found.bytes !== undefined || !isFirst) return found
          isFirst = false
          return { ...found, bytes: new Uint8Array([1]) }
        },
      }
    }),
  },
  {
    name: 'shares-bytes',
    does: 'gives away the bytes that it holds',
    fails: ['bytes-are-copies'],
    wrap: (sound) => {
      const held = new Map<string, { sound: Uint8Array; shared: Uint8Array }>()
      return handles((handle) => ({
        async get(kind, key, options) {
          const found = await handle.get(kind, key, options)
          const last = held.get(`${JSON.stringify(handle.scope)}${kind}${key}`)
          const isSame = found.bytes !== undefined && last !== undefined && Buffer.compare(found.bytes, last.sound) === 0
          return isSame ? { ...found, bytes: last.shared } : found
        },
        async put(kind, key, bytes, options) {
          await handle.put(kind, key, bytes, options)
          held.set(`${JSON.stringify(handle.scope)}${kind}${key}`, { sound: bytes.slice(), shared: bytes })
        },
      }))(sound)
    },
  },
  {
    name: 'forgets-between-handles',
    does: 'keeps things for the handle that put them',
    fails: ['two-handles', 'scopes-apart', 'hostile-scopes-apart', 'erase-memory', 'erase-user'],
    wrap: (sound) => {
      let number = 0
      return handles((handle) => {
        number += 1
        const own = `h${number}`
        return {
          get: (kind, key, options) => handle.get(kind, own + key, options),
          put: (kind, key, bytes, options) => handle.put(kind, own + key, bytes, options),
        }
      })(sound)
    },
  },
  {
    name: 'erases-one-kind',
    does: 'leaves searches when it erases a memory',
    fails: ['erase-memory'],
    wrap: handles((handle) => ({
      async erase(options) {
        const { bytes, ticket } = await handle.get('search', 'k234567', options)
        const erased = await handle.erase(options)
        if (bytes === undefined) return erased
        const again = await handle.get('search', 'k234567')
        await handle.put('search', 'k234567', bytes, { ttlMs: day, ticket: again.ticket === ticket ? ticket : again.ticket })
        return erased - 1
      },
    })),
  },
  {
    name: 'erases-the-user-for-a-memory',
    does: 'erases all of a user where one memory is meant',
    fails: ['erase-memory', 'hostile-scopes-apart'],
    breaksIsolation: true,
    wrap: handles((handle, sound) => ({ erase: (options) => sound.user(handle.scope.userId).erase(options) })),
  },
  {
    name: 'erases-no-user',
    does: 'leaves all when it erases a user',
    fails: ['erase-user', 'erase-user-then-late-put', 'disposed', 'signal-before'],
    wrap: (sound) => ({
      ...sound,
      user: (id) => ({ ...sound.user(id), erase: async () => 0 }),
      [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
    }),
  },
  {
    name: 'counts-erasures',
    does: 'says that it erased one more than there was',
    fails: ['hostile-scopes-apart', 'erase-memory', 'erase-nothing'],
    wrap: handles((handle) => ({ erase: async (options) => (await handle.erase(options)) + 1 })),
  },
  {
    name: 'takes-any-ticket',
    does: 'puts whatever was erased since',
    fails: ['erase-then-late-put', 'erase-user-then-late-put', 'ticket-made-up'],
    wrap: handles((handle) => ({
      async put(kind, key, bytes, options) {
        options.signal?.throwIfAborted()
        const { ticket } = await handle.get(kind, key)
        await handle.put(kind, key, bytes, { ...options, ticket })
      },
    })),
  },
  {
    name: 'takes-no-ticket-after-a-put',
    does: "keeps nothing for a ticket that is older than anybody's last put",
    fails: ['put-beside'],
    wrap: (sound) => {
      let puts = 0
      return handles((handle) => ({
        async get(kind, key, options) {
          const found = await handle.get(kind, key, options)
          return { ...found, ticket: `${puts} ${found.ticket}` }
        },
        async put(kind, key, bytes, { ticket, ...options }) {
          options.signal?.throwIfAborted()
          const [before, own = ''] = ticket.split(' ')
          if (Number(before) < puts) return
          puts += 1
          await handle.put(kind, key, bytes, { ...options, ticket: own })
        },
      }))(sound)
    },
  },
  {
    name: 'stops-at-an-erasure',
    does: 'keeps nothing any more of a memory that was erased once',
    fails: ['erase-then-put'],
    wrap: (sound) => {
      const erased = new Set<string>()
      return handles((handle) => ({
        erase(options) {
          if (options?.signal === undefined) erased.add(JSON.stringify(handle.scope))
          return handle.erase(options)
        },
        async put(kind, key, bytes, options) {
          if (erased.has(JSON.stringify(handle.scope))) return handle.get(kind, key, options).then(() => undefined)
          return handle.put(kind, key, bytes, options)
        },
      }))(sound)
    },
  },
  {
    name: 'ignores-signals',
    does: 'goes on when it is told not to',
    fails: ['signal-before'],
    wrap: handles((handle) => ({ get: (kind, key) => handle.get(kind, key) })),
  },
  {
    name: 'trusts-look-alikes',
    does: 'does not check a scope',
    fails: ['scope-checked'],
    wrap: (sound) => ({
      ...sound,
      open: (given) => sound.open(given?.userId ? given : scope({ userId: 'x', memoryId: 'x' })),
      [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
    }),
  },
  {
    name: 'never-closes',
    does: 'goes on after it was disposed of',
    fails: ['disposed'],
    wrap: (sound) => ({ ...sound, [Symbol.asyncDispose]: async () => undefined }),
  },
  {
    name: 'misnames-the-user',
    does: 'says another user than it was opened for',
    fails: ['contract'],
    wrap: (sound) => ({
      ...sound,
      user: (id) => ({ ...sound.user(id), userId: userId('someone') }),
      [Symbol.asyncDispose]: () => sound[Symbol.asyncDispose](),
    }),
  },
]

/** Breaks a sound cache in every way the kit knows of. */
export function brokenCaches(create: CreateCache): readonly BrokenCache[] {
  return defects.map(({ wrap, ...defect }) => ({
    ...defect,
    async create() {
      const { cache, ...rest } = await create()
      return { cache: wrap(cache), ...rest }
    },
  }))
}
