import { type GenerateRequest, GraphMemError, type LanguageModel } from '@graphmem/core/spec'
import { type ProviderDouble, planted, type Reply, startProviderDouble } from '@graphmem/testkit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type AnthropicModelOptions, anthropicModel } from '../src/index.ts'
import { eventsOf, json, type MessagesBody, messageOf, messagesWire, stream } from './wire.ts'

let provider: ProviderDouble
let model: LanguageModel

beforeEach(async () => {
  provider = await startProviderDouble()
  model = modelWith({})
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await provider[Symbol.asyncDispose]()
})

const usage = { inputTokens: 9, outputTokens: 4 }
const request: GenerateRequest = { system: 'You read texts.', messages: [{ role: 'user', content: 'Who is Zoë?' }], maxOutputTokens: 50 }
const schema = {
  name: 'people',
  json: {
    type: 'object',
    properties: { names: { type: 'array', items: { type: 'string' } } },
    required: ['names'],
    additionalProperties: false,
  },
}
const underSchema = { ...request, schema }
const text = '{"names":["Zoë","Łukasz"]}'
const ephemeral = { type: 'ephemeral' }

function modelWith(options: Partial<AnthropicModelOptions>): LanguageModel {
  return anthropicModel({ model: 'claude-haiku-5-5', apiKey: planted.key, baseURL: provider.url, ...options })
}

function sent(place = -1): MessagesBody {
  return provider.requests.at(place)?.body as MessagesBody
}

/** What the server says to a schema that is asked for as a format, and then as a tool. */
const [formatRefused, toolRefused] = [messagesWire.schemaRefusal?.('') ?? []].flat() as [Reply, Reply]

/** Uses up the way that is tried first. */
async function refuseFormat(): Promise<void> {
  provider.reply(formatRefused)
  await expect(model.generate(underSchema)).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED' })
}

test('the system text is marked for the cache', async () => {
  provider.reply(json(200, messageOf({ text: 'Zoë', usage })))
  await model.generate(request)
  expect(sent().system).toEqual([{ type: 'text', text: request.system, cache_control: ephemeral }])
  expect(sent()).not.toHaveProperty('output_config')
})

test('no system text is sent where there is none: an empty one cannot be cached', async () => {
  provider.reply(json(200, messageOf({ text: 'Zoë', usage })))
  await model.generate({ ...request, system: '' })
  expect(sent()).not.toHaveProperty('system')
})

test('a schema is the format of the answer, and no tool', async () => {
  provider.reply(json(200, messageOf({ text, usage })))
  await model.generate(underSchema)
  expect(sent().output_config).toEqual({ format: { type: 'json_schema', schema: schema.json } })
  expect(sent()).not.toHaveProperty('tools')
})

