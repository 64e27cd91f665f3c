import type { Evidence, Question, ReasonedAnswer } from '@graphmem/core/spec'
import { best, short } from './candidate.ts'
import { factAnswer } from './fact-answer.ts'
import { frameAnswer, frameOf } from './frame-answer.ts'
import { nameAnswer } from './name-answer.ts'
import { meantBy } from './people.ts'
import { readQuestion } from './read-question.ts'
import { sentenceAnswer } from './sentence-answer.ts'
import { readEvidence } from './statements.ts'

/** The least support that is worth saying. */
const leastSupport = 0.2

/**
 * Answers from the evidence alone, in at most 25 words: by what is called what, by the stored facts, by the usual ways to state the relation
 * asked for, else by the sentence that says most of what is asked of the person asked about. `undefined` where none of them says anything.
 */
export function answer(question: Question, evidence: Evidence): ReasonedAnswer | undefined {
  const read = readQuestion(question.text)
  const reading = readEvidence(evidence, question.self)
  const meant = [read.subject, read.joined].filter((reference) => reference !== undefined)
  const ids =
    meant.length === 0 ? undefined : new Set(meant.flatMap((reference) => [...meantBy(reference, reading, evidence, question.self)]))
  const frame = frameOf(read)
  const named = nameAnswer(read, reading, evidence, question.self)
  const framed = frame === undefined || ids === undefined ? undefined : frameAnswer(frame, read, ids, reading)
  const stored = ids === undefined ? undefined : factAnswer(read, frame, ids, evidence)
  // Where the relation has a name of its own, a sentence that merely shares words with the question does not state it.
  const open = read.expected !== 'name' || read.subject === undefined
  const sentence = open ? sentenceAnswer(read, ids, reading) : undefined
  const chosen = best([named, framed, stored, sentence])
  if (chosen === undefined || chosen.support < leastSupport) return undefined
  return { text: short(chosen.text), citations: chosen.citations, support: chosen.support }
}
