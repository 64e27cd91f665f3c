import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GraphMem } from '@graphmem/core'
import { counted } from '../terminal.ts'
import type { Narrator } from './narrator.ts'
import { ask, type TwoUsers } from './two-users.ts'

/** Alice is erased; Bob keeps what he has. `folder` is where the files of the database are, when they can be looked at. */
export async function erasure(graphMem: GraphMem, { alice, bob }: TwoUsers, folder: string | undefined, narrator: Narrator): Promise<void> {
  narrator.chapter('Alice asks to be forgotten', 'All her memories go, beyond recovery. Bob keeps his.')
  const { memories, records, unverified } = await graphMem.user('alice').erase()
  narrator.told(
    `erased ${counted(memories, 'memory', 'memories')}: ${counted(records.episodes, 'episode')}, ${counted(records.senses, 'name')}, ${counted(records.facts, 'fact')}`,
  )
  for (const words of unverified) narrator.told(`not verified: ${words}`)
  if (folder !== undefined) {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    const traces = files.filter((bytes) => bytes.includes('senior engineer')).length
    narrator.promised(traces === 0, `the database has ${traces === 0 ? 'no byte' : 'bytes'} of “senior engineer” left`)
  }
  narrator.told('')
  await ask(narrator, 'alice', alice, 'Where do I work?', 'nothing')
  await ask(narrator, 'bob', bob, 'What does Bob do?', { words: 'doctor' })
  await ask(narrator, 'bob', bob, 'Where do I work?', { words: 'Mayo Clinic' })
}
