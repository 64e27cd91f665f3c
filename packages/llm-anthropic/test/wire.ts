import type { ModelUsage } from '@graphmem/core/spec'
import type { ModelWire, WireAnswer, WireFailure, WireReply } from '@graphmem/testkit'

// As documented in Anthropic's API reference: "Create a Message", "Streaming Messages", "Structured outputs", "Prompt caching" and "Errors".

interface Block {
  readonly type: string
  readonly text: string
  readonly cache_control?: unknown
}

/** What is read from a request's body. */
export interface MessagesBody {
  readonly model: string
  readonly max_tokens: number
  readonly system?: readonly Block[]
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[]
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly type: string; readonly schema: unknown } }
  readonly tools?: readonly { readonly name: string; readonly input_schema: unknown; readonly cache_control?: unknown }[]
  readonly tool_choice?: { readonly type: string; readonly name: string; readonly disable_parallel_tool_use?: boolean }
  readonly stream?: boolean
}

const failures: Readonly<Record<WireFailure, readonly [status: number, type: string]>> = {
  limited: [429, 'rate_limit_error'],
  denied: [401, 'authentication_error'],
  forbidden: [403, 'permission_error'],
  unknown: [404, 'not_found_error'],
  invalid: [400, 'invalid_request_error'],
  'too-long': [413, 'request_too_large'],
  failed: [500, 'api_error'],
  overloaded: [529, 'overloaded_error'],
}

/** The wire format of the Messages API, of version 2026-10-21. */
export const messagesWire: ModelWire = {
  counts: ['cachedInputTokens', 'cacheWriteTokens'],
  failure(failure, told) {
    const [status, type] = failures[failure]
    return errorReply(status, type, told)
  },
  answer: ({ streamed, ...answer }) => (streamed ? stream(eventsOf(answer)) : json(200, messageOf(answer))),
  refusals(streamed) {
    const refused = { text: '', stopReason: 'refusal', usage: { inputTokens: 5, outputTokens: 1 } }
    return [streamed ? stream(eventsOf(refused)) : json(200, messageOf(refused))]
  },
  failureInStream(text, told) {
    const begun = eventsOf({ text, usage: { inputTokens: 5, outputTokens: 5 } }).filter(({ type }) => !/stop|message_delta/.test(type))
    return stream([...begun, { type: 'error', error: { type: 'overloaded_error', message: told } }])
  },
  schemaRefusal: (told) => [
    errorReply(400, 'invalid_request_error', `output_config.format.schema: Invalid schema: The compiled grammar is too large. ${told}`),
    errorReply(400, 'invalid_request_error', `tool_choice: type "tool" and "any" are not supported for this model. ${told}`),
  ],
  read({ path, headers, body }) {
    if (path !== '/v1/messages') throw new Error(`there is nothing at ${path}`)
    const { model, max_tokens, system, messages, output_config, tools, stream: streamed = false } = body as MessagesBody
    const [tool] = tools ?? []
    const schema = tool ? { name: tool.name, json: tool.input_schema } : output_config?.format && { json: output_config.format.schema }
    return {
      model,
      key: headers.authorization?.replace(/^Bearer /, ''),
      system: system?.map(({ text }) => text).join('') ?? '',
      messages,
      schema,
      maxOutputTokens: max_tokens,
      streamed,
    }
  },
}

type Answer = Pick<WireAnswer, 'text' | 'usage'> & {
  readonly finish?: WireAnswer['finish']
  readonly stopReason?: string
  /** Given, the answer is what the tool of that name is called with. */
  readonly tool?: string | undefined
}

/** Models think before they answer, and leave a block of that which is empty. */
export function messageOf({ text, usage, tool, ...end }: Answer): unknown {
  const answer =
    tool === undefined ? { type: 'text', text, citations: null } : { type: 'tool_use', id: 'toolu_01', name: tool, input: JSON.parse(text) }
  return {
    ...emptyMessage,
    content: [{ type: 'thinking', thinking: '', signature: 'EqQBCgIYAhIM' }, ...(text === '' ? [] : [answer])],
    stop_reason: stopReason({ tool, ...end }),
    usage: usage && countsOf(usage),
  }
}

/** An event of a stream. */
export interface StreamEvent {
  readonly type: string
  readonly [field: string]: unknown
}

export function eventsOf({ text, usage, tool, ...end }: Answer): readonly StreamEvent[] {
  const block = tool === undefined ? { type: 'text', text: '' } : { type: 'tool_use', id: 'toolu_01', name: tool, input: {} }
  const deltas = (tool === undefined ? piecesOf(text) : ['', ...piecesOf(text)]).map((piece) =>
    tool === undefined ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece },
  )
  return [
    { type: 'message_start', message: { ...emptyMessage, usage: usage && { ...countsOf(usage), output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'ping' },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'EqQBCgIYAhIM' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index: 1, delta })),
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason({ tool, ...end }), stop_sequence: null },
      usage: usage && {
        input_tokens: null,
        output_tokens: usage.outputTokens,
        cache_read_input_tokens: null,
        cache_creation_input_tokens: null,
      },
    },
    { type: 'message_stop' },
  ]
}

const emptyMessage = {
  id: 'msg_01',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-5-5',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  stop_details: null,
}

function stopReason({ tool, finish = 'complete', stopReason: given }: Partial<Answer>): string {
  return given ?? (finish === 'length' ? 'max_tokens' : tool === undefined ? 'end_turn' : 'tool_use')
}

/** The API counts what was read from the cache, and what was written to it, apart from the rest. */
function countsOf({ inputTokens, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens }: ModelUsage): object {
  return {
    input_tokens: inputTokens - cachedInputTokens - cacheWriteTokens,
    cache_read_input_tokens: cachedInputTokens,
    cache_creation_input_tokens: cacheWriteTokens,
    output_tokens: outputTokens,
    service_tier: 'standard',
  }
}

function piecesOf(text: string): readonly string[] {
  return text.match(/[^ ]* ?/g)?.filter((piece) => piece !== '') ?? []
}

export function stream(events: readonly StreamEvent[]): WireReply {
  const pieces = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, pieces }
}

export function json(status: number, body: unknown): WireReply {
  return { status, pieces: [JSON.stringify(body)] }
}

function errorReply(status: number, type: string, message: string): WireReply {
  return json(status, { type: 'error', error: { type, message }, request_id: 'req_01' })
}