describe('where a schema is not taken as the format', () => {
  beforeEach(refuseFormat)

  test('it is a tool that is forced, marked for the cache', async () => {
    provider.reply(json(200, messageOf({ text, usage, tool: 'people' })))
    expect(await model.generate(underSchema)).toMatchObject({ text, finish: 'complete' })
    expect(sent().tools).toEqual([{ name: 'people', input_schema: schema.json, cache_control: ephemeral }])
    expect(sent().tool_choice).toEqual({ type: 'tool', name: 'people', disable_parallel_tool_use: true })
    expect(sent()).not.toHaveProperty('output_config')
  })

  test('what the tool is called with is streamed', async () => {
    provider.reply(stream(eventsOf({ text: '{"names": ["Zoë", "Łukasz"]}', usage, tool: 'people' })))
    const pieces: string[] = []
    const generation = await model.generate(underSchema, { onText: (piece) => pieces.push(piece) })
    expect(generation).toEqual({
      text: '{"names": ["Zoë", "Łukasz"]}',
      finish: 'complete',
      usage: { ...usage, cachedInputTokens: 0, cacheWriteTokens: 0 },
    })
    expect(pieces).toEqual(['{"names": ', '["Zoë", ', '"Łukasz"]}'])
  })

  test('a call of the tool that the limit cuts off is told as such', async () => {
    provider.reply(stream(eventsOf({ text: '{"names": ["Zo', usage, tool: 'people', finish: 'length' })))
    expect(await model.generate(underSchema, { onText: () => undefined })).toMatchObject({ text: '{"names": ["Zo', finish: 'length' })
  })

  test('a server that answers in words, though a tool is forced, is heard', async () => {
    provider.reply(json(200, messageOf({ text, usage })))
    expect((await model.generate(underSchema)).text).toBe(text)
  })

  test('a request that is refused for something else is told as such', async () => {
    provider.reply(messagesWire.failure('invalid', 'max_tokens: 50 > 8, which is the maximum'))
    await expect(model.generate(underSchema)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED' })
  })
})

test('calls that are made at once, and refused at once, give up one way and not two', async () => {
  provider.reply(formatRefused)
  const refused = await Promise.allSettled([model.generate(underSchema), model.generate(underSchema)])
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  provider.reply(json(200, messageOf({ text, usage, tool: 'people' })))
  await model.generate(underSchema)
  expect(sent().tools).toHaveLength(1)
})

test('an effort is sent beside the format, and without one', async () => {
  provider.reply(json(200, messageOf({ text, usage })))
  model = modelWith({ effort: 'low' })
  await model.generate(request)
  expect(sent().output_config).toEqual({ effort: 'low' })
  await model.generate(underSchema)
  expect(sent().output_config).toMatchObject({ effort: 'low', format: { type: 'json_schema' } })
})

test('an answer that fills the context is cut off', async () => {
  provider.reply(json(200, messageOf({ text, usage, stopReason: 'model_context_window_exceeded' })))
  expect((await model.generate(request)).finish).toBe('length')
})

test('a failure in a stream is told by its type', async () => {
  const begun = eventsOf({ text: 'Zoë', usage }).slice(0, 6)
  provider.reply(stream([...begun, { type: 'error', error: { type: 'rate_limit_error', message: planted.told } }]))
  await expect(model.generate(request, { onText: () => undefined })).rejects.toMatchObject({ code: 'MODEL_LIMITED', retryable: true })
})

test('what onText throws is thrown as it is, and closes the connection', async () => {
  provider.reply({ ...stream(eventsOf({ text: 'Zoë is an engineer', usage }).slice(0, 7)), ending: 'stall' })
  const reason = new Error('enough')
  const calling = model.generate(request, {
    onText() {
      throw reason
    },
  })
  await expect(calling).rejects.toBe(reason)
  await provider.abandoned
})

test('nothing is printed, whatever a stream holds', async () => {
  const printed = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) => vi.spyOn(console, name))
  provider.reply({ ...stream([]), pieces: [`event: message_start\ndata: {"type": "message_start", ${planted.told}\n\n`] })
  await expect(model.generate(request, { onText: () => undefined })).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
  for (const spy of printed) expect(spy).not.toHaveBeenCalled()
})

test('nothing of the environment is sent, and nothing goes where it says', async () => {
  vi.stubEnv('ANTHROPIC_API_KEY', 'of-the-environment')
  vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'of-the-environment')
  vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1')
  vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'authorization: of-the-environment\nx-other: of-the-environment')
  vi.stubEnv('ANTHROPIC_LOG', 'debug')
  const printed = vi.spyOn(console, 'debug')
  provider.reply(json(200, messageOf({ text, usage })))
  await modelWith({}).generate(request)
  const headers = provider.requests[0]?.headers
  expect(JSON.stringify(headers)).not.toContain('of-the-environment')
  expect(headers).toMatchObject({ authorization: `Bearer ${planted.key}`, 'anthropic-version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  expect(printed).not.toHaveBeenCalled()
})

test('a redirect is not followed: the key and the text are for one server', async () => {
  const other = await startProviderDouble()
  provider.reply({ status: 307, headers: { location: `${other.url}/v1/messages` }, pieces: [] })
  await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED' })
  expect(other.requests).toEqual([])
  await other[Symbol.asyncDispose]()
})

describe('options', () => {
  const good = { model: 'claude-haiku-5-5', apiKey: planted.key }

  test.each([
    ['options', undefined],
    ['model', { ...good, model: '' }],
    ['model', { ...good, model: 'two words' }],
    ['apiKey', { model: good.model }],
    ['apiKey', { ...good, apiKey: '' }],
    ['apiKey', { ...good, apiKey: `${planted.key}\n` }],
    ['baseURL', { ...good, baseURL: planted.key }],
    ['baseURL', { ...good, baseURL: `ftp://${planted.key}` }],
    ['baseURL', { ...good, baseURL: `https://user:${planted.key}@host` }],
    ['effort', { ...good, effort: 'much' }],
    ['apikey', { ...good, apikey: planted.key }],
  ])('%s is checked: %j', (field, options) => {
    const error = failureOf(() => anthropicModel(options as AnthropicModelOptions))
    expect(GraphMemError.is(error)).toBe(true)
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field })
    expect(String(error)).not.toContain(planted.key)
  })
})

test('the tool is refused in its turn, and the schema is left out', async () => {
  await refuseFormat()
  provider.reply(toolRefused)
  await expect(model.generate(underSchema)).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED' })
  provider.reply(toolRefused)
  await expect(model.generate(underSchema)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED' })
})

function failureOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('it does not fail')
}
