import { GraphMem, recordKinds, scope } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { tursoStore } from '@graphmem/store-turso'
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

/** Does in this process, which knows nothing of the file yet, what a child was killed at. */
export async function ingestAgain(command: IngestCommand): Promise<void> {
  await using store = tursoStore({ url: `file:${command.file}` })
  await ingestEpisodes(store, command, models)
}

export async function examine(file: string): Promise<Examined> {
  await using store = tursoStore({ url: `file:${file}` })
  await using graphMem = new GraphMem({ store, ...models })
  const memory = graphMem.memory(crashScope)
  const at = '2025-01-01T00:00:00Z'
  const answers: unknown[] = []
  for (const question of crashQuestions) {
    const { answer, found, confidence, citations, chunks } = await memory.query(question, { at })
    answers.push({ answer, found, confidence, citations, chunks })
  }
  const graph = store.open(scope(crashScope))
  const ids = new Set<string>()
  for (const kind of recordKinds) {
    for await (const { id } of graph.scan(kind)) ids.add(`${kind} ${id}`)
  }
  const keys: string[] = []
  for await (const { key } of graph.scan('episodes')) keys.push(key)
  return { digest: await memory.digest(), answers: JSON.stringify(answers), ids, repeatedKeys: keys.length - new Set(keys).size }
}
