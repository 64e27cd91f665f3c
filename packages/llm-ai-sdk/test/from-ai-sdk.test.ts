import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  LoadAPIKeyError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider'
import { type GenerateRequest, GraphMemError } from '@graphmem/core/spec'
import { planted, startProviderDouble, tellsNothing } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { type AiSdkEmbedderOptions, type AiSdkModelOptions, embedderFromAiSdk, fromAiSdk } from '../src/index.ts'

const request: GenerateRequest = { system: 'You read texts.', messages: [{ role: 'user', content: planted.prompt }], maxOutputTokens: 50 }
const underSchema = {
  ...request,
  schema: { name: 'people', json: { type: 'object', properties: {}, required: [], additionalProperties: false } },
}
const streamed = { onText: () => undefined }

const counts = {
  inputTokens: { total: 100, noCache: 35, cacheRead: 40, cacheWrite: 25 },
  outputTokens: { total: 7, text: 7, reasoning: 0 },
}
const whole: LanguageModelV4GenerateResult = {
  content: [{ type: 'text', text: 'An engineer.' }],
  finishReason: { unified: 'stop', raw: 'end_turn' },
  usage: counts,
  warnings: [],
}

/** A double of a provider's model, for what no server can be made to say. */
function doubleOf(does: Partial<Pick<LanguageModelV4, 'doGenerate' | 'doStream' | 'provider'>>): LanguageModelV4 {
  const missing = () => Promise.reject(new Error('not called'))
  return {
    specificationVersion: 'v4',
    provider: 'acme.chat',
    modelId: 'small',
    supportedUrls: {},
    doGenerate: missing,
    doStream: missing,
    ...does,
  }
}

const failing = (error: unknown) => doubleOf({ doGenerate: () => Promise.reject(error), doStream: () => Promise.reject(error) })

const streaming = (parts: readonly LanguageModelV4StreamPart[]) =>
  doubleOf({ doStream: () => Promise.resolve({ stream: ReadableStream.from(parts) }) })

test('what was read from a cache, and written to one, is told', async () => {
  const model = fromAiSdk(doubleOf({ doGenerate: () => Promise.resolve(whole) }))
  expect((await model.generate(request)).usage).toEqual({ inputTokens: 100, cachedInputTokens: 40, cacheWriteTokens: 25, outputTokens: 7 })
})

test('what a model thinks, or cites, is not part of its answer', async () => {
  const content: LanguageModelV4GenerateResult['content'] = [{ type: 'reasoning', text: 'Let me see.' }, ...whole.content]
  const model = fromAiSdk(doubleOf({ doGenerate: () => Promise.resolve({ ...whole, content }) }))
  expect((await model.generate(request)).text).toBe('An engineer.')
})

describe('a failure that has no status', () => {
  const call = { url: 'https://acme.example', requestBodyValues: { prompt: planted.prompt }, responseBody: planted.told }

  test.each([
    ['a key that is missing', new LoadAPIKeyError({ message: planted.key }), 'MODEL_DENIED', false],
    ['what the provider cannot do', new UnsupportedFunctionalityError({ functionality: planted.prompt }), 'MODEL_INPUT_REFUSED', false],
    ['an answer that cannot be read', new APICallError({ ...call, message: planted.told, statusCode: 200 }), 'MODEL_UNAVAILABLE', true],
    ['a connection that failed', new APICallError({ ...call, message: planted.told }), 'MODEL_UNAVAILABLE', true],
    ['anything else', new Error(planted.told), 'MODEL_UNAVAILABLE', true],
  ])('is told: %s', async (_, thrown, code, retryable) => {
    for (const options of [{}, streamed]) {
      const error = await failureOf(() => fromAiSdk(failing(thrown)).generate(request, options))
      expect(error).toMatchObject({ code, retryable })
      tellsNothing(error)
    }
  })
})

test('a form that the provider itself cannot ask for is left out from then on', async () => {
  const asked: unknown[] = []
  const model = fromAiSdk(
    doubleOf({
      doGenerate({ responseFormat }) {
        asked.push(responseFormat?.type)
        return responseFormat
          ? Promise.reject(new UnsupportedFunctionalityError({ functionality: 'JSON response format' }))
          : Promise.resolve(whole)
      },
    }),
  )
  expect(await failureOf(() => model.generate(underSchema))).toMatchObject({ code: 'MODEL_SCHEMA_REFUSED', retryable: true })
  await model.generate(underSchema)
  expect(asked).toEqual(['json', undefined])
})

