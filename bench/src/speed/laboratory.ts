import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Embedder, GraphMem, type GraphStore, type Memory, type Reasoner } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'

/** Where memories are kept while they are measured. */
export type Placement = 'in memory' | 'one libSQL file' | 'a libSQL file a user'

export const placements: readonly Placement[] = ['in memory', 'one libSQL file', 'a libSQL file a user']

/** What the measurements share: the language tables, loaded once, and a folder that goes when they are done. */
export interface Laboratory extends AsyncDisposable {
  readonly reasoner: Reasoner
  readonly embedder: Embedder
  readonly newFile: (name: string) => string
  readonly note: (text: string) => void
}

/** Loads the language tables, which all memories share. */
export async function laboratory(note: (text: string) => void): Promise<Laboratory> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-speed-'))
  const lab: Laboratory = {
    reasoner: localReasoner(),
    embedder: localEmbedder(),
    note,
    newFile: (name) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
  const practice = openMemory(openGraphMem(memoryStore(), lab))
  await practice.ingest({ documents: [{ id: 'practice', text: 'Ann lives in Oslo.' }] })
  await practice.query('Where does Ann live?')
  return lab
}

/** A store that opens what was kept under the same name before, except in memory, where each is new. */
export function openStore(placement: Placement, { newFile }: Laboratory, name: string): GraphStore {
  if (placement === 'in memory') return memoryStore()
  if (placement === 'one libSQL file') return tursoStore({ url: `file:${newFile(`${name}.db`)}` })
  return tursoStore({ urlTemplate: `file:${newFile(name)}/{userId}.db` })
}

/** Room for the largest memory measured: what has to give way where there is less is measured by `memories`. */
const maxIndexBytes = 8 * 2 ** 30

/** A process that has read no index yet. */
export function openGraphMem(store: GraphStore, { reasoner, embedder }: Laboratory): GraphMem {
  return new GraphMem({ store, reasoner, embedder, maxIndexBytes })
}

export function openMemory(graphMem: GraphMem, userId = 'bench'): Memory {
  return graphMem.memory({ userId, memoryId: 'speed' })
}
