import type { Evidence, EvidenceFact } from '@graphmem/core/spec'
import type { Candidate } from './candidate.ts'
import { best } from './candidate.ts'
import { writeDateValue } from './dates.ts'
import type { Frame } from './frames.ts'
import { fold } from './names.ts'
import { entityIds, isOneOf } from './people.ts'
import type { QuestionReading } from './read-question.ts'
import type { Who } from './who.ts'

/** The answer by a stored fact of the person asked about, whose predicate states the relation asked for. */
export function factAnswer(
  question: QuestionReading,
  frame: Frame | undefined,
  ids: ReadonlySet<Who>,
  evidence: Evidence,
): Candidate | undefined {
  const own = evidence.facts.filter(
    (fact) =>
      entityIds(fact.subject).some((id) => isOneOf(ids, id)) ||
      (fact.subject.of !== undefined && [...ids].some((id) => id.endsWith(`/${fold(fact.subject.name)}`))),
  )
  if (frame === undefined || question.expected === 'yes-no') return undefined
  const asked = question.before?.map((token) => fold(token.text)) ?? []
  return best(
    own
      .filter(
        (fact) =>
          frame.predicates.includes(fact.predicate) &&
          !fact.negated &&
          frame.refuses?.test(textOf(fact)) !== true &&
          frame.refuses?.test(textOf(fact)) !== true,
      )
      .filter((fact) => !asked.some((word) => word.length > 2 && fold(textOf(fact)).split(/\s+/).includes(word)))
      .map((fact) => ({
        text: textOf(fact),
        support: supportOf(fact, question),
        citations: [{ chunkId: fact.chunkId, span: fact.span, factId: fact.factId }],
      })),
  )
}

function textOf(fact: EvidenceFact): string {
  if ('entityId' in fact.object) return fact.object.name
  return fact.object.valueType === 'date' ? writeDateValue(fact.object.value) : fact.object.value
}

function supportOf(fact: EvidenceFact, question: QuestionReading): number {
  const past = question.time === 'past'
  if (past) return question.before !== undefined && fact.holds ? 0.45 : 0.85 * fact.confidence
  return fact.holds ? 0.9 * fact.confidence : 0.35
}
