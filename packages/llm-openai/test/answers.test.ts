import { type GenerateRequest, GraphMemError } from '@graphmem/core/spec'
import { openaiChatWire, type Reply } from '@graphmem/testkit'
import { describe, expect, it } from 'vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'
import { provider } from './with-provider.ts'

const request: GenerateRequest = { system: 'You read.', messages: [{ role: 'user', content: 'Who?' }], maxOutputTokens: 9 }

async function modelThatIsTold(reply: Reply) {
  const { url } = await provider(reply)
  return openaiModel({ model: 'llama3.2', baseURL: `${url}/v1` })
}

const whole = (body: unknown, status = 200): Reply => ({ status, pieces: [JSON.stringify(body)] })
const stream = (...events: readonly unknown[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  pieces: [': PROCESSING\n\n', ...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'],
})

describe('what servers do otherwise than OpenAI is understood:', () => {
  it.each<[string, string, Reply]>([
    ['a limit in a body of status 200', 'MODEL_LIMITED', whole({ error: { code: 429, message: 'slow down' } })],
    ['a failure in a body of status 200', 'MODEL_UNAVAILABLE', whole({ error: { code: 502, message: 'bad gateway' } })],
    [
      'a failure as the reason for the end',
      'MODEL_UNAVAILABLE',
      whole({ choices: [{ message: { content: 'a' }, finish_reason: 'error' }] }),
    ],
    ['nothing in place of a choice', 'MODEL_UNAVAILABLE', whole({ choices: [null] })],
    ['its filter before the model', 'MODEL_INPUT_REFUSED', whole({ error: { code: 'content_filter', message: 'no' } }, 400)],
    ['a quota that is used up', 'MODEL_LIMITED', whole({ error: { code: 'insufficient_quota', message: 'pay' } }, 429)],
  ])('%s', async (_, code, reply) => {
    await expect((await modelThatIsTold(reply)).generate(request)).rejects.toMatchObject({ code })
  })

  it.each<[string, string, Reply]>([
    ['a failure as a piece', 'MODEL_UNAVAILABLE', stream({ choices: [], error: { code: 502, message: 'gone' } })],
    ['a limit as a piece', 'MODEL_LIMITED', stream({ choices: [], error: { code: 429, message: 'slow down' } })],
    [
      'a failure as the reason for the end',
      'MODEL_UNAVAILABLE',
      stream({ choices: [{ delta: { content: 'a' }, finish_reason: 'error' }] }),
    ],
    ['nothing in place of a piece, and of a choice', 'MODEL_UNAVAILABLE', stream(null, { choices: [null] })],
    ['an answer that is not streamed', 'MODEL_UNAVAILABLE', whole({ choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] })],
  ])('in a stream, %s', async (_, code, reply) => {
    const model = await modelThatIsTold(reply)
    await expect(model.generate(request, { onText: () => undefined })).rejects.toMatchObject({ code })
  })

  it('an answer without a reason for its end, a refusal, or a count', async () => {
    const model = await modelThatIsTold(whole({ choices: [{ message: { content: 'Zoë' } }] }))
    expect(await model.generate(request)).toEqual({ text: 'Zoë', finish: 'complete', usage: undefined })
  })

  it('a stream with empty reasons, without roles, and with thoughts beside the text', async () => {
    const piece = (delta: object, finish_reason: string | null = '') => ({ choices: [{ index: 0, delta, finish_reason }] })
    const model = await modelThatIsTold(
      stream(piece({ reasoning_content: 'Who is it?' }), piece({ content: 'Zoë' }), { choices: null }, piece({ content: null }, 'length')),
    )
    const pieces: string[] = []
    expect(await model.generate(request, { onText: (text) => pieces.push(text) })).toEqual({
      text: 'Zoë',
      finish: 'length',
      usage: undefined,
    })
    expect(pieces).toEqual(['Zoë'])
  })
})

it.each([[[null]], [[{ index: 7, embedding: [1, 0] }]], [[{ index: 0 }]]])(
  'vectors that are none, or of no text, are refused: %j',
  async (data) => {
    const { url } = await provider(whole({ data }))
    const embedder = openaiEmbedder({ model: 'nomic', baseURL: `${url}/v1`, dimensions: 2 })
    await expect(embedder.embed(['text'])).rejects.toMatchObject({ code: 'ADAPTER_INVALID' })
  },
)

it('what the one who takes the pieces throws is the error of the call, as it is', async () => {
  const answer = openaiChatWire.answer({
    text: 'One two three',
    finish: 'complete',
    usage: undefined,
    streamed: true,
    schemaName: undefined,
  })
  const model = await modelThatIsTold(answer)
  const thrown = new Error('enough')
  const onText = () => {
    throw thrown
  }
  const error = await model.generate(request, { onText }).catch((reason: unknown) => reason)
  expect(error).toBe(thrown)
  expect(GraphMemError.is(error)).toBe(false)
})
