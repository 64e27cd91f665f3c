import { type GraphStore, type Scope, type ScopedGraph, scope, scopeKey, type UserId } from '@graphmem/core/spec'
import { byId, inOrder } from '../utf8-order.ts'
import type { Defect } from './broken-store.ts'
import { keyed } from './keyed.ts'
import { passThrough } from './pass-through.ts'

/** Stores that do not keep memories apart. */
export const scopeDefects: readonly Defect[] = [
  {
    name: 'ignores-scope',
    does: 'keeps all memories as one',
    fails: [
      'head-incarnations-differ',
      'erase-one-memory',
      'user-lists-what-holds-something',
      'user-lists-own',
      'user-lists-many',
      'user-erase',
      'user-erase-own',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-prototype',
      'identifier-nothing-shared',
      'isolation-foreign-ids',
      'isolation-reads',
      'isolation-writes',
      'isolation-apply-ids',
      'isolation-heads',
      'isolation-erase',
      'isolation-at-once',
      'isolation-handles',
      'isolation-random',
    ],
    failsBeside: ['head-of-empty-memory', 'apply-put-if-absent'],
    begin: keyed(() => 'all'),
  },
  {
    name: 'ignores-memory-id',
    does: "keeps all of a user's memories as one",
    fails: [
      'head-incarnations-differ',
      'erase-one-memory',
      'user-lists-what-holds-something',
      'user-lists-many',
      'user-erase',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-nothing-shared',
      'isolation-foreign-ids',
      'isolation-reads',
      'isolation-writes',
      'isolation-apply-ids',
      'isolation-heads',
      'isolation-erase',
      'isolation-at-once',
      'isolation-handles',
      'isolation-random',
    ],
    failsBeside: ['head-after-apply', 'apply-put-if-absent'],
    begin: keyed(({ userId }) => userId),
  },
  {
    name: 'ignores-user-id',
    does: 'keeps memories of one id as one, whoever the user',
    fails: [
      'head-incarnations-differ',
      'erase-one-memory',
      'user-erase-own',
      'identifier-users',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-nothing-shared',
      'isolation-foreign-ids',
      'isolation-reads',
      'isolation-writes',
      'isolation-apply-ids',
      'isolation-heads',
      'isolation-erase',
      'isolation-at-once',
      'isolation-handles',
      'isolation-random',
    ],
    failsBeside: ['head-of-empty-memory', 'apply-put-if-absent'],
    begin: keyed(({ memoryId }) => memoryId),
  },
  {
    name: 'joins-ids',
    does: 'joins user and memory id by a colon, unescaped',
    fails: ['identifier-pairs', 'identifier-erase', 'identifier-nothing-shared'],
    begin: keyed(({ userId, memoryId }) => `${userId}:${memoryId}`),
  },
  {
    name: 'folds-case',
    does: 'takes ids that differ in case for one',
    fails: [
      'user-erase-own',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-nothing-shared',
    ],
    begin: keyed(folded((id) => id.toLowerCase())),
  },
  {
    name: 'trims-ids',
    does: 'trims spaces off ids',
    fails: [
      'user-erase-own',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-nothing-shared',
    ],
    begin: keyed(folded((id) => id.trim())),
  },
  {
    name: 'normalises-ids',
    does: 'normalises the Unicode of ids',
    fails: [
      'user-erase-own',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-nothing-shared',
    ],
    begin: keyed(folded((id) => id.normalize('NFC'))),
  },
  {
    name: 'cuts-ids',
    does: 'keeps the first 255 characters of an id',
    fails: [
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'identifier-nothing-shared',
    ],
    begin: keyed(folded((id) => id.slice(0, 255))),
  },
  {
    name: 'gets-from-all-memories-of-a-user',
    does: 'filters get by the user alone',
    fails: ['isolation-foreign-ids', 'isolation-reads', 'isolation-erase', 'isolation-random'],
    failsBeside: ['remove-each-kind', 'erase-leaves-nothing'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async get(kind, ids, options) {
            const found = new Map((await graph.get(kind, ids, options)).map((record) => [record.id, record]))
            for (const memoryId of await sound.user(graph.scope.userId).list()) {
              const foreign = sound.open(scope({ ...graph.scope, memoryId }))
              for (const record of await foreign.get(kind, ids)) if (!found.has(record.id)) found.set(record.id, record)
            }
            return ids.flatMap((id) => found.get(id) ?? [])
          },
        }),
      }),
  },
  {
    name: 'looks-up-senses-of-everyone',
    does: 'compares names with those of all memories',
    fails: ['isolation-foreign-ids', 'isolation-reads', 'isolation-erase', 'isolation-at-once', 'isolation-random'],
    failsBeside: ['senses-of-blocks', 'senses-of-no-blocks'],
    begin: withOpened((opened) => ({
      graph: () => ({
        async sensesOfBlocks(blocks, options) {
          const senses = new Map<string, Awaited<ReturnType<ScopedGraph['sensesOfBlocks']>>[number]>()
          for (const each of opened.values()) for (const sense of await each.sensesOfBlocks(blocks, options)) senses.set(sense.id, sense)
          return byId(senses.values())
        },
      }),
    })),
  },
  {
    name: 'counts-everyone',
    does: 'counts the records of all memories',
    fails: ['erase-one-memory', 'user-erase-own', 'identifier-nothing-shared', 'isolation-reads', 'isolation-erase', 'isolation-random'],
    failsBeside: ['count-empty', 'count-follows-writes'],
    begin: withOpened((opened) => ({
      graph: (graph) => ({
        async count(options) {
          const counts = { ...(await graph.count(options)) }
          for (const each of opened.values()) {
            if (scopeKey(each.scope) === scopeKey(graph.scope)) continue
            for (const [kind, count] of Object.entries(await each.count())) counts[kind as keyof typeof counts] += count
          }
          return counts
        },
      }),
    })),
  },
  {
    name: 'shares-apply-ids',
    does: 'remembers applyIds for all memories together',
    fails: [
      'erase-forgets-apply-ids',
      'capability-durable',
      'identifier-users',
      'identifier-memories',
      'identifier-pairs',
      'identifier-erase',
      'identifier-user-erase',
      'isolation-reads',
      'isolation-writes',
      'isolation-apply-ids',
      'isolation-random',
    ],
    failsBeside: ['head-after-apply', 'apply-every-kind'],
    begin: () => {
      const applied = new Map<string, Awaited<ReturnType<ScopedGraph['apply']>>>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => ({
            async apply(changes, options) {
              options.signal?.throwIfAborted()
              const before = applied.get(options.applyId)
              if (before) return { ...before, changed: false }
              const done = await graph.apply(changes, options)
              applied.set(options.applyId, done)
              return done
            },
          }),
        })
    },
  },
  {
    name: 'erases-other-memories',
    does: "erases all of the user's memories with one",
    fails: [
      'erase-expect',
      'erase-one-memory',
      'identifier-erase',
      'isolation-reads',
      'isolation-writes',
      'isolation-erase',
      'isolation-random',
    ],
    failsBeside: ['erase-receipt'],
    begin: () => (sound) =>
      passThrough(sound, { graph: ({ scope: { userId } }) => ({ erase: (options) => sound.user(userId).erase(options) }) }),
  },
  {
    name: 'lists-by-prefix',
    does: 'lists the memories of all users whose ids begin alike',
    fails: ['user-lists-own', 'identifier-pairs'],
    failsBeside: ['user-lists-what-holds-something'],
    begin: withOpened((opened, sound) => ({
      user: (user) => ({
        async list(options) {
          const memoryIds = new Set(await user.list(options))
          for (const userId of usersOf(opened, user.userId)) for (const memoryId of await sound.user(userId).list()) memoryIds.add(memoryId)
          return inOrder(memoryIds)
        },
      }),
    })),
  },
  {
    name: 'erases-by-prefix',
    does: 'erases all users whose ids begin alike',
    fails: ['user-erase-own', 'identifier-user-erase'],
    failsBeside: ['user-erase'],
    begin: withOpened((opened, sound) => ({
      user: (user) => ({
        async erase(options) {
          const receipt = await user.erase(options)
          for (const userId of usersOf(opened, user.userId)) await sound.user(userId).erase()
          return receipt
        },
      }),
    })),
  },
  {
    name: 'defaults-missing-users',
    does: 'takes a missing user for one called default',
    fails: ['scope-invalid', 'error-of-library'],
    begin: () => (sound) =>
      passThrough(sound, {
        store: {
          open: (of) => sound.open(of?.userId ? of : scope({ userId: 'default', memoryId: of?.memoryId || 'default' })),
        },
      }),
  },
  {
    name: 'keeps-the-callers-scope',
    does: "reads the caller's scope anew at each call",
    fails: ['scope-changed-afterwards'],
    begin: () => (sound) =>
      passThrough(sound, {
        store: {
          open(of) {
            const graph = passThrough(sound, {}).open(of)
            return { ...graph, get: (kind, ids, options) => sound.open(of).get(kind, ids, options) }
          },
        },
      }),
  },
]

function folded(fold: (id: string) => string): (of: Scope) => string {
  return ({ userId, memoryId }) => JSON.stringify([fold(userId), fold(memoryId)])
}

type Opened = ReadonlyMap<string, ScopedGraph>

/** For what looks at all memories that were ever opened. */
function withOpened(otherwise: (opened: Opened, sound: GraphStore) => Parameters<typeof passThrough>[1]): Defect['begin'] {
  return () => (sound) => {
    const opened = new Map<string, ScopedGraph>()
    const noting = passThrough(sound, {
      store: {
        open(of) {
          const graph = sound.open(of)
          opened.set(scopeKey(graph.scope), graph)
          return graph
        },
      },
    })
    return passThrough(noting, otherwise(opened, sound))
  }
}

function usersOf(opened: Opened, prefix: string): ReadonlySet<UserId> {
  return new Set([...opened.values()].map(({ scope: { userId } }) => userId).filter((userId) => userId.startsWith(prefix)))
}
