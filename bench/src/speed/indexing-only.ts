import type { Reasoner } from '@graphmem/core'

/** Reads nothing in a passage: what is left of an ingest is to cut, analyse, embed, index and write. */
export const indexingOnly: Reasoner = {
  specVersion: 1,
  id: 'indexing-only',
  extract: async () => ({ names: [], facts: [], same: [] }),
  answer: async () => undefined,
}
