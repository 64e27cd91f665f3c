import type { Memory } from '@graphmem/core'

const questions = ['Where does Bob work?', 'What does Dan like in New York?', 'Where do I live?', 'Who is at the harbour?', 'tea and milk']
const moments = ['2019-06-01', '2021-01-01', '2024-06-01']

/** All that a memory tells: its facts, entities and episodes, and what it ranks, with every score, of today, of moments of the world, and of moments of its own. */
export async function told(memory: Memory, knownAts: readonly number[]): Promise<string> {
  const at = new Date('2025-01-01')
  const all: unknown[] = [await memory.entities(), await memory.episodes(), await memory.facts({ history: true })]
  const times = [...moments.map((asOf) => ({ asOf })), ...knownAts.map((knownAt) => ({ knownAt: new Date(knownAt) })), {}]
  for (const time of times) {
    all.push(await memory.facts(time))
    for (const question of questions) {
      const { chunks, facts, entities, context, explanation } = await memory.recall(question, { ...time, at, explain: true, limit: 20 })
      all.push({ question, time, chunks, facts, entities, context, explanation })
    }
  }
  return JSON.stringify(all)
}
