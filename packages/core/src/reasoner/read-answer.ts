import type { Evidence, ReasonedAnswer } from '../spec/index.ts'
import { placeOf } from './passage-document.ts'
import type { ReadAnswer } from './prompts/answer.ts'
import { shareOf } from './read-extraction.ts'

/** An answer with what it cites of the evidence; `undefined` where the model found none, or cites nothing that it was shown. */
export function readAnswer({ found, answer, citations, confidence }: ReadAnswer, evidence: Evidence): ReasonedAnswer | undefined {
  const cited = [...new Set(citations.map((id) => id.trim().toUpperCase()))].flatMap((id) => citationOf(id, evidence))
  const text = answer.trim()
  if (found === false || text === '' || cited.length === 0) return undefined
  return { text, citations: cited, support: shareOf(confidence) }
}

function citationOf(id: string, { passages, facts }: Evidence): ReasonedAnswer['citations'] {
  const passage = passages[placeOf(id, 'P') ?? -1]
  if (passage !== undefined) return [{ chunkId: passage.chunkId }]
  const fact = facts[placeOf(id, 'F') ?? -1]
  return fact === undefined ? [] : [{ chunkId: fact.chunkId, span: fact.span, factId: fact.factId }]
}
