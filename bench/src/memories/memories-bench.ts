import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { type Laboratory, laboratory, openStore } from '../speed/laboratory.ts'
import { startChild } from '../start-child.ts'
import { measurePeople } from './measure-people.ts'
import type { MemoriesCommand } from './memories-command.ts'
import { people } from './people.ts'
import { processBytes } from './process-bytes.ts'

export async function memoriesBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using lab = await laboratory(options.note)
  const users = options.quick ? 200 : 1000
  return [...(await processBytes(lab)), ...(await inMemory(users, lab)), ...(await onFile(users, lab))]
}

async function inMemory(users: number, lab: Laboratory): Promise<readonly BenchRow[]> {
  lab.note(`${users} memories in memory`)
  await using store = openStore('in memory', lab, 'memories')
  return await measurePeople(store, await people(store, users, lab), 'in memory', lab)
}

/** Asked in a process of its own, whose resident memory owes nothing to the writing. */
async function onFile(users: number, lab: Laboratory): Promise<readonly BenchRow[]> {
  lab.note(`${users} memories in one libSQL file`)
  const store = openStore('one libSQL file', lab, 'memories')
  const command: MemoriesCommand = { file: lab.newFile('memories.db'), people: await people(store, users, lab) }
  await store[Symbol.asyncDispose]()
  const child = startChild('memories/memories-child', [], { stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdin === null || child.stdout === null) throw new Error('The measuring child has no streams.')
  const ended = once(child, 'close')
  child.stdin.end(JSON.stringify(command))
  const rows = await json(child.stdout)
  await ended
  return rows as readonly BenchRow[]
}
