import { contentId } from '../ids.ts'
import type { Assertion, TextSpan, ValidTime } from '../spec/index.ts'

/** That a passage says of a fact which others state that it holds no more, or never did. */
interface Contradicting {
  readonly span: TextSpan
  readonly valid: ValidTime
  readonly confidence: number
}

/**
 * The assertion by which a passage ends a fact that others state. It denies the fact, from `valid.from` on where the passage says since when. It gives
 * no fact by itself: what it speaks of may be nowhere in the passage, and goes when those that state it go.
 */
export function contradictionOf(factId: string, chunkId: string, { span, valid, confidence }: Contradicting): Assertion {
  const assertion = { factId, chunkId, span, valid, negated: true, confidence }
  return { id: idOf(assertion), ...assertion }
}

/** Whether an assertion is such a one, told by its id. "I don't work at Google" is none: it states its own, negated fact. */
export function isContradiction(assertion: Assertion): boolean {
  return assertion.negated && assertion.id === idOf(assertion)
}

function idOf({ factId, chunkId, span, valid }: Omit<Assertion, 'id'>): string {
  return contentId('contradiction', factId, chunkId, span.start, span.end, valid.from ?? '')
}
