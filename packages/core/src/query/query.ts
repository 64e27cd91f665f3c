import type { MemoryContext } from '../memory-context.ts'
import { modelsOf } from '../models/models-of.ts'
import { type Found, find } from '../recall/find.ts'
import type { RecallPlan } from '../recall/parse-options.ts'
import { recalled } from '../recall/recall.ts'
import type { Citation, QueryResult } from '../recall/recall-result.ts'
import { GraphMemError, type ModelCalls, type ReasonedAnswer } from '../spec/index.ts'
import { checkAnswer } from './check-answer.ts'
import { evidenceOf } from './evidence.ts'

const nothing = 'No information found'
/** What is left of the doubt when one more episode, told by itself, says the same. */
const doubtLeft = 0.85

/**
 * Answers from what recall finds, or says that nothing was found.
 *
 * Confidence is `1 − (1 − support) · 0.85^(k − 1)`: the support that the reasoner gives, and k episodes that back it. Below the plan's least
 * confidence nothing is answered, and nothing cited.
 */
export async function query(context: MemoryContext, plan: RecallPlan): Promise<QueryResult> {
  const started = performance.now()
  const calls = context.models.begin({ budget: plan.budget, models: modelsOf(context) })
  plan.onStage?.({ stage: 'recalling' })
  const found = await find(context, plan, calls)
  const asked = performance.now()
  plan.onStage?.({ stage: 'answering', passages: found.ranking.passages.length, facts: found.ranking.facts.length })
  const answer = await reason(context, plan, found, calls)
  const citations = answer === undefined ? [] : citationsOf(answer, found)
  const confidence = answer === undefined ? 0 : confidenceOf(answer.support, citations)
  const isFound = answer !== undefined && citations.length > 0 && confidence >= plan.minConfidence
  const ended = performance.now()
  context.observe({ type: 'query-answered', version: found.version, found: isFound, durationMs: ended - started })
  return {
    answer: isFound ? answer.text : nothing,
    found: isFound,
    confidence: isFound ? confidence : 0,
    citations: isFound ? citations : [],
    ...recalled(found, plan),
    version: found.version,
    usage: calls.bill,
    timings: { ...found.timings, answerMs: ended - asked, totalMs: ended - started },
  }
}

async function reason(context: MemoryContext, plan: RecallPlan, found: Found, calls: ModelCalls): Promise<ReasonedAnswer | undefined> {
  try {
    const question = { text: plan.question, self: context.self, at: plan.asOf }
    const answer = await context.reasoner.answer(question, evidenceOf(found), { signal: plan.signal, calls })
    checkAnswer(answer)
    return answer
  } catch (error) {
    plan.signal?.throwIfAborted()
    if (GraphMemError.is(error)) throw error
    throw new GraphMemError({ code: 'MODEL_FAILED', message: 'The reasoner failed to answer. Make the same call again.' })
  }
}

function citationsOf(answer: ReasonedAnswer, found: Found): readonly Citation[] {
  const chunks = new Map([...found.ranking.passages, ...found.ranking.around].map(({ chunk }) => [chunk.id, chunk]))
  return answer.citations.flatMap(({ chunkId, span, factId }): readonly Citation[] => {
    const chunk = chunks.get(chunkId)
    const text = found.texts.get(chunkId)?.text
    // A citation of something that was not shown to the reasoner is none.
    if (chunk === undefined || text === undefined) return []
    const { start, end } = span ?? { start: 0, end: text.length }
    const { title, source, speaker, at } = chunk.episode
    return [
      {
        episodeId: chunk.episodeId,
        chunkId,
        start,
        end,
        text: text.slice(start, end),
        ...(factId === undefined ? {} : { factId }),
        ...(title === undefined ? {} : { title }),
        ...(source === undefined ? {} : { source }),
        ...(speaker === undefined ? {} : { speaker }),
        ...(at === undefined ? {} : { at: new Date(at) }),
      },
    ]
  })
}

function confidenceOf(support: number, citations: readonly Citation[]): number {
  const episodes = new Set(citations.map(({ episodeId }) => episodeId)).size
  return 1 - (1 - Math.min(1, Math.max(0, support))) * doubtLeft ** Math.max(0, episodes - 1)
}
