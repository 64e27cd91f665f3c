import { readFileSync } from 'node:fs'
import { tursoStore } from '@graphmem/store-turso'
import { laboratory, openGraphMem, openMemory } from './laboratory.ts'
import type { SizeCommand, SizeOutcome } from './size-command.ts'
import { timed } from './timed.ts'

const coldRepetitions = 10
const rounds = 3

const { file, questions } = JSON.parse(readFileSync(0, 'utf8')) as SizeCommand
await using lab = await laboratory(() => {})
const bytesBefore = process.memoryUsage.rss()

const warmMs: number[] = []
await using store = tursoStore({ url: `file:${file}` })
const memory = openMemory(openGraphMem(store, lab))
for (const question of questions) await memory.query(question)
for (let round = 0; round < rounds; round++) {
  for (const question of questions) warmMs.push(await timed(() => memory.query(question)))
}
const bytesAfter = process.memoryUsage.rss()

const coldMs: number[] = []
for (const question of questions.slice(0, coldRepetitions)) {
  await using opened = tursoStore({ url: `file:${file}` })
  coldMs.push(await timed(() => openMemory(openGraphMem(opened, lab)).query(question)))
}
const outcome: SizeOutcome = { coldMs, warmMs, bytesBefore, bytesAfter }
console.log(JSON.stringify(outcome))
