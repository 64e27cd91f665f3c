import type { GenerateOptions, LanguageModel, ModelCalls, ModelOptions, Reasoner } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'

export const modelId = 'fake:reader'
/** What each request takes. */
const usage = { inputTokens: 40, outputTokens: 10 }
const maxOutputTokens = 64

/** A double of a model: it counts its requests. */
interface DoubleOfModel extends LanguageModel {
  readonly requests: string[]
  /** Called for each request, which it may let fail or wait. */
  before: (options: GenerateOptions) => Promise<void> | void
}

export interface PayingReasoner extends Reasoner {
  readonly model: DoubleOfModel
}

/** The local reasoner, which asks a double of a model once a passage and once an answer, and takes no notice of what it says. */
export function payingReasoner(): PayingReasoner {
  const local = localReasoner()
  const model: DoubleOfModel = {
    specVersion: 1,
    id: modelId,
    requests: [],
    before: () => undefined,
    async generate({ messages }, options = {}) {
      model.requests.push(messages[0]?.content ?? '')
      await model.before(options)
      return { text: 'read', finish: 'complete', usage }
    },
  }
  const directly: Pick<ModelCalls, 'generate'> = { generate: (_, request, options) => model.generate(request, options) }
  const call = (content: string, purpose: 'extract' | 'answer', { calls, signal }: ModelOptions = {}) =>
    (calls ?? directly).generate(model, { system: 'Read.', messages: [{ role: 'user', content }], maxOutputTokens }, { purpose, signal })
  return {
    ...local,
    id: 'paying/1',
    model,
    async extract(passage, options) {
      await call(passage.text, 'extract', options)
      return local.extract(passage, options)
    },
    async answer(question, evidence, options) {
      await call(question.text, 'answer', options)
      return local.answer(question, evidence, options)
    },
    extractionOf: () => ({ ...usage, maxOutputTokens }),
  }
}
