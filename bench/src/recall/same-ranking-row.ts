import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Embedder, GraphMem, type GraphStore, type IngestInput, type Memory } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import type { BenchRow } from '../bench-row.ts'
import { conversationCorpora, documentsOf, passageCorpus, type RecallCorpus, turnsOf } from './recall-corpus.ts'

const partSize = 150

/** The same for a libSQL file of its own. */
export async function sameRankingOnFileRow(dataset: string, embedder: Embedder): Promise<BenchRow> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-ranking-'))
  try {
    await using store = tursoStore({ url: `file:${join(folder, 'all.db')}` })
    return await sameRankingRow(dataset, embedder, { name: 'a libSQL file', store, userId: 'bench' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Of how many questions the first 20 passages and their scores are the same to the bit: in memory, fed as it comes, alone; and on another store, fed
 * backwards in parts, beside a neighbour whose memory is as large. The user has no memory there yet.
 */
export async function sameRankingRow(
  dataset: string,
  embedder: Embedder,
  { name, store, userId }: { readonly name: string; readonly store: GraphStore; readonly userId: string },
): Promise<BenchRow> {
  const [corpus, neighbour] =
    dataset === 'locomo' ? await conversationCorpora() : await Promise.all([passageCorpus(dataset), passageCorpus('hotpot-dev')])
  if (corpus === undefined || neighbour === undefined) throw new Error(`${dataset} has not enough in it.`)
  await using inMemory = memoryStore()
  const expected = openMemory(inMemory, embedder, userId)
  await expected.ingest(corpus.input)
  await openMemory(store, embedder, `${userId} beside`).ingest(neighbour.input)
  for (const part of backwards(corpus)) await openMemory(store, embedder, userId).ingest(part)
  const other = openMemory(store, embedder, userId)
  let same = 0
  for (const { question } of corpus.queries) {
    if ((await ranking(expected, question)) === (await ranking(other, question))) same += 1
  }
  return {
    measure: `${corpus.name}, questions ranked the same to the bit on ${name}, fed backwards, beside a neighbour`,
    value: `${same} of ${corpus.queries.length}`,
    goal: 'all',
    holds: same === corpus.queries.length,
  }
}

/** Each time as a process that has read no index yet. */
function openMemory(store: GraphStore, embedder: Embedder, userId: string): Memory {
  return new GraphMem({ store, reasoner: localReasoner(), embedder }).memory({ userId, memoryId: 'ranking' })
}

async function ranking(memory: Memory, question: string): Promise<string> {
  const { chunks } = await memory.recall(question, { limit: 20 })
  return JSON.stringify(chunks)
}

function backwards(corpus: RecallCorpus): readonly IngestInput[] {
  const turns = parts(turnsOf(corpus)).map((some) => ({ turns: some }))
  return [...turns, ...parts(documentsOf(corpus)).map((documents) => ({ documents }))]
}

function parts<T>(items: readonly T[]): readonly (readonly T[])[] {
  const reversed = items.toReversed()
  return Array.from({ length: Math.ceil(items.length / partSize) }, (_, place) => reversed.slice(place * partSize, (place + 1) * partSize))
}
