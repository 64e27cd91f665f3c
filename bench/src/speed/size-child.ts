import { readFileSync } from 'node:fs'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import { laboratory, openGraphMem, openMemory } from './laboratory.ts'
import { timed } from './timed.ts'

/** What a process of its own measures on a memory that another has made. */
export interface SizeCommand {
  readonly file: string
  readonly questions: readonly string[]
}

export interface SizeOutcome {
  readonly coldMs: readonly number[]
  readonly warmMs: readonly number[]
  /** Resident memory of the process before it opened the memory, and after all questions. */
  readonly bytesBefore: number
  readonly bytesAfter: number
}

const coldRepetitions = 10
const rounds = 3

const { file, questions } = JSON.parse(readFileSync(0, 'utf8')) as SizeCommand
await using lab = await laboratory(() => {})
// Loads the language tables, which all memories share.
await using practice = memoryStore()
const practised = openMemory(openGraphMem(practice, lab))
await practised.ingest({ documents: [{ id: 'one', text: 'Ann lives in Oslo.' }] })
await practised.query('Where does Ann live?')
const bytesBefore = process.memoryUsage.rss()

const coldMs: number[] = []
for (const question of questions.slice(0, coldRepetitions)) {
  await using store = tursoStore({ url: `file:${file}` })
  coldMs.push(await timed(() => openMemory(openGraphMem(store, lab)).query(question)))
}
await using store = tursoStore({ url: `file:${file}` })
const memory = openMemory(openGraphMem(store, lab))
for (const question of questions) await memory.query(question)
const warmMs: number[] = []
for (let round = 0; round < rounds; round++) {
  for (const question of questions) warmMs.push(await timed(() => memory.query(question)))
}
const outcome: SizeOutcome = { coldMs, warmMs, bytesBefore, bytesAfter: process.memoryUsage.rss() }
console.log(JSON.stringify(outcome))
