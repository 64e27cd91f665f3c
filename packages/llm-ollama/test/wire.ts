import type { ModelUsage } from '@graphmem/core/spec'
import type { EmbedderWire, FailureWire, ModelWire, RecordedRequest, WireAnswer, WireFailure, WireReply } from '@graphmem/testkit'

// As documented in Ollama's API reference: "Generate a chat message", "Generate embeddings", "Streaming" and "Errors".

export interface ChatBody {
  readonly model: string
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  readonly stream: boolean
  readonly format?: unknown
  readonly think?: unknown
  readonly keep_alive?: unknown
  readonly truncate?: boolean
  readonly shift?: boolean
  readonly options: Readonly<Record<string, unknown>>
}

const statusOf: Readonly<Record<WireFailure, number>> = {
  limited: 429,
  denied: 401,
  forbidden: 403,
  unknown: 404,
  invalid: 400,
  'too-long': 400,
  failed: 500,
  overloaded: 503,
}

const failureWire: FailureWire = { failure: (failure, told) => json(statusOf[failure], { error: told }) }

/** The wire format of `/api/chat`. */
export const chatWire: ModelWire = {
  ...failureWire,
  counts: [],
  answer: ({ streamed, ...answer }) => (streamed ? lines(partsOf(answer)) : json(200, { ...last(answer), message: said(answer.text) })),
  refusals: () => [],
  failureInStream: (text, told) => lines([part(text), { error: told }]),
  schemaRefusal: (told) => json(500, { error: `invalid JSON schema in format ${told}` }),
  read(request) {
    const { model, messages, stream, format, options } = bodyOf<ChatBody>(request, '/api/chat')
    const [system, ...rest] = messages
    if (system?.role !== 'system') throw new Error('the first message is the system text')
    return {
      model,
      key: keyOf(request),
      system: system.content,
      messages: rest.map(({ role, content }) => {
        if (role === 'system') throw new Error('one message is the system text')
        return { role, content }
      }),
      schema: format === undefined ? undefined : { json: format },
      maxOutputTokens: Number(options['num_predict']),
      streamed: stream,
    }
  },
}

/** The wire format of `/api/embed`. */
export const embedWire: EmbedderWire = {
  ...failureWire,
  vectors: (embeddings, inputTokens) =>
    json(200, { model: 'nomic-embed-text', embeddings, total_duration: 14143917, load_duration: 1019500, prompt_eval_count: inputTokens }),
  read(request) {
    const { model, input } = bodyOf<{ readonly model: string; readonly input: readonly string[] }>(request, '/api/embed')
    return { model, key: keyOf(request), texts: input }
  },
}

type Answer = Pick<WireAnswer, 'text' | 'finish' | 'usage'>

function partsOf({ text, ...end }: Answer): readonly unknown[] {
  return [...(text.match(/[^ ]* ?/g) ?? []).filter((piece) => piece !== '').map(part), { ...last(end), message: said('') }]
}

export function part(piece: string): unknown {
  return { model: 'llama3.2', created_at: '2026-11-29T08:52:19.385406Z', message: said(piece), done: false }
}

export function last({ finish, usage }: Omit<Answer, 'text'>): Readonly<Record<string, unknown>> {
  return {
    model: 'llama3.2',
    created_at: '2026-11-29T08:52:19.385406Z',
    done: true,
    done_reason: finish === 'length' ? 'length' : 'stop',
    total_duration: 4883583458,
    load_duration: 1334875,
    eval_duration: 4535599000,
    ...(usage && countsOf(usage)),
  }
}

export function said(content: string): unknown {
  return { role: 'assistant', content }
}

function countsOf({ inputTokens, outputTokens }: ModelUsage): object {
  return { prompt_eval_count: inputTokens, eval_count: outputTokens }
}

export function lines(parts: readonly unknown[]): WireReply {
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, pieces: parts.map((each) => `${JSON.stringify(each)}\n`) }
}

export function json(status: number, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, pieces: [JSON.stringify(body)] }
}

function bodyOf<T>({ path, body }: RecordedRequest, expected: string): T {
  if (path !== expected) throw new Error(`there is nothing at ${path}`)
  return body as T
}

function keyOf({ headers }: RecordedRequest): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '')
}