describe('a stream', () => {
  const piece = { type: 'text-delta', id: '0', delta: 'An ' } as const
  const end = (unified: 'stop' | 'error' | 'interrupted' | 'other', raw?: string) =>
    ({ type: 'finish', finishReason: { unified, raw }, usage: counts }) as const

  test.each([
    ['without an end', [piece]],
    ['that ends for no reason', [piece, end('other')]],
    ['that ends by a failure', [piece, end('error', 'error')]],
    ['that was interrupted', [piece, end('interrupted', 'stopped')]],
    ['that tells of a failure', [piece, { type: 'error', error: planted.told }, end('stop', 'stop')]],
  ] as const)('%s is none', async (_, parts) => {
    const error = await failureOf(() => fromAiSdk(streaming(parts)).generate(request, streamed))
    expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true })
    tellsNothing(error)
  })

  test('that ends for a reason that is not known is whole', async () => {
    const generation = await fromAiSdk(streaming([piece, end('other', 'eos')])).generate(request, streamed)
    expect(generation).toMatchObject({ text: 'An ', finish: 'complete' })
  })

  test('is closed where onText throws, which is thrown as it is', async () => {
    const provider = await startProviderDouble()
    const event = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Zoë ' } }] })
    provider.reply({ status: 200, headers: { 'content-type': 'text/event-stream' }, pieces: [`data: ${event}\n\n`], ending: 'stall' })
    const acme = createOpenAICompatible({ name: 'acme', baseURL: provider.url, apiKey: planted.key })
    const reason = new Error('enough')
    const calling = fromAiSdk(acme.chatModel('small')).generate(request, {
      onText() {
        throw reason
      },
    })
    await expect(calling).rejects.toBe(reason)
    await provider.abandoned
    await provider[Symbol.asyncDispose]()
  })
})

test('an answer that the provider says failed is none', async () => {
  const model = fromAiSdk(doubleOf({ doGenerate: () => Promise.resolve({ ...whole, finishReason: { unified: 'error', raw: 'error' } }) }))
  expect(await failureOf(() => model.generate(request))).toMatchObject({ code: 'MODEL_UNAVAILABLE' })
})

describe('the id', () => {
  test.each([
    ['openai.chat', 'openai:small'],
    ['google.generative-ai', 'google:small'],
    ['amazon-bedrock', 'amazon-bedrock:small'],
  ])('is of the provider %s and the model: %s', (provider, id) => {
    expect(fromAiSdk(doubleOf({ provider })).id).toBe(id)
  })

  test('may be given', () => {
    expect(fromAiSdk(doubleOf({}), { id: 'azure:gpt-4o-mini' }).id).toBe('azure:gpt-4o-mini')
  })
})

describe('an embedder', () => {
  const embeddingModel = (most: number | undefined) => ({
    specificationVersion: 'v4' as const,
    provider: 'acme.embedding',
    modelId: 'small',
    maxEmbeddingsPerCall: most,
    supportsParallelCalls: true,
    doEmbed: () => Promise.reject(new Error('not called')),
  })

  test.each([
    [undefined, {}, 64],
    [2048, {}, 2048],
    [96, { maxTexts: 32 }, 32],
    [96, { maxTexts: 500 }, 96],
  ])('takes as many texts at once as the model (%s), or the option %j, allows: %i', (most, options, maxTexts) => {
    expect(embedderFromAiSdk(embeddingModel(most), { dimensions: 8, ...options }).remote).toEqual({ maxTexts })
  })

  test.each([
    ['options', undefined],
    ['dimensions', {}],
    ['dimensions', { dimensions: -1 }],
    ['maxTexts', { dimensions: 8, maxTexts: 0 }],
    ['size', { dimensions: 8, size: 8 }],
  ])('checks %s: %j', (field, options) => {
    expectRefused(() => embedderFromAiSdk(embeddingModel(1), options as AiSdkEmbedderOptions), field)
  })
})

describe('options', () => {
  test.each([
    ['model', 'openai/gpt-4o-mini', {}],
    ['model', undefined, {}],
    ['model', { ...doubleOf({}), specificationVersion: 'v2' }, {}],
    ['id', doubleOf({}), { id: '' }],
    ['name', doubleOf({}), { name: planted.key }],
  ])('%s is checked', (field, model, options) => {
    expectRefused(() => fromAiSdk(model as LanguageModelV4, options as AiSdkModelOptions), field)
  })
})

function expectRefused(call: () => unknown, field: string): void {
  try {
    call()
  } catch (error) {
    expect(GraphMemError.is(error)).toBe(true)
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field })
    tellsNothing(error)
    return
  }
  throw new Error('it is not refused')
}

async function failureOf(call: () => Promise<unknown>): Promise<unknown> {
  return call().then(
    () => {
      throw new Error('it does not fail')
    },
    (error: unknown) => error,
  )
}
