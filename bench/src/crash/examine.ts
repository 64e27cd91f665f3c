import { GraphMem, recordKinds, scope } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { type KeptAt, openKept } from '../stores/kept-at.ts'
import { crashQuestions } from './crash-corpus.ts'
import type { IngestCommand } from './ingest-command.ts'
import { crashScope, ingestEpisodes } from './ingest-episodes.ts'

/** All of a memory that two runs have to agree on. */
export interface Examined {
  readonly digest: string
  /** What it says to the questions, as text to compare. */
  readonly answers: string
  /** The ids of its records, each with its kind. */
  readonly ids: ReadonlySet<string>
  /** Episodes whose key another one has too. */
  readonly repeatedKeys: number
}

const models = { reasoner: localReasoner(), embedder: localEmbedder() }

/** Does in this process, which knows nothing of the memory yet, what a child was killed at. */
export async function ingestAgain(command: IngestCommand): Promise<void> {
  await using store = await openKept(command.keptAt)
  await ingestEpisodes(store, command.keptAt.userId, command, models)
}

export async function examine(keptAt: KeptAt): Promise<Examined> {
  await using store = await openKept(keptAt)
  await using graphMem = new GraphMem({ store, ...models })
  const memory = graphMem.memory(crashScope(keptAt.userId))
  const at = '2025-01-01T00:00:00Z'
  const answers: unknown[] = []
  for (const question of crashQuestions) {
    const { answer, found, confidence, citations, chunks } = await memory.query(question, { at })
    answers.push({ answer, found, confidence, citations, chunks })
  }
  const graph = store.open(scope(crashScope(keptAt.userId)))
  const ids = new Set<string>()
  for (const kind of recordKinds) {
    for await (const { id } of graph.scan(kind)) ids.add(`${kind} ${id}`)
  }
  const keys: string[] = []
  for await (const { key } of graph.scan('episodes')) keys.push(key)
  return { digest: await memory.digest(), answers: JSON.stringify(answers), ids, repeatedKeys: keys.length - new Set(keys).size }
}

/** The version of a memory, and its digest. A server may still be committing what a killed process sent it last: then this looks again. */
export async function stateOf(keptAt: KeptAt): Promise<{ readonly version: number; readonly digest: string }> {
  await using store = await openKept(keptAt)
  await using graphMem = new GraphMem({ store, ...models })
  const graph = store.open(scope(crashScope(keptAt.userId)))
  for (;;) {
    const { version } = await graph.head()
    const digest = await graphMem.memory(crashScope(keptAt.userId)).digest()
    if ((await graph.head()).version === version) return { version, digest }
  }
}

/** The digests of a memory after 0, 1, 2 … applies of a command that nothing breaks. */
export async function digestsOfWhole({ places, batchSize }: Pick<IngestCommand, 'places' | 'batchSize'>): Promise<readonly string[]> {
  const digests: string[] = []
  for (let end = 0; end <= places.length; end += batchSize) {
    await using store = memoryStore()
    if (end > 0) await ingestEpisodes(store, 'bench', { places: places.slice(0, end), batchSize }, models)
    await using graphMem = new GraphMem({ store, ...models })
    digests.push(await graphMem.memory(crashScope('bench')).digest())
  }
  return digests
}
