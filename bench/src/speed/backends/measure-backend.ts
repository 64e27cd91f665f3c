import type { Memory } from '@graphmem/core'
import { inventedSentences } from '../../invented-text.ts'
import { growMemory } from '../grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory } from '../laboratory.ts'
import type { Backend } from './backend.ts'
import { followApplies } from './follow-applies.ts'
import { measureRecalls, type Opened } from './measure-recalls.ts'
import { type Measured, newMeasured } from './measured.ts'
import { type Call, notedCalls } from './noted-calls.ts'

export interface BackendMeasured {
  readonly warm: Measured
  readonly cold: Measured
  readonly apply: Measured
}

/** The entities of the memory when it is measured: what is counted may not depend on them. */
const sizes = [60, 1_000]
const sentencesEach = 50
const warmQuestions = 50
const coldQuestions = 20
/** Of each kind, before what is measured: connections, plans of statements, compiled code. */
const practice = 50
const seed = 12

/** Measures recalls and applies of a small memory and of a larger one. */
export async function measureBackend(backend: Backend, lab: Laboratory): Promise<BackendMeasured> {
  const measured: BackendMeasured = { warm: newMeasured(), cold: newMeasured(), apply: newMeasured() }
  for (const entities of sizes) await measureSize(backend, lab, entities, measured)
  return measured
}

async function measureSize(backend: Backend, lab: Laboratory, entities: number, measured: BackendMeasured): Promise<void> {
  const users = { noted: `noted ${entities}`, stored: `stored ${entities}`, straight: `straight ${entities}`, wired: `wired ${entities}` }
  const follow = followApplies(backend, users)
  let calls: Call[] = []
  let into = newMeasured()
  const noted = notedCalls(backend.noted, {
    read: (call) => calls.push(call),
    applying: () => backend.taken(),
    applied: (changes, options) => follow(changes, options, into),
  })
  const takeCalls = () => {
    const taken = calls
    calls = []
    return taken
  }
  const { wired } = backend
  const memory = openMemory(openGraphMem(noted, lab), users.noted)
  const fresh: Opened = {
    noted: () => openMemory(openGraphMem(noted, lab), users.noted),
    plain: () => openMemory(openGraphMem(backend.store, lab), users.stored),
    wired: wired && (() => openMemory(openGraphMem(wired.store, lab), users.wired)),
    takeCalls,
  }
  const held: Opened = { ...fresh, noted: () => memory, plain: always(fresh.plain), wired: fresh.wired && always(fresh.wired) }
  const { questions } = await growMemory(memory, entities, seed)
  const sentences = inventedSentences(seed + 1)
  for (let turn = -practice; turn < sentencesEach; turn++) {
    into = turn < 0 ? newMeasured() : measured.apply
    await memory.ingest({ documents: [{ id: `sentence ${turn}`, text: sentences.next().value.text }] })
  }
  for (const [opened, count, kind] of [
    [held, warmQuestions, measured.warm],
    [fresh, coldQuestions, measured.cold],
  ] as const) {
    await measureRecalls(backend, users, questions.slice(0, practice), opened, newMeasured())
    await measureRecalls(backend, users, questions.slice(0, count), opened, kind)
  }
}

/** What a function gives the first time. */
function always(open: () => Memory): () => Memory {
  let opened: Memory | undefined
  return () => {
    opened ??= open()
    return opened
  }
}
