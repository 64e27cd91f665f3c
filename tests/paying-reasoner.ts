import {
  type Evidence,
  type GenerateOptions,
  type GenerateRequest,
  type Generation,
  GraphMemError,
  type GraphMemErrorCode,
  type LanguageModel,
  type ModelCalls,
  type ModelOptions,
  type Passage,
  type Question,
  type Reasoner,
} from '@graphmem/core'
import { type ScriptedReasoner, scriptedReasoner } from './scripted-reasoner.ts'

/** A fake of a model: it counts its requests, and what it answered. What it is asked is a passage or a question, and its answer is of no interest. */
export interface FakeModel extends LanguageModel {
  readonly requests: string[]
  readonly answered: string[]
  /** Called for each request, which it may let fail or wait. */
  before: (content: string, call: number, options: GenerateOptions) => Promise<void> | void
  generate(request: GenerateRequest, options?: GenerateOptions): Promise<Generation>
}

export const modelId = 'fake:reader'
/** What each request takes. */
const usage = { inputTokens: 40, outputTokens: 10 }
const maxOutputTokens = 64

function fakeModel(): FakeModel {
  const model: FakeModel = {
    specVersion: 1,
    id: modelId,
    requests: [],
    answered: [],
    before: () => undefined,
    async generate({ messages }, options = {}) {
      const content = messages[0]?.content ?? ''
      model.requests.push(content)
      await model.before(content, model.requests.length, options)
      options.signal?.throwIfAborted()
      model.answered.push(content)
      return { text: 'read', finish: 'complete', usage }
    },
  }
  return model
}

export interface PayingReasoner extends Reasoner {
  readonly model: FakeModel
  readonly script: ScriptedReasoner
}

/** A fake of a reasoner with a model: it calls the model once a passage and once an answer, and then reads as the scripted one does. */
export function payingReasoner(model: FakeModel = fakeModel()): PayingReasoner {
  const script = scriptedReasoner()
  const request = (content: string) => ({ system: 'Read.', messages: [{ role: 'user' as const, content }], maxOutputTokens })
  const call = (content: string, purpose: 'extract' | 'answer', { calls, signal }: ModelOptions = {}) =>
    (calls ?? directly).generate(model, request(content), { purpose, signal })
  return {
    specVersion: 1,
    id: 'paying/1',
    model,
    script,
    async extract(passage: Passage, options?: ModelOptions) {
      await call(passage.text, 'extract', options)
      return script.extract(passage, options)
    },
    async answer(question: Question, evidence: Evidence, options?: ModelOptions) {
      await call(question.text, 'answer', options)
      return script.answer(question, evidence, options)
    },
    extractionOf: () => ({ ...usage, maxOutputTokens }),
  }
}

const directly: Pick<ModelCalls, 'generate'> = { generate: (model, request, options) => model.generate(request, options) }

/** An error as a provider's package makes one. With `retryAfterMs: 0` it is tried again without waiting. */
export function failure(code: GraphMemErrorCode, retryAfterMs?: number): GraphMemError {
  const isPassing = code === 'MODEL_LIMITED' || code === 'MODEL_UNAVAILABLE'
  return new GraphMemError({
    code,
    retryable: isPassing,
    message: `Cannot use ${modelId}.`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
