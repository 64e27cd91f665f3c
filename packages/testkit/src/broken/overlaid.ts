import { type GraphChanges, type Records, recordKinds, scopeKey, userKey } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { byId } from '../utf8-order.ts'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** The fields that are read in the place of those of a record. */
export interface Overlay {
  set<K extends keyof Records>(kind: K, id: string, fields: Partial<Records[K]>): void
  has(kind: keyof Records, id: string): boolean
}

/** For stores that change records: what is below stays as it is, and other fields are read over it. `note` says which, before each apply. */
export function overlaid(note: (overlay: Overlay, changes: GraphChanges) => void): Defect['begin'] {
  return () => {
    const memories = new Map<string, Map<string, object>>()
    return (sound) =>
      passThrough(sound, {
        graph: (graph) => {
          const key = scopeKey(graph.scope)
          const fields = memories.get(key) ?? new Map<string, object>()
          memories.set(key, fields)
          const overlay: Overlay = {
            set: (kind, id, changed) => fields.set(`${kind} ${id}`, changed),
            has: (kind, id) => fields.has(`${kind} ${id}`),
          }
          const over = <K extends keyof Records>(kind: K, record: Records[K]): Records[K] =>
            withoutUndefined({ ...record, ...fields.get(`${kind} ${record.id}`) })
          return {
            async apply(changes, options) {
              const applied = await graph.apply(changes, options)
              if (!applied.changed) return applied
              note(overlay, changes)
              for (const kind of recordKinds) for (const id of changes.remove?.[kind] ?? []) fields.delete(`${kind} ${id}`)
              return applied
            },
            get: async (kind, ids, options) => (await graph.get(kind, ids, options)).map((record) => over(kind, record)),
            async *scan(kind, options) {
              for await (const record of graph.scan(kind, options)) yield over(kind, record)
            },
            async sensesOfBlocks(blocks, options) {
              await graph.head(options)
              const senses = await collect(graph.scan('senses'))
              return byId(senses.map((record) => over('senses', record)).filter(({ block }) => blocks.includes(block)))
            },
            async erase(options) {
              const receipt = await graph.erase(options)
              fields.clear()
              return receipt
            },
          }
        },
        user: (user) => ({
          async erase(options) {
            const receipt = await user.erase(options)
            for (const [key, fields] of memories) if (key.startsWith(userKey(user.userId))) fields.clear()
            return receipt
          },
        }),
      })
  }
}

function withoutUndefined<T extends object>(record: T): T {
  return structuredClone(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))) as T
}
