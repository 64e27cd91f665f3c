import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { openKept } from '../stores/kept-at.ts'
import { watchStatements } from '../watch-statements.ts'
import { type IngestCommand, type IngestOutcome, marks } from './ingest-command.ts'
import { ingestEpisodes } from './ingest-episodes.ts'
import { watchApplies } from './watch-applies.ts'

const command = JSON.parse(process.argv[2] ?? '') as IngestCommand
const models = { reasoner: localReasoner(), embedder: localEmbedder() }
const applies: number[] = []
let applying = false
let conflicts = 0

// Loads the language tables, so that what is killed is the ingest and not the start of a process.
await ingestEpisodes(memoryStore(), 'practice', { places: [0], batchSize: 1 }, models)

watchStatements((moment) => {
  if (!applying) return
  const last = applies.length - 1
  if (moment === 'before') killIfDue()
  else applies[last] = (applies[last] ?? 0) + 1
})
const kept = await openKept(command.keptAt)
const store = watchApplies(kept, (moment) => {
  if (moment === 'begin') applies.push(0)
  else killIfDue()
  applying = moment === 'begin'
  say(marks[moment])
})

say(marks.ready)
if (command.wait) await createInterface({ input: process.stdin }).question('')
await ingestEpisodes(store, command.keptAt.userId, command, models, ({ type }) => {
  if (type === 'apply-conflicted') conflicts++
})
await kept[Symbol.asyncDispose]()
const outcome: IngestOutcome = { applies, conflicts }
console.log(JSON.stringify(outcome))
process.exit()

/** Synchronous, so that it is said before anything else happens. */
function say(mark: string): void {
  writeSync(3, mark)
}

/** Ends this process as a power switch would, at the boundary that the command names. */
function killIfDue(): void {
  const { killAt } = command
  if (killAt === undefined || killAt.apply !== applies.length - 1 || killAt.boundary !== applies.at(-1)) return
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
