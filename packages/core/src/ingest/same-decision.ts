import { contentId } from '../ids.ts'
import type { Decision, Instant } from '../spec/index.ts'

/** The decision that two senses are the same. Its id follows from them, the rule and the chunk that says so. */
export function sameDecision(a: string, b: string, rule: string, confidence: number, recordedAt: Instant, chunkId?: string): Decision {
  const senses: readonly [string, string] = a < b ? [a, b] : [b, a]
  const id = contentId('decision', 'same', ...senses, rule, chunkId ?? '')
  return { id, verdict: 'same', senses, rule, confidence, recordedAt, ...(chunkId === undefined ? {} : { chunkId }) }
}
