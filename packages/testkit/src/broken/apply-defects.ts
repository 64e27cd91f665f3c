import { type GraphChanges, GraphMemError, type Head, scopeKey } from '@graphmem/core/spec'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** Stores whose writes are not whole, not once, or not in their turn. */
export const applyDefects: readonly Defect[] = [
  {
    name: 'applies-halfway',
    does: 'writes half of what it then refuses',
    fails: [
      'apply-conflict',
      'apply-conflict-on-empty',
      'apply-after-conflict',
      'apply-race',
      'apply-many-writers',
      'erase-stops-writers',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, options) {
            try {
              return await graph.apply(changes, options)
            } catch (error) {
              const { episodes = [], senses = [] } = changes.put
              if (GraphMemError.is(error) && error.code === 'CONFLICT') {
                const half = { put: { episodes, senses } }
                await graph.apply(half, { ...options, applyId: crypto.randomUUID(), expect: await graph.head() }).catch(() => undefined)
              }
              throw error
            }
          },
        }),
      }),
  },
  {
    name: 'applies-in-steps',
    does: 'shows the episodes of an apply before the rest of it',
    fails: ['apply-seen-whole'],
    begin: () => {
      const early = new Map<string, readonly { readonly id: string }[]>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => ({
            async apply(changes, options) {
              if ((changes.put.episodes?.length ?? 0) < 100) return graph.apply(changes, options)
              early.set(scopeKey(graph.scope), changes.put.episodes ?? [])
              await nextTurn()
              early.delete(scopeKey(graph.scope))
              return graph.apply(changes, options)
            },
            async get(kind, ids, options) {
              const seen = kind === 'episodes' ? early.get(scopeKey(graph.scope)) : undefined
              const found = await graph.get(kind, ids, options)
              return seen ? [...found, ...(seen.filter(({ id }) => ids.includes(id)) as unknown as typeof found)] : found
            },
          }),
        })
    },
  },
  {
    name: 'aborts-halfway',
    does: 'leaves half of an apply that is aborted under way',
    fails: ['signal-aborted-during-apply'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, { signal, ...options }) {
            signal?.throwIfAborted()
            if (signal) await nextTurn()
            if (signal?.aborted) await graph.apply({ put: { episodes: changes.put.episodes ?? [] } }, options)
            signal?.throwIfAborted()
            return graph.apply(changes, options)
          },
        }),
      }),
  },
  {
    name: 'writes-before-it-looks-at-the-signal',
    does: 'writes although the signal was aborted, and rejects then',
    fails: ['signal-aborted-before-writes-nothing'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, { signal, ...options }) {
            const applied = await graph.apply(changes, options)
            signal?.throwIfAborted()
            return applied
          },
        }),
      }),
  },
  {
    name: 'forgets-apply-ids',
    does: 'does not remember what was applied',
    fails: ['apply-same-again', 'apply-same-after-others', 'apply-same-id-other-content', 'apply-race-of-one', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({ apply: (changes, options) => graph.apply(changes, { ...options, applyId: crypto.randomUUID() }) }),
      }),
  },
  {
    name: 'forgets-apply-ids-soon',
    does: 'remembers the last 50 applies of a memory only',
    fails: ['apply-same-after-others'],
    begin: () => {
      const turns = new Map<string, string[]>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => ({
            apply(changes, options) {
              const key = scopeKey(graph.scope)
              const known = turns.get(key) ?? []
              turns.set(key, known)
              const forgotten = known.indexOf(options.applyId) !== -1 && known.indexOf(options.applyId) < known.length - 50
              known.push(options.applyId)
              return graph.apply(changes, forgotten ? { ...options, applyId: crypto.randomUUID() } : options)
            },
          }),
        })
    },
  },
  {
    name: 'ignores-expect',
    does: 'writes whatever state the changes were computed from',
    fails: [
      'apply-conflict',
      'apply-conflict-on-empty',
      'apply-after-conflict',
      'apply-race',
      'erase-stops-writers',
      'error-without-text',
      'error-of-library',
      'isolation-heads',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, options) {
            for (;;) {
              try {
                return await graph.apply(changes, { ...options, expect: await graph.head(options) })
              } catch (error) {
                if (!GraphMemError.is(error) || error.code !== 'CONFLICT') throw error
              }
            }
          },
        }),
      }),
  },
  {
    name: 'refuses-for-good',
    does: 'does not say that a conflict may be tried again',
    fails: ['apply-conflict', 'apply-race', 'apply-many-writers'],
    begin: failing((error) => new GraphMemError({ code: error.code, message: error.message })),
  },
  {
    name: 'errors-with-text',
    does: 'says in an error what it could not write',
    fails: ['error-without-text'],
    begin: failing((error, changes) => {
      const { code, message, retryable } = error
      return new GraphMemError({ code, retryable, message: `${message} The changes: ${JSON.stringify(changes)}` })
    }),
  },
  {
    name: 'keeps-incarnation',
    does: 'has one incarnation for all times',
    fails: [
      'head-incarnations-differ',
      'erase-new-incarnation',
      'erase-stops-writers',
      'erase-expect',
      'user-erase-new-incarnation',
      'isolation-heads',
      'isolation-random',
    ],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          head: async (options) => fixed(await graph.head(options)),
          async apply(changes, options) {
            const { incarnation } = await graph.head()
            const expect = { ...options.expect, ...(incarnation && options.expect.incarnation === 'fixed' && { incarnation }) }
            const { head, changed } = await graph.apply(changes, { ...options, expect })
            return { head: fixed(head), changed }
          },
        }),
      }),
  },
  {
    name: 'loses-the-generation',
    does: 'does not keep what the memory was made with',
    fails: ['head-after-apply', 'head-counts-applies', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, { graph: (graph) => ({ apply: (changes, options) => graph.apply(changes, { ...options, generation: 'g1' }) }) }),
  },
  {
    name: 'skips-empty-applies',
    does: 'does not count an apply that writes nothing',
    fails: ['head-of-empty-apply', 'apply-same-after-others', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, options) {
            const { put, ...others } = changes
            if (Object.keys(put).length + Object.keys(others).length > 0) return graph.apply(changes, options)
            return { head: await graph.head(options), changed: false }
          },
        }),
      }),
  },
  {
    name: 'caches-the-head',
    does: 'reads the head of a memory once for each handle',
    fails: ['head-of-two-handles', 'isolation-random'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => {
          let known: Head | undefined
          return {
            async head(options) {
              options?.signal?.throwIfAborted()
              known ??= await graph.head(options)
              return known
            },
            async apply(changes, options) {
              known = undefined
              return graph.apply(changes, options)
            },
            async erase(options) {
              known = undefined
              return graph.erase(options)
            },
          }
        },
      }),
  },
]

function fixed(head: Head): Head {
  return head.incarnation ? { ...head, incarnation: 'fixed' } : head
}

function failing(replace: (error: GraphMemError, changes: GraphChanges) => GraphMemError): Defect['begin'] {
  return () => (sound) =>
    passThrough(sound, {
      graph: (graph) => ({
        async apply(changes, options) {
          try {
            return await graph.apply(changes, options)
          } catch (error) {
            throw GraphMemError.is(error) && error.code === 'CONFLICT' ? replace(error, changes) : error
          }
        },
      }),
    })
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
