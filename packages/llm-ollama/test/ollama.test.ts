import { type GenerateRequest, GraphMemError } from '@graphmem/core/spec'
import { type ProviderDouble, planted, startProviderDouble, tellsNothing } from '@graphmem/testkit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OllamaEmbedderOptions, type OllamaModelOptions, ollamaEmbedder, ollamaModel } from '../src/index.ts'
import { type ChatBody, chatWire, embedWire, json, last, lines, part, said } from './wire.ts'

let provider: ProviderDouble

beforeEach(async () => {
  provider = await startProviderDouble()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await provider[Symbol.asyncDispose]()
})

const usage = { inputTokens: 9, outputTokens: 4 }
const request: GenerateRequest = { system: 'You read texts.', messages: [{ role: 'user', content: 'Who is Zoë?' }], maxOutputTokens: 50 }
const answer = json(200, { ...last({ finish: 'complete', usage }), message: said('An engineer.') })
const streamed = { onText: () => undefined }

const modelWith = (options: Partial<OllamaModelOptions> = {}) => ollamaModel({ model: 'llama3.2', url: provider.url, ...options })
const sent = () => provider.requests.at(-1)?.body as ChatBody

test('a model is asked for what is most likely, and refuses a prompt that is too long instead of dropping its beginning', async () => {
  provider.reply(answer)
  await modelWith().generate(request)
  expect(sent()).toMatchObject({ options: { temperature: 0, num_predict: 50 }, truncate: false, shift: false })
  expect(sent()).not.toHaveProperty('keep_alive')
  expect(sent()).not.toHaveProperty('think')
})

test('the options of the model, how long it stays, and whether it thinks are sent', async () => {
  provider.reply(answer)
  await modelWith({ options: { num_ctx: 8192, temperature: 0.5 }, keepAlive: '10m', think: false }).generate(request)
  expect(sent()).toMatchObject({ options: { num_ctx: 8192, temperature: 0.5, num_predict: 50 }, keep_alive: '10m', think: false })
})

test('an embedder says how long its model stays', async () => {
  provider.reply(embedWire.vectors([[1, 0]], 3))
  await ollamaEmbedder({ model: 'nomic-embed-text', url: provider.url, dimensions: 2, keepAlive: 0 }).embed(['Zoë'])
  expect(sent()).toMatchObject({ keep_alive: 0 })
})

test('what a model thinks is not part of its answer', async () => {
  const thought = { role: 'assistant', content: '', thinking: 'Zoë? Let me see.' }
  provider.reply(
    lines([
      { model: 'qwen3', message: thought, done: false },
      part('An engineer.'),
      { ...last({ finish: 'complete', usage }), message: said('') },
    ]),
  )
  expect((await modelWith().generate(request, streamed)).text).toBe('An engineer.')
})

test('counts that the server leaves out beside others are 0', async () => {
  provider.reply(json(200, { done: true, done_reason: 'stop', message: said(''), prompt_eval_count: 9 }))
  expect((await modelWith().generate(request)).usage).toEqual({ inputTokens: 9, outputTokens: 0 })
})

describe('what to do', () => {
  test('a model that is not there is pulled', async () => {
    provider.reply(chatWire.failure('unknown', 'model "llama3.2" not found, try pulling it first'))
    await expect(modelWith().generate(request)).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: expect.stringContaining('ollama pull llama3.2'),
    })
  })

  test('an embedding model that is not there is pulled', async () => {
    provider.reply(embedWire.failure('unknown', 'model "nomic-embed-text" not found, try pulling it first'))
    const embedder = ollamaEmbedder({ model: 'nomic-embed-text', url: provider.url, dimensions: 2 })
    await expect(embedder.embed(['Zoë'])).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: expect.stringContaining('ollama pull nomic-embed-text'),
    })
  })

  test('a server that is not there is started', async () => {
    await provider[Symbol.asyncDispose]()
    await expect(modelWith().generate(request)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('ollama serve'),
    })
  })
})

test('what onText throws is thrown as it is, and closes the connection', async () => {
  provider.reply({ ...lines([part('Zoë '), part('is ')]), ending: 'stall' })
  const reason = new Error('enough')
  const calling = modelWith().generate(request, {
    onText() {
      throw reason
    },
  })
  await expect(calling).rejects.toBe(reason)
  await provider.abandoned
})

test.each([
  ['a line that is no JSON', [`{"message": {"content": "${planted.told}\n`]],
  ['a last line that is not whole', [`${JSON.stringify(part('Zoë'))}\n`, `{"message": {"content": "${planted.told}`]],
  ['a page', [`<html>${planted.told}</html>`]],
])('nothing is printed, and nothing told, of %s in a stream', async (_, pieces) => {
  const printed = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) => vi.spyOn(console, name))
  provider.reply({ status: 200, headers: { 'content-type': 'application/x-ndjson' }, pieces })
  const error = await modelWith()
    .generate(request, streamed)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE' })
  tellsNothing(error)
  for (const spy of printed) expect(spy).not.toHaveBeenCalled()
})

test('a redirect is not followed: the text is for one server', async () => {
  const other = await startProviderDouble()
  provider.reply({ status: 307, headers: { location: `${other.url}/api/chat` }, pieces: [] })
  await expect(modelWith().generate(request)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED' })
  expect(other.requests).toEqual([])
  await other[Symbol.asyncDispose]()
})

describe('options', () => {
  const model = 'llama3.2'

  test.each([
    ['options', undefined],
    ['model', { url: 'http://127.0.0.1:11434' }],
    ['model', { model: 'two words' }],
    ['url', { model, url: planted.key }],
    ['url', { model, url: `http://user:${planted.key}@127.0.0.1` }],
    ['apiKey', { model, apiKey: `${planted.key}\n` }],
    ['apiKey', { model, url: 'https://ollama.com' }],
    ['keepAlive', { model, keepAlive: '' }],
    ['keepAlive', { model, keepAlive: Number.NaN }],
    ['options', { model, options: [] }],
    ['options', { model, options: { num_predict: 5 } }],
    ['think', { model, think: 'hard' }],
    ['host', { model, host: planted.key }],
  ])('%s of a model is checked: %j', (field, options) => {
    expectRefused(() => ollamaModel(options as OllamaModelOptions), field)
  })

  test.each([
    ['dimensions', { model }],
    ['dimensions', { model, dimensions: 0 }],
    ['maxTexts', { model, dimensions: 8, maxTexts: 1.5 }],
    ['think', { model, dimensions: 8, think: false }],
  ])('%s of an embedder is checked: %j', (field, options) => {
    expectRefused(() => ollamaEmbedder(options as OllamaEmbedderOptions), field)
  })

  test('a key of the environment is not for a server that was given none', () => {
    vi.stubEnv('OLLAMA_API_KEY', planted.key)
    expectRefused(() => ollamaModel({ model, url: 'https://ollama.com' }), 'apiKey')
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
