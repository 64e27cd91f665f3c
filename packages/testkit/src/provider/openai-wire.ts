import type { RecordedRequest, WireReply } from './provider-double.ts'
import type { EmbedderWire, FailureWire, ModelWire, WireAnswer, WireFailure } from './provider-wire.ts'

// As documented in OpenAI's API reference: "Create chat completion", "Streaming events" of it, "Create embeddings", and the guide "Error codes".

/** What is read from a request's body; what is not there is `undefined`. */
interface ChatBody {
  readonly model?: string
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  readonly response_format?: {
    readonly type: string
    readonly json_schema?: { readonly name: string; readonly strict: boolean; readonly schema: unknown }
  }
  readonly max_completion_tokens?: number
  readonly max_tokens?: number
  readonly stream?: boolean
}

const failures: Readonly<
  Record<WireFailure, { readonly status: number; readonly type: string; readonly code: string | null; readonly param?: string }>
> = {
  limited: { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  denied: { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' },
  forbidden: { status: 403, type: 'invalid_request_error', code: 'model_not_allowed' },
  unknown: { status: 404, type: 'invalid_request_error', code: 'model_not_found' },
  invalid: { status: 400, type: 'invalid_request_error', code: null, param: 'messages' },
  'too-long': { status: 400, type: 'invalid_request_error', code: 'context_length_exceeded', param: 'messages' },
  failed: { status: 500, type: 'server_error', code: null },
  overloaded: { status: 503, type: 'server_error', code: null },
}

const failureWire: FailureWire = {
  failure(failure, told) {
    const { status, type, code, param = null } = failures[failure]
    return json(status, { error: { message: told, type, param, code } })
  },
}

/** The wire format of OpenAI's chat completions, which many others speak as well. */
export const openaiChatWire: ModelWire = {
  ...failureWire,
  counts: ['cachedInputTokens'],
  answer(answer) {
    return answer.streamed
      ? stream(streamOf(answer))
      : json(200, completion({ role: 'assistant', content: answer.text, refusal: null }, answer))
  },
  refusals(streamed) {
    const usage = { inputTokens: 5, outputTokens: 5 }
    const refusal = 'I cannot help with that.'
    if (streamed) {
      return [
        stream([chunk({ role: 'assistant', content: null }), chunk({ refusal }), chunk({}, 'stop'), counted(usage)]),
        stream([chunk({ role: 'assistant', content: '' }), chunk({ content: 'Well, ' }), chunk({}, 'content_filter'), counted(usage)]),
      ]
    }
    return [
      json(200, completion({ role: 'assistant', content: null, refusal }, { finish: 'stop', usage })),
      json(200, completion({ role: 'assistant', content: 'Well, ', refusal: null }, { finish: 'content_filter', usage })),
    ]
  },
  failureInStream(text, told) {
    return stream([
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: text }),
      { error: { message: told, type: 'server_error', param: null, code: null } },
    ])
  },
  /** As of a model that is older than forms. */
  schemaRefusal(told) {
    const message = `Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. ${told}`
    return json(400, { error: { message, type: 'invalid_request_error', param: null, code: null } })
  },
  read({ body, headers }) {
    const { model = '', messages, response_format: format, max_completion_tokens, max_tokens, stream: streamed = false } = body as ChatBody
    const [system, ...rest] = messages
    if (system?.role !== 'system') throw new Error('the first message is the system text')
    return {
      model,
      key: keyOf(headers),
      system: system.content,
      messages: rest.map(({ role, content }) => {
        if (role === 'system') throw new Error('one message is the system text')
        return { role, content }
      }),
      schema: format?.json_schema && { name: format.json_schema.name, json: format.json_schema.schema },
      maxOutputTokens: max_completion_tokens ?? max_tokens,
      streamed,
    }
  },
}

/** The wire format of OpenAI's embeddings, which many others speak as well. */
export const openaiEmbeddingsWire: EmbedderWire = {
  ...failureWire,
  vectors: (vectors, inputTokens) => embeddings(vectors.map(entry), inputTokens),
  backwards: (vectors) => embeddings(vectors.map(entry).toReversed(), 5),
  base64: (vectors) => embeddings(vectors.map((vector) => Buffer.from(Float32Array.from(vector).buffer).toString('base64')).map(entry), 5),
  read({ body, headers }) {
    const {
      model = '',
      input,
      encoding_format: encoding,
    } = body as { readonly model?: string; readonly input: readonly string[]; readonly encoding_format?: string }
    if (encoding !== 'float') throw new Error('floats are asked for')
    return { model, key: keyOf(headers), texts: input }
  },
}

function keyOf(headers: RecordedRequest['headers']): string | undefined {
  const azure = headers['api-key']
  return typeof azure === 'string' ? azure : headers.authorization?.replace(/^Bearer /, '')
}

function json(status: number, body: unknown): WireReply {
  return { status, pieces: [JSON.stringify(body)] }
}

function stream(events: readonly unknown[]): WireReply {
  const pieces = [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`)
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, pieces }
}

type Counted = WireAnswer['usage']

const made = {
  id: 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
  created: 1741569952,
  model: 'gpt-4o-mini-2024-07-18',
  system_fingerprint: 'fp_b376dfbbd5',
}

function completion(message: object, { finish, usage }: { readonly finish: string; readonly usage: Counted }): unknown {
  const choice = {
    index: 0,
    message: { ...message, annotations: [] },
    logprobs: null,
    finish_reason: finish === 'complete' ? 'stop' : finish,
  }
  return { ...made, object: 'chat.completion', choices: [choice], ...(usage && { usage: usageOf(usage) }), service_tier: 'default' }
}

/** A role, a word at a time, the reason for the end, and what it took. */
function streamOf({ text, finish, usage }: WireAnswer): readonly unknown[] {
  const words = text.match(/\S+\s*|\s+/g) ?? []
  const end = chunk({}, finish === 'complete' ? 'stop' : finish)
  return [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...words.map((content) => chunk({ content })),
    end,
    ...(usage ? [counted(usage)] : []),
  ]
}

function chunk(delta: object, finish: string | null = null): unknown {
  return { ...made, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null }
}

function counted(usage: NonNullable<Counted>): unknown {
  return { ...made, object: 'chat.completion.chunk', choices: [], usage: usageOf(usage) }
}

function usageOf({ inputTokens, cachedInputTokens = 0, outputTokens }: NonNullable<Counted>): unknown {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedInputTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  }
}

function entry(embedding: unknown, index: number): unknown {
  return { object: 'embedding', index, embedding }
}

function embeddings(data: readonly unknown[], inputTokens: number | undefined): WireReply {
  const usage = inputTokens !== undefined && { usage: { prompt_tokens: inputTokens, total_tokens: inputTokens } }
  return json(200, { object: 'list', data, model: 'text-embedding-3-small', ...usage })
}
