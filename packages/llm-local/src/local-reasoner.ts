import type { CallOptions, Evidence, Extraction, Passage, Question, ReasonedAnswer, Reasoner } from '@graphmem/core/spec'
import { answer } from './answer/answer.ts'
import { extract } from './extract/extract.ts'

/**
 * Understands English text by rules: sentences, tokens and parts of speech from wink-nlp, dates from chrono-node, the rest our own.
 * No model to call, no key, no network. Thousands of sentences a second.
 */
export function localReasoner(): Reasoner {
  return {
    specVersion: 1,
    id: 'graphmem-local-v1',
    async extract(passage: Passage, options: CallOptions = {}): Promise<Extraction> {
      options.signal?.throwIfAborted()
      return extract(passage)
    },
    async answer(question: Question, evidence: Evidence, options: CallOptions = {}): Promise<ReasonedAnswer | undefined> {
      options.signal?.throwIfAborted()
      return answer(question, evidence)
    },
  }
}
