import { GraphMem, recordKinds, scope } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { tursoStore } from '@graphmem/store-turso'
import { crashQuestions } from './crash-corpus.ts'

/** All of a memory that two runs have to agree on. */
export interface Examined {
  readonly digest: string
  /** What it says to the questions, as text to compare. */
  readonly answers: string
  /** The ids of its records, each with its kind. */
  readonly ids: ReadonlySet<string>
  /** Keys of episodes that are there more than once. */
  readonly repeatedKeys: number
}

const reasoner = localReasoner()
const embedder = localEmbedder()

export async function examine(file: string): Promise<Examined> {
  await using store = tursoStore({ url: `file:${file}` })
  await using graphMem = new GraphMem({ store, reasoner, embedder })
  const ids = { userId: 'bench', memoryId: 'crash' }
  const memory = graphMem.memory(ids)
  const at = '2025-01-01T00:00:00Z'
  const answers: unknown[] = []
  for (const question of crashQuestions) {
    const { answer, found, confidence, citations } = await memory.query(question, { at })
    const { chunks } = await memory.recall(question, { at })
    answers.push({ answer, found, confidence, citations, chunks })
  }
  const graph = store.open(scope(ids))
  const found = new Set<string>()
  for (const kind of recordKinds) {
    for await (const { id } of graph.scan(kind)) found.add(`${kind} ${id}`)
  }
  const keys = (await memory.episodes()).map((episode) => episode.key)
  return {
    digest: await memory.digest(),
    answers: JSON.stringify(answers),
    ids: found,
    repeatedKeys: keys.length - new Set(keys).size,
  }
}
