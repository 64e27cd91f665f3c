import { type CreateStore, createStore } from '../create-store.ts'
import { applyDefects } from './apply-defects.ts'
import type { Defect } from './broken-store.ts'
import { contentDefects } from './content-defects.ts'
import { contractDefects } from './contract-defects.ts'
import { eraseDefects } from './erase-defects.ts'
import { readDefects } from './read-defects.ts'
import { scopeDefects } from './scope-defects.ts'

/** A store that is broken on purpose, to prove that the cases find it. */
export interface BrokenStore extends Omit<Defect, 'begin'> {
  /** Whether one tenant reaches another by it: `probeIsolation` has to find it. */
  readonly breaksIsolation: boolean
  readonly create: CreateStore
}

const defects: readonly Defect[] = [
  ...scopeDefects,
  ...applyDefects,
  ...contentDefects,
  ...eraseDefects,
  ...readDefects,
  ...contractDefects,
]

/** Breaks a sound store, one that is not durable, in every way the kit knows of. */
export function brokenStores(create: CreateStore): readonly BrokenStore[] {
  return defects.map(({ begin, ...defect }) => ({
    ...defect,
    breaksIsolation: scopeDefects.some(({ name }) => name === defect.name),
    async create() {
      const { store, reopen, cleanup } = await createStore(create)
      const breakIt = begin()
      return {
        store: breakIt(store),
        ...(reopen && { reopen: async () => breakIt(await reopen()) }),
        ...(cleanup && { cleanup }),
      }
    },
  }))
}
