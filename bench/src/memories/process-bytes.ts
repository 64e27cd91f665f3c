import type { Memory } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import type { BenchRow } from '../bench-row.ts'
import { type CorpusPassage, type CorpusTurn, type DatasetQuery, hasDataset, readLines } from '../datasets.ts'
import { atMost, skipped } from '../gate.ts'
import type { Laboratory } from '../speed/laboratory.ts'
import { heapBytes } from './heap-bytes.ts'
import { watchedProcess } from './watched-process.ts'

/** The count is an estimate. */
export const mostOverCount = 1.25

const sizes = [20, 200, 1800]
const questionsAsked = 100
/** Small memories are measured many at once. */
const chunksMeasured = 1000

/** What indexes take in the process beside what they are counted as, over prose and over turns, of small memories and large ones. */
export async function processBytes(lab: Laboratory): Promise<readonly BenchRow[]> {
  return [...(await rowsOf('musique-dev', 'passages', ingestPassages, lab)), ...(await rowsOf('locomo', 'turns', ingestTurns, lab))]
}

async function rowsOf(
  dataset: string,
  unit: string,
  ingest: (memory: Memory, chunks: number) => Promise<unknown>,
  lab: Laboratory,
): Promise<readonly BenchRow[]> {
  if (!hasDataset(dataset)) return [skipped(`bytes of the heap ÷ bytes as counted, of ${unit}`, `${dataset} is not there`)]
  const questions = (await readLines<DatasetQuery>(dataset, 'queries')).slice(0, questionsAsked).map(({ question }) => question)
  const rows: BenchRow[] = []
  for (const size of sizes) {
    lab.note(`bytes of ${size} ${unit} in the process`)
    await using store = memoryStore()
    await using watched = watchedProcess(store, Number.POSITIVE_INFINITY, lab)
    const { graphMem } = watched
    const users = Array.from({ length: Math.max(1, Math.round(chunksMeasured / size)) }, (_, place) => `user-${place}`)
    const memories = users.map((userId) => graphMem.memory({ userId, memoryId: 'bench' }))
    for (const memory of memories) await ingest(memory, size)
    const segmentBytes = (await memories[0]?.stats())?.segmentBytes ?? Number.NaN
    for (const memory of memories) await memory.recall(questions[0] ?? '')
    const afterOne = heapBytes()
    for (const memory of memories) for (const question of questions) await memory.recall(question)
    const afterAll = heapBytes()
    const { sizeBytes } = graphMem.heldIndexes
    await graphMem.close()
    const without = heapBytes()
    const ofEach = (afterAll - without) / users.length
    rows.push(
      atMost(
        `bytes of the heap ÷ bytes as counted, after ${questionsAsked} questions, ${size} ${unit}`,
        (afterAll - without) / sizeBytes,
        mostOverCount,
      ),
      {
        measure: `the same after one question; heap ÷ bytes of segments; kB of heap a memory, ${size} ${unit}`,
        value: [(afterOne - without) / sizeBytes, ofEach / segmentBytes, ofEach / 1000].map((value) => value.toFixed(1)).join('; '),
      },
    )
  }
  return rows
}

async function ingestPassages(memory: Memory, chunks: number): Promise<void> {
  const passages = (await readLines<CorpusPassage>('musique-dev', 'corpus')).slice(0, chunks)
  await memory.ingest({ documents: passages.map(({ id, title, text }) => ({ id, title, text })) })
}

/** The turns of a session come at once, as a conversation does. */
async function ingestTurns(memory: Memory, chunks: number): Promise<void> {
  const turns = (await readLines<CorpusTurn>('locomo', 'corpus')).slice(0, chunks)
  const sessions = Map.groupBy(turns, ({ conversation, session }) => `${conversation} ${session}`)
  for (const [session, said] of sessions) {
    await memory.ingest({ session, turns: said.map(({ speaker, text }) => ({ role: 'user' as const, name: speaker, content: text })) })
  }
}
