import type { GraphStore } from '@graphmem/core/spec'

/** How a sound store is broken. */
export interface Defect {
  /** Stable, in kebab case. */
  readonly name: string
  /** What the store does wrong, as a sentence goes on: "the store …". */
  readonly does: string
  /** The ids of exactly those cases that fail when they run alone. */
  readonly fails: readonly string[]
  /** Cases, among others, that fail only beside a noisy neighbour: what one tenant does reaches another. */
  readonly failsBeside?: readonly string[]
  /** Begins anew for each store under test; what it returns wraps the store, and each further one over the same data. */
  readonly begin: () => (sound: GraphStore) => GraphStore
}
