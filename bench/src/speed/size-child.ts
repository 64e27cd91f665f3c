import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { GraphStore } from '@graphmem/core'
import { indexingOnly } from './indexing-only.ts'
import { type Laboratory, laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'
import { prose, sentencesOf } from './prose.ts'
import type { SizeCommand, SizeOutcome } from './size-command.ts'
import { timed } from './timed.ts'

const coldRepetitions = 15
const documentsAtOnce = 2_000

const command = JSON.parse(readFileSync(0, 'utf8')) as SizeCommand
await using own = await laboratory(() => {})
const lab: Laboratory = command.extracts ? own : { ...own, reasoner: indexingOnly }
console.log(JSON.stringify(await measure(command)))

async function measure({ placement, passages, rounds }: SizeCommand): Promise<SizeOutcome> {
  const { documents, questions } = await prose(passages)
  await using store = openStore(placement, lab, 'size')
  const memory = openMemory(openGraphMem(store, lab))
  const ingestMs = await timed(async () => {
    for (let from = 0; from < documents.length; from += documentsAtOnce)
      await memory.ingest({ documents: documents.slice(from, from + documentsAtOnce) })
  })
  const isFile = placement !== 'in memory'
  // Before anything else has read an index.
  const indexBytes = isFile ? await bytesOfIndex(store, questions) : 0
  const recallMs: number[] = []
  const queryMs: number[] = []
  const answerMs: number[] = []
  for (let round = -1; round < rounds; round++) {
    for (const question of questions) {
      const recalled = (await memory.recall(question)).timings
      const queried = (await memory.query(question)).timings
      // The first round warms everything up.
      if (round < 0) continue
      recallMs.push(recalled.totalMs)
      queryMs.push(queried.totalMs)
      answerMs.push(queried.answerMs)
    }
  }
  const { segmentBytes } = await memory.stats()
  await memory.close()
  return {
    ingestMs,
    sentences: documents.reduce((sum, { text }) => sum + sentencesOf(text).length, 0),
    recallMs,
    queryMs,
    answerMs,
    coldMs: isFile ? await coldRecalls(questions) : [],
    segmentBytes,
    indexBytes,
    diskBytes: isFile ? await bytesOnDisk(own.newFile('size.db')) : 0,
  }
}

/** Each as in a process that has read nothing of the file yet, but has the language tables. */
async function coldRecalls(questions: readonly string[]): Promise<readonly number[]> {
  const durations: number[] = []
  for (const question of questions.slice(0, coldRepetitions)) {
    await using store = openStore('one libSQL file', lab, 'size')
    durations.push(await timed(() => openMemory(openGraphMem(store, lab)).recall(question)))
  }
  return durations
}

async function bytesOfIndex(store: GraphStore, questions: readonly string[]): Promise<number> {
  const before = bytesInUse()
  const memory = openMemory(openGraphMem(store, lab))
  for (const question of questions) await memory.recall(question)
  const after = bytesInUse()
  // What is measured has to be in use until here.
  await memory.close()
  return after - before
}

function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  for (let time = 0; time < 3; time++) collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function bytesOnDisk(file: string): Promise<number> {
  const sizes = await Promise.all(['', '-wal', '-shm'].map((ending) => stat(`${file}${ending}`).catch(() => undefined)))
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0)
}
