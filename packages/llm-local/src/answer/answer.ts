import type { Evidence, Question, ReasonedAnswer } from '@graphmem/core/spec'
import { best, type Candidate, short } from './candidate.ts'
import { factAnswer } from './fact-answer.ts'
import { frameAnswer, frameOf } from './frame-answer.ts'
import type { Frame } from './frames.ts'
import { nameAnswer } from './name-answer.ts'
import { meantBy } from './people.ts'
import { proseAnswer } from './prose/prose-answer.ts'
import { type QuestionReading, readQuestion } from './read-question.ts'
import type { Reference } from './references.ts'
import { sentenceAnswer } from './sentence-answer.ts'
import { type Reading, readEvidence } from './statements.ts'
import { calledBy, type Who } from './who.ts'

/** The least support that is worth saying. */
const leastSupport = 0.2

/** From here on what states the relation outright is taken before what merely shares words with the question. */
const statedWell = 0.6

/**
 * Answers from the evidence alone, in at most 25 words: by what is called what, by the stored facts, by the usual ways to state the relation
 * asked for, else by the sentence that says most of what is asked of the person asked about. `undefined` where none of them says anything.
 */
export function answer(question: Question, evidence: Evidence): ReasonedAnswer | undefined {
  const read = readQuestion(question.text)
  const frame = frameOf(read)
  const told = proseAnswer(question, evidence)
  // What changes in a life, as where somebody works, is told by the facts, which know the time.
  if (frame === undefined && told.answer !== undefined && told.answer.support >= statedWell) return reasoned(told.answer)
  const reading = readEvidence(evidence, question.self)
  const subject = subjectOf(read, reading, question)
  const meant = [subject, read.joined].filter((reference) => reference !== undefined)
  const of = (references: readonly Reference[]): ReadonlySet<Who> =>
    new Set(references.flatMap((each) => [...meantBy(each, reading, evidence, question.self)]))
  const ids = meant.length === 0 ? undefined : of(meant)
  const kin = subject?.kin.at(-1)
  const asked =
    ids === undefined
      ? undefined
      : {
          ids,
          owners: kin === undefined ? ids : of(meant.map((each) => ({ ...each, kin: each.kin.slice(0, -1) }))),
          ...(kin === undefined ? {} : { kin }),
        }
  const named = nameAnswer(read, reading, evidence, question.self)
  const framed = frame === undefined || ids === undefined ? undefined : frameAnswer(frame, read, ids, reading)
  const stored = ids === undefined ? undefined : factAnswer(read, frame, ids, evidence)
  const stated = best([named, framed, stored])
  // Where the relation has a name of its own, a sentence that merely shares words with the question does not state it.
  const open = !told.isRead && (read.expected !== 'name' || read.subject === undefined)
  const isStated = stated !== undefined && stated.support >= statedWell
  const chosen = isStated ? stated : best([stated, told.answer, open ? unframed(frame, sentenceAnswer(read, asked, reading)) : undefined])
  if (chosen === undefined || chosen.support < leastSupport) return undefined
  return reasoned(chosen)
}

function reasoned({ text, citations, support }: Candidate): ReasonedAnswer {
  return { text: short(text), citations, support }
}

/** Whoever the question is about: the first it names, but somebody who speaks before a thing with a name ("How did *Dune* change Tim?"). */
function subjectOf(read: QuestionReading, reading: Reading, question: Question): Reference | undefined {
  const speaks = (reference: Reference): boolean =>
    reading.speakers.has(calledBy(reference.root, { self: question.self, speakers: reading.speakers }))
  const first = read.subject
  if (first === undefined || first.root === '@self' || first.kin.length > 0 || speaks(first)) return first
  return read.references.find((reference) => reference.root !== '@self' && speaks(reference)) ?? first
}

/** Where a relation has its usual ways to be stated and none was met, sharing words with the question counts for less. */
function unframed(frame: Frame | undefined, candidate: Candidate | undefined): Candidate | undefined {
  if (frame === undefined || candidate === undefined) return candidate
  return frame.refuses?.test(candidate.text) === true ? undefined : { ...candidate, support: candidate.support * 0.85 }
}
