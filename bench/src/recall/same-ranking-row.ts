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

/**
 * Of how many questions the first 20 passages and their scores are the same to the bit: in memory, fed as it comes, alone; and on a libSQL file, fed
 * backwards in parts, beside a neighbour whose memory is as large.
 */
export async function sameRankingRow(dataset: string, embedder: Embedder): Promise<BenchRow> {
  const [corpus, neighbour] =
    dataset === 'locomo' ? await conversationCorpora() : await Promise.all([passageCorpus(dataset), passageCorpus('hotpot-dev')])
  if (corpus === undefined || neighbour === undefined) throw new Error(`${dataset} has not enough in it.`)
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-ranking-'))
  try {
    await using store = memoryStore()
    const expected = openMemory(store, embedder, 'bench')
    await expected.ingest(corpus.input)
    await using file = tursoStore({ url: `file:${join(folder, 'all.db')}` })
    await openMemory(file, embedder, 'neighbour').ingest(neighbour.input)
    for (const part of backwards(corpus)) await openMemory(file, embedder, 'bench').ingest(part)
    const other = openMemory(file, embedder, 'bench')
    let same = 0
    for (const { question } of corpus.queries) {
      if ((await ranking(expected, question)) === (await ranking(other, question))) same += 1
    }
    return {
      measure: `${corpus.name}, questions ranked the same to the bit on a libSQL file, fed backwards, beside a neighbour`,
      value: `${same} of ${corpus.queries.length}`,
      goal: 'all',
      holds: same === corpus.queries.length,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
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
