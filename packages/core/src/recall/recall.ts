import type { MemoryContext } from '../memory-context.ts'
import { modelsOf } from '../models/models-of.ts'
import { contextText } from './context-text.ts'
import { withSentences } from './explain.ts'
import { type Found, find } from './find.ts'
import type { RecallPlan } from './parse-options.ts'
import type { RankedChunk } from './rank.ts'
import type { RecalledChunk, RecallResult } from './recall-result.ts'

/** Finds passages, facts and entities for a question, and a context of them that fits a budget. */
export async function recall(context: MemoryContext, plan: RecallPlan): Promise<RecallResult> {
  const started = performance.now()
  const calls = context.models.begin({ budget: plan.budget, models: modelsOf({ embedder: context.embedder }) })
  const found = await find(context, plan, calls)
  const totalMs = performance.now() - started
  context.observe({ type: 'recall-done', version: found.version, chunks: found.ranking.passages.length, durationMs: totalMs })
  return { ...recalled(found, plan), version: found.version, usage: calls.bill, timings: { ...found.timings, answerMs: 0, totalMs } }
}

/** What a caller sees of what was found. */
export function recalled(found: Found, plan: RecallPlan): Pick<RecallResult, 'chunks' | 'facts' | 'entities' | 'context' | 'explanation'> {
  const chunks = found.ranking.passages.flatMap((ranked) => recalledChunk(ranked, found) ?? [])
  const facts = found.ranking.facts.filter(({ holds }) => holds || plan.history)
  const { explanation } = found.ranking
  return {
    chunks,
    facts,
    entities: found.ranking.entities,
    context: contextText(chunks, facts, plan.maxContextTokens),
    ...(explanation === undefined ? {} : { explanation: withSentences(explanation, found.texts) }),
  }
}

function recalledChunk({ chunk, score }: RankedChunk, found: Found): RecalledChunk | undefined {
  const text = found.texts.get(chunk.id)?.text
  if (text === undefined) return undefined
  const { title, source, session, speaker, at } = chunk.episode
  return {
    id: chunk.id,
    episodeId: chunk.episodeId,
    text,
    ...(title === undefined ? {} : { title }),
    ...(source === undefined ? {} : { source }),
    ...(session === undefined ? {} : { session }),
    ...(speaker === undefined ? {} : { speaker }),
    ...(at === undefined ? {} : { at: new Date(at) }),
    score,
  }
}
