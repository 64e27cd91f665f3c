import type { ModelCalls, Reasoner } from '../spec/index.ts'

/** A reasoner whose models are called by these calls: on one operation's bill, and within its budget. */
export function paidReasoner(reasoner: Reasoner, calls: ModelCalls): Reasoner {
  return {
    specVersion: 1,
    id: reasoner.id,
    ...(reasoner.model === undefined ? {} : { model: reasoner.model }),
    ...(reasoner.readsKnown === undefined ? {} : { readsKnown: reasoner.readsKnown }),
    extract: (passage, options) => reasoner.extract(passage, { ...options, calls }),
    answer: (question, evidence, options) => reasoner.answer(question, evidence, { ...options, calls }),
  }
}
