import type { GraphMem, Memory } from '@graphmem/core'
import type { Narrator, Promised } from './narrator.ts'

export interface TwoUsers {
  readonly alice: Memory
  readonly bob: Memory
}

/** Alice and Bob each say a sentence, and are asked about themselves and each other. */
export async function twoUsers(graphMem: GraphMem, narrator: Narrator): Promise<TwoUsers> {
  narrator.chapter('Two users', 'Each says one thing. Each is answered from their own memory, and neither learns of the other.')
  const alice = graphMem.memory({ userId: 'alice', memoryId: 'chat', self: { name: 'Alice' } })
  const bob = graphMem.memory({ userId: 'bob', memoryId: 'chat', self: { name: 'Bob' } })
  await say(narrator, 'alice', alice, 'I work at Google as a senior engineer')
  await say(narrator, 'bob', bob, "I'm a doctor at Mayo Clinic")
  narrator.told('')
  await ask(narrator, 'alice', alice, 'Where do I work?', { words: 'Google' })
  await ask(narrator, 'alice', alice, 'Where does Alice work?', { words: 'Google' })
  await ask(narrator, 'alice', alice, 'What is my job?', { words: 'senior engineer' })
  await ask(narrator, 'alice', alice, 'What does Bob do?', 'nothing')
  await ask(narrator, 'bob', bob, 'What does Bob do?', { words: 'doctor' })
  await ask(narrator, 'bob', bob, 'Where do I work?', { words: 'Mayo Clinic' })
  await ask(narrator, 'bob', bob, 'Where does Alice work?', 'nothing')
  return { alice, bob }
}

/** Remembers a sentence and tells of it. */
export async function say(narrator: Narrator, who: string, memory: Memory, text: string): Promise<void> {
  const { durationMs } = await memory.ingest(text)
  narrator.said(`${who} says`, text, durationMs)
}

/** Asks a question and tells of the answer. */
export async function ask(narrator: Narrator, who: string, memory: Memory, question: string, promised: Promised): Promise<void> {
  narrator.asked(`${who} asks`, question, await memory.query(question), promised)
}
