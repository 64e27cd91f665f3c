import { type Embedder, GraphMem, type GraphStore, type Observer, type Reasoner } from '@graphmem/core'
import { crashEpisodes } from './crash-corpus.ts'
import type { IngestCommand } from './ingest-command.ts'

/** The memory of a user that is ingested into. */
export function crashScope(userId: string): { readonly userId: string; readonly memoryId: string } {
  return { userId, memoryId: 'crash' }
}

/** What every process, the one that is killed and the one that comes after it, does with the store. */
export async function ingestEpisodes(
  store: GraphStore,
  userId: string,
  { places, batchSize }: Pick<IngestCommand, 'places' | 'batchSize'>,
  models: { readonly reasoner: Reasoner; readonly embedder: Embedder },
  observer: Observer = () => {},
): Promise<void> {
  await using graphMem = new GraphMem({ store, ...models, observer })
  const documents = places.flatMap((place) => crashEpisodes[place] ?? [])
  await graphMem.memory(crashScope(userId)).ingest({ documents }, { batchSize })
}
