import type { GenerateOptions, GenerateRequest, Generation, LanguageModel, ModelUsage } from '../../src/spec/index.ts'

/** A fake of a language model: it counts its requests, and answers as it is told. */
export interface FakeModel extends LanguageModel {
  readonly requests: { readonly request: GenerateRequest; readonly signal: AbortSignal | undefined; readonly at: number }[]
  /** How many are under way, and how many were at most. */
  readonly running: { now: number; most: number }
  answerWith: (request: GenerateRequest, call: number, options: GenerateOptions) => Promise<Generation>
}

export function fakeModel(id = 'fake:one', now: () => number = () => 0): FakeModel {
  const model: FakeModel = {
    specVersion: 1,
    id,
    requests: [],
    running: { now: 0, most: 0 },
    answerWith: async () => generation(),
    async generate(request, options = {}) {
      model.requests.push({ request, signal: options.signal, at: now() })
      model.running.now += 1
      model.running.most = Math.max(model.running.most, model.running.now)
      try {
        return await model.answerWith(request, model.requests.length, options)
      } finally {
        model.running.now -= 1
      }
    },
  }
  return model
}

export function generation(usage: ModelUsage | undefined = { inputTokens: 10, outputTokens: 5 }): Generation {
  return { text: 'an answer', finish: 'complete', usage }
}

/** Of 102 tokens at most: 70 of input, by bytes and frames, and 32 of output. */
export function request(content = 'a'): GenerateRequest {
  return { system: 'system', messages: [{ role: 'user', content: content.padEnd(32) }], maxOutputTokens: 32 }
}
