import { type ErasureReceipt, type Records, type ScopedGraph, type Segment, scopeKey } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** Stores that do not erase and remove as they should. */
export const eraseDefects: readonly Defect[] = [
  {
    name: 'erases-no-segments',
    does: 'leaves the segments when a memory is erased',
    fails: ['erase-leaves-nothing', 'erase-nothing-comes-back', 'erase-expect', 'isolation-random'],
    begin: leaving(
      (graph) => collect(graph.segments(0)),
      (graph, left: readonly Segment[]) => ({
        async *segments(since, options) {
          yield* graph.segments(since, options)
          yield* left.filter(({ lastVersion }) => lastVersion > since)
        },
        async segmentInfos(options) {
          const infos = await graph.segmentInfos(options)
          return [...infos, ...left.map(({ bytes, ...info }) => ({ ...info, sizeBytes: bytes.length }))]
        },
      }),
    ),
  },
  {
    name: 'erases-no-corrections',
    does: 'leaves one kind of record when a memory is erased',
    fails: ['erase-leaves-nothing'],
    begin: leaving(
      (graph) => collect(graph.scan('corrections')),
      (graph, left: readonly Records['corrections'][]) => ({
        async *scan(kind, options) {
          yield* graph.scan(kind, options)
          if (kind === 'corrections') for (const record of left) yield record as Records[typeof kind]
        },
      }),
    ),
  },
  {
    name: 'erases-what-was-not-expected',
    does: 'erases whatever head was expected',
    fails: ['erase-expect'],
    begin: () => (sound) => passThrough(sound, { graph: (graph) => ({ erase: (options) => graph.erase({ signal: options?.signal }) }) }),
  },
  {
    name: 'gives-empty-receipts',
    does: 'does not say what it erased',
    fails: ['erase-receipt', 'erase-one-memory', 'user-erase', 'identifier-erase'],
    begin: receipts((receipt) => ({ ...receipt, segments: 0 })),
  },
  {
    name: 'counts-what-was-not-there',
    does: 'counts a memory that held nothing as erased',
    fails: ['erase-empty', 'user-erase-empty', 'isolation-random'],
    begin: receipts((receipt) => ({ ...receipt, memories: Math.max(receipt.memories, 1) })),
  },
  {
    name: 'keeps-lookups-of-removed',
    does: 'finds a removed sense by its block',
    fails: ['remove-leaves-lookups', 'isolation-foreign-ids'],
    begin: () => {
      const removed = new Map<string, Records['senses'][]>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => ({
            async apply(changes, options) {
              const senses = await graph.get('senses', changes.remove?.senses?.slice(0, 1) ?? [])
              const applied = await graph.apply(changes, options)
              const key = scopeKey(graph.scope)
              removed.set(key, [...(removed.get(key) ?? []), ...senses])
              return applied
            },
            async sensesOfBlocks(blocks, options) {
              const left = removed.get(scopeKey(graph.scope)) ?? []
              return [...left.filter(({ block }) => blocks.includes(block)), ...(await graph.sensesOfBlocks(blocks, options))]
            },
          }),
        })
    },
  },
  {
    name: 'remembers-removed-ids',
    does: 'does not take an episode again that was removed',
    fails: ['remove-each-kind', 'remove-then-put'],
    begin: () => {
      const removed = new Set<string>()
      return (sound) =>
        passThrough(sound, {
          graph: (graph) => ({
            async apply(changes, options) {
              const key = (id: string) => scopeKey(graph.scope) + id
              const episodes = changes.put.episodes?.filter(({ id }) => !removed.has(key(id))) ?? []
              const applied = await graph.apply({ ...changes, put: { ...changes.put, episodes } }, options)
              for (const id of changes.remove?.episodes ?? []) removed.add(key(id))
              return applied
            },
          }),
        })
    },
  },
  {
    name: 'retires-by-prefix',
    does: 'retires every episode whose id begins with one of those named',
    fails: ['retire-unknown', 'identifier-records'],
    begin: () => (sound) =>
      passThrough(sound, {
        graph: (graph) => ({
          async apply(changes, options) {
            const named = changes.retire?.episodeIds ?? []
            if (!changes.retire || named.length > 100) return graph.apply(changes, options)
            const ids = (await collect(graph.scan('episodes'))).map(({ id }) => id)
            const episodeIds = ids.filter((id) => named.some((start) => id.startsWith(start)))
            return graph.apply({ ...changes, retire: { ...changes.retire, episodeIds } }, options)
          },
        }),
      }),
  },
]

/** For what stays when a memory is erased. */
function leaving<T>(
  take: (graph: ScopedGraph) => Promise<T>,
  haunt: (graph: ScopedGraph, left: T) => Partial<ScopedGraph>,
): Defect['begin'] {
  return () => {
    const left = new Map<string, T>()
    return (sound) =>
      passThrough(sound, {
        graph: (graph) => {
          const key = scopeKey(graph.scope)
          const haunted = (): Partial<ScopedGraph> => {
            const of = left.get(key)
            return of === undefined ? {} : haunt(graph, of)
          }
          return {
            async erase(options) {
              options?.signal?.throwIfAborted()
              left.set(key, await take(graph))
              return graph.erase(options)
            },
            scan: (kind, options) => (haunted().scan ?? graph.scan)(kind, options),
            segments: (since, options) => (haunted().segments ?? graph.segments)(since, options),
            segmentInfos: (options) => (haunted().segmentInfos ?? graph.segmentInfos)(options),
          }
        },
      })
  }
}

function receipts(change: (receipt: ErasureReceipt) => ErasureReceipt): Defect['begin'] {
  return () => (sound) =>
    passThrough(sound, {
      graph: (graph) => ({ erase: async (options) => change(await graph.erase(options)) }),
      user: (user) => ({ erase: async (options) => change(await user.erase(options)) }),
    })
}
