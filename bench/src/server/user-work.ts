import { inventedSentences } from '../invented-text.ts'
import { randomNumbers } from '../random.ts'
import type { Operation, OperationKind } from './operation.ts'

/** Of a hundred operations, how many are of each kind. */
export type Mix = readonly (readonly [kind: OperationKind, share: number])[]

/** Four reads to a write, and most reads are questions. */
export const mixed: Mix = [
  ['query', 50],
  ['facts', 10],
  ['episodes', 10],
  ['memories', 10],
  ['ingest', 20],
]

/** What a user said before anything is measured, and does then. The same for the same place, in any process. */
export interface UserWork {
  readonly userId: string
  readonly said: readonly string[]
  /** Without end. */
  readonly operations: Iterator<Operation, never>
}

const memorySentences = 40
const seed = 71

/** @param sentences of a text that is ingested */
export function userWork(place: number, mix: Mix = mixed, sentences = 2): UserWork {
  const source = inventedSentences(seed + place)
  const random = randomNumbers(seed * 1_000 + place)
  const questions: string[] = []
  const say = (): string => {
    const { text, question } = source.next().value
    questions.push(question)
    return text
  }
  const said = Array.from({ length: memorySentences }, say)
  function* operations(): Generator<Operation, never> {
    for (;;) {
      const kind = chosen(mix, random() * 100)
      if (kind === 'query') yield { kind, question: questions[Math.floor(random() * questions.length)] ?? '' }
      else if (kind === 'ingest') yield { kind, text: Array.from({ length: sentences }, say).join(' ') }
      else yield { kind }
    }
  }
  return { userId: `user-${place}`, said, operations: operations() }
}

function chosen(mix: Mix, at: number): OperationKind {
  let sum = 0
  for (const [kind, share] of mix) {
    sum += share
    if (at < sum) return kind
  }
  return 'query'
}
