import type { GraphMem, IngestInput, Memory } from '@graphmem/core'
import { progressOn } from '../progress.ts'
import { counted } from '../terminal.ts'
import { type WithAnswers, wonderland } from '../wonderland.ts'
import { firstConversation } from './locomo.ts'
import { milliseconds, type Narrator } from './narrator.ts'

interface LongText {
  readonly about: string
  readonly who: string
  readonly memory: Memory
  readonly input: IngestInput
  readonly questions: WithAnswers
}

/** A real conversation, or where there is none a chapter of a book, is remembered and asked about. */
export async function longText(graphMem: GraphMem, narrator: Narrator): Promise<void> {
  const { about, who, memory, input, questions } = conversation(graphMem) ?? chapterOfBook(graphMem)
  narrator.chapter('Something longer', about)
  const progress = progressOn(process.stderr)
  const result = await memory.ingest(input, {
    onProgress({ done, total }) {
      if (total > 0) progress.show(done / total, `${done} of ${counted(total, 'passage')}`)
    },
  })
  progress.end()
  const { records } = await memory.stats()
  narrator.told(
    `remembered in ${milliseconds(result.durationMs)}: ${counted(records.episodes, 'episode')}, ${counted(records.senses, 'name')}, ${counted(records.facts, 'fact')}\n`,
  )
  for (const [question, words] of questions) {
    const answered = await memory.query(question)
    narrator.asked(`${who} asks`, question, answered, { words })
    narrator.cited(answered)
  }
}

function conversation(graphMem: GraphMem): LongText | undefined {
  const found = firstConversation()
  const [name, other] = found?.speakers ?? []
  if (found === undefined || name === undefined || other === undefined) return undefined
  return {
    about: `A real conversation, LoCoMo's first: ${name} and ${other} in ${counted(found.turns.length, 'turn')} over ${counted(found.sessions, 'session')}. The memory is ${name}'s.`,
    who: name.toLowerCase(),
    memory: graphMem.memory({ userId: name.toLowerCase(), memoryId: 'friends', self: { name } }),
    input: { turns: found.turns },
    questions: [
      ['When did I go to the LGBTQ support group?', '7 May 2023'],
      ['When did Melanie paint a sunrise?', '2022'],
      ['What did I research?', 'adoption agencies'],
    ],
  }
}

function chapterOfBook(graphMem: GraphMem): LongText {
  const { title, text, questions } = wonderland()
  return {
    about: `The opening of “Alice's Adventures in Wonderland”, read by Carol. (Set GRAPHMEM_DATASETS for a real conversation.)`,
    who: 'carol',
    memory: graphMem.memory({ userId: 'carol', memoryId: 'books', self: { name: 'Carol' } }),
    input: { documents: [{ title, text, source: 'alice-in-wonderland.txt' }] },
    questions,
  }
}
