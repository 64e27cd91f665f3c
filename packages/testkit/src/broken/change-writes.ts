import type { GraphChanges } from '@graphmem/core/spec'
import type { Defect } from './broken-store.ts'
import { passThrough } from './pass-through.ts'

/** For stores that write something else than they were given. */
export function changeWrites(change: (changes: GraphChanges) => GraphChanges): Defect['begin'] {
  return () => (sound) =>
    passThrough(sound, { graph: (graph) => ({ apply: async (changes, options) => graph.apply(change(changes), options) }) })
}
