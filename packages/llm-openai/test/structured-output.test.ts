import type { GenerateRequest } from '@graphmem/core/spec'
import { openaiChatWire, type WireReply } from '@graphmem/testkit'
import { describe, expect, it } from 'vitest'
import { openaiModel, type StructuredOutput } from '../src/index.ts'
import { provider } from './with-provider.ts'

const json = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false }
const request: GenerateRequest = {
  system: 'Answer in JSON.',
  messages: [{ role: 'user', content: 'Who?' }],
  schema: { name: 'person', json },
  maxOutputTokens: 9,
}

const answer = openaiChatWire.answer({ text: '{}', finish: 'complete', usage: undefined, streamed: false, schemaName: undefined })
const failing = (status: number, body: unknown): WireReply => ({ status, pieces: [JSON.stringify(body)] })
const refusal = failing(400, { error: { message: "Invalid parameter: 'response_format'", param: 'response_format' } })

/** What each of the requests asked for. */
function asked(requests: readonly { readonly body: unknown }[]): readonly unknown[] {
  return requests.map(({ body }) => (body as { readonly response_format?: { readonly type: string } }).response_format?.type)
}

async function setting(replies: readonly WireReply[], structuredOutput?: StructuredOutput) {
  const { url, requests } = await provider(...replies)
  const model = openaiModel({ model: 'llama3.2', baseURL: `${url}/v1`, ...(structuredOutput && { structuredOutput }) })
  return { model, requests }
}

describe('an answer of a form', () => {
  it('is asked for strictly', async () => {
    const { model, requests } = await setting([answer])
    await model.generate(request)
    expect(requests[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: json } },
    })
  })

  it('is asked for with less where the server takes no form, a step a call, and that is remembered', async () => {
    const { model, requests } = await setting([refusal, refusal, answer])
    for (let time = 0; time < 2; time += 1)
      await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED', retryable: true })
    await model.generate(request)
    await model.generate(request)
    expect(asked(requests)).toEqual(['json_schema', 'json_object', undefined, undefined])
  })

  it('goes one step down, not two, where calls that are made at once are refused', async () => {
    const { model, requests } = await setting([refusal, refusal, refusal, answer])
    await Promise.allSettled([model.generate(request), model.generate(request), model.generate(request)])
    await model.generate(request)
    expect(asked(requests)).toEqual(['json_schema', 'json_schema', 'json_schema', 'json_object'])
  })

  it.each<[StructuredOutput, string | undefined]>([
    ['json_schema', 'json_schema'],
    ['json_object', 'json_object'],
    ['none', undefined],
  ])('is asked for by %s where that is set', async (structuredOutput, type) => {
    const { model, requests } = await setting([answer], structuredOutput)
    await model.generate(request)
    expect(asked(requests)).toEqual([type])
  })

  it.each<StructuredOutput>(['json_schema', 'json_object', 'none'])('is asked for with nothing less where %s is set', async (set) => {
    const { model, requests } = await setting([refusal], set)
    await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED', retryable: false })
    await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_INPUT_REFUSED' })
    expect(new Set(asked(requests)).size).toBe(1)
  })
})

describe('a server takes no form where it says so as does', () => {
  it.each<[string, WireReply]>([
    [
      'llama-cpp-python',
      failing(500, { error: { message: "[{'loc': ('body', 'response_format', 'type')}]", type: 'Internal Server Error' } }),
    ],
    [
      'an older llama.cpp',
      failing(500, { error: { code: 500, message: 'response_format type must be one of "text"', type: 'server_error' } }),
    ],
    ['DeepSeek', failing(400, { error: { message: 'This response_format type is unavailable now', code: 'invalid_request_error' } })],
    ['Groq', failing(400, { error: { message: 'The model only supports response formats: [json text].' } })],
    [
      'Groq, of an answer that did not keep to it',
      failing(400, { error: { message: 'Failed to generate JSON.', code: 'json_validate_failed' } }),
    ],
    ['xAI', failing(400, { code: 'invalid argument', error: 'The response_format parameter is unsupported at the moment.' })],
    ['LM Studio', failing(400, { error: "'response_format.type' must be 'json_schema' or 'text'" })],
    ['vLLM', failing(400, { object: 'error', message: 'structured outputs are not supported', type: 'BadRequestError', code: 400 })],
    ['FastAPI', failing(422, { detail: [{ loc: ['body', 'response_format', 'type'], msg: 'unexpected value' }] })],
  ])('%s', async (_, reply) => {
    const { model } = await setting([reply])
    await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED' })
    await expect(model.generate(request, { onText: () => undefined })).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED' })
  })

  it.each<[string, string, WireReply]>([
    [
      'a text that is too long',
      'MODEL_INPUT_REFUSED',
      openaiChatWire.failure('too-long', '9 tokens in the messages, 4 in response_format'),
    ],
    ['a failure', 'MODEL_UNAVAILABLE', failing(500, { error: { message: 'out of memory' } })],
    ['too many requests', 'MODEL_LIMITED', failing(429, { error: { message: 'too many for json_schema' } })],
    ['a model that there is not', 'MODEL_UNKNOWN', failing(404, { error: { message: 'no model takes response_format' } })],
  ])('but not by %s', async (_, code, reply) => {
    const { model, requests } = await setting([reply])
    await expect(model.generate(request)).rejects.toMatchObject({ code })
    await expect(model.generate(request)).rejects.toMatchObject({ code })
    expect(asked(requests)).toEqual(['json_schema', 'json_schema'])
  })
})
