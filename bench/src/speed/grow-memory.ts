import type { Memory } from '@graphmem/core'
import { inventedSentences } from '../invented-text.ts'

const sentencesPerDocument = 5
const questionsKept = 100

export interface GrownMemory {
  readonly entities: number
  readonly sentences: number
  /** Up to 100 questions that it can answer, about all of its parts. */
  readonly questions: readonly string[]
}

/** Feeds an empty memory with invented text until it knows so many names. */
export async function growMemory(memory: Memory, entities: number, seed: number): Promise<GrownMemory> {
  const source = inventedSentences(seed)
  const questions: string[] = []
  let documents = 0
  let known = 0
  while (known < entities) {
    const sentencesMissing = Math.ceil((entities - known) / 3)
    const more = Array.from({ length: Math.min(2000, Math.ceil(sentencesMissing / sentencesPerDocument)) }, () => {
      const sentences = Array.from({ length: sentencesPerDocument }, () => source.next().value)
      questions.push(...sentences.map((sentence) => sentence.question))
      return { id: `document ${documents++}`, text: sentences.map((sentence) => sentence.text).join(' ') }
    })
    await memory.ingest({ documents: more })
    known = (await memory.stats()).records.senses
  }
  const step = Math.max(1, Math.floor(questions.length / questionsKept))
  return {
    entities: known,
    sentences: questions.length,
    questions: questions.filter((_, place) => place % step === 0).slice(0, questionsKept),
  }
}
