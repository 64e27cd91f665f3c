import { GraphMemError, type GraphMemErrorCode } from './errors.ts'

export interface FailedRequest {
  /** The model's id, `openai:gpt-4o-mini`: it is in the message. */
  readonly model: string
  /** The status of the answer; `undefined` when there was none: the connection failed, or was cut. */
  readonly status: number | undefined
  readonly headers?: Pick<Headers, 'get'> | undefined
  /** What to do, where the provider's package knows better than the status: "Pull it: ollama pull llama3.2". */
  readonly remedy?: string | undefined
}

const byStatus: Readonly<Record<number, GraphMemErrorCode>> = {
  401: 'MODEL_DENIED',
  403: 'MODEL_DENIED',
  404: 'MODEL_UNKNOWN',
  408: 'MODEL_UNAVAILABLE',
  409: 'MODEL_UNAVAILABLE',
  425: 'MODEL_UNAVAILABLE',
  429: 'MODEL_LIMITED',
}

const told: Partial<Record<GraphMemErrorCode, readonly [what: string, remedy: string]>> = {
  MODEL_DENIED: ['does not accept the key, or the key may not use the model', 'Give a key that may'],
  MODEL_UNKNOWN: ['has no such model', 'Look at the name of the model and at the URL'],
  MODEL_UNAVAILABLE: ['failed, or the connection to it did', 'Make the same call again'],
  MODEL_LIMITED: ['takes no more requests for now', 'Make the same call again later, or set limits that the key allows'],
  MODEL_INPUT_REFUSED: ['does not take the request', 'It may be too long for the model, or an option may not suit it'],
}

/** The error for a request that a provider did not answer as it should. What the provider said stays out: it may repeat the text, or the key. */
export function modelFailure({ model, status, headers, remedy }: FailedRequest): GraphMemError {
  const code = status === undefined || status >= 500 ? 'MODEL_UNAVAILABLE' : (byStatus[status] ?? 'MODEL_INPUT_REFUSED')
  const [what, ofCode] = told[code] ?? ['failed', 'Make the same call again']
  const usual = status !== undefined && status < 400 ? 'It sends on to another address: give that one' : ofCode
  const retryAfterMs = headers && waitOf(headers)
  return new GraphMemError({
    code,
    retryable: code === 'MODEL_UNAVAILABLE' || code === 'MODEL_LIMITED',
    message: `Cannot use ${model}: the provider ${what}${status === undefined ? '' : ` (${status})`}. ${remedy ?? usual}.`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), and the finer `retry-after-ms` that some providers send beside it. */
function waitOf(headers: Pick<Headers, 'get'>): number | undefined {
  const fine = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (fine >= 0) return fine
  const given = headers.get('retry-after')?.trim()
  if (given === undefined || given === '') return undefined
  const seconds = Number(given)
  const ms = Number.isNaN(seconds) ? Date.parse(given) - Date.now() : seconds * 1000
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
