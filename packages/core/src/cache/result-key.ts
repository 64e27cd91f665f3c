import { canonicalJson } from '../canonical-json.ts'
import { contentHash } from '../ids.ts'
import { generationOf, type MemoryContext } from '../memory-context.ts'
import type { RecallPlan } from '../recall/parse-options.ts'
import type { QueryOptions } from '../recall/recall-result.ts'
import type { CacheKind, Head } from '../spec/index.ts'
import { cacheFormat } from './result-codec.ts'

const dayMs = 86_400_000

/**
 * What a result depends on, as a hash: SHA-256 in base32. The state of the memory, by its incarnation and version, so that every write makes
 * all earlier keys unreachable, and what was erased can never be reached again; what it was computed by; and the question with all that was
 * asked for.
 *
 * A moment that the caller gives counts by its value. Where it is left at "now", results change when a fact begins or ends, which
 * the entry itself says (see `stillness`), and with what the reasoner makes of "yesterday": so the day, in UTC, is part of the key. Within
 * a day, and the time an entry is kept, "now" is the moment at which the answer was computed.
 */
export function resultKey(
  kind: CacheKind,
  head: Head,
  plan: RecallPlan,
  options: QueryOptions,
  context: Pick<MemoryContext, 'analyzer' | 'embedder' | 'reasoner' | 'weights' | 'self'>,
): string {
  const { question, limit, maxContextTokens, minConfidence, knownAt, history, explain } = plan
  return contentHash(
    canonicalJson([
      ['format', cacheFormat, kind],
      ['memory', head.incarnation ?? '', head.version, head.generation ?? ''],
      ['by', generationOf(context), context.reasoner.id, context.weights, context.self],
      ['asked', question, limit, maxContextTokens, minConfidence, history, explain ?? false, options.where ?? {}],
      ['at', options.at === undefined ? ['day', Math.floor(plan.at / dayMs)] : plan.at],
      ['asOf', options.asOf === undefined ? [] : plan.asOf],
      ['knownAt', knownAt ?? []],
    ]),
  )
}
