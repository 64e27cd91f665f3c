import type { GraphMem, Memory } from '@graphmem/core'
import type { Narrator } from './narrator.ts'
import { ask, say } from './two-users.ts'

/** Alice's memories are kept apart from each other as they are from Bob's. */
export async function threeMemories(graphMem: GraphMem, chat: Memory, narrator: Narrator): Promise<void> {
  narrator.chapter('Three memories of one user', 'Alice keeps chat, notes and work apart; what one of them holds, the others do not know.')
  const notes = graphMem.memory({ userId: 'alice', memoryId: 'notes', self: { name: 'Alice' } })
  const work = graphMem.memory({ userId: 'alice', memoryId: 'work', self: { name: 'Alice' } })
  await say(narrator, 'alice/notes', notes, 'My sister Priya lives in Lisbon')
  await say(narrator, 'alice/work', work, 'My manager is Dana Whitfield')
  narrator.told('')
  await ask(narrator, 'alice/notes', notes, 'Where does my sister live?', { words: 'Lisbon' })
  await ask(narrator, 'alice/work', work, 'Who is my manager?', { words: 'Dana Whitfield' })
  await ask(narrator, 'alice/chat', chat, 'Where does my sister live?', 'nothing')
  await ask(narrator, 'alice/notes', notes, 'Who is my manager?', 'nothing')
  await ask(narrator, 'alice/work', work, 'Where do I work?', 'nothing')
  const memories = await graphMem.user('alice').list()
  narrator.told('')
  narrator.promised(
    memories.join() === 'chat,notes,work',
    `alice has the memories ${memories.join(', ')}; bob has ${(await graphMem.user('bob').list()).join(', ')}`,
  )
}
