import { GraphMemError, modelFailure } from '@graphmem/core/spec'
import { APIError } from 'openai'

/** What a request failed at, without what was said of it. */
export function failureOf(id: string, error: unknown): GraphMemError {
  if (!(error instanceof APIError)) return modelFailure({ model: id, status: undefined })
  const { status, code } = toldBy(error)
  return modelFailure({ model: id, status, headers: error.headers, remedy: remedyOf(code) })
}

/** Whether the server does not take the form that was asked for: what servers say of it has no code in common. */
export function refusesForm(error: unknown): boolean {
  if (!(error instanceof APIError) || error.status === undefined || [401, 403, 404, 429].includes(error.status)) return false
  const { code, param } = toldBy(error)
  if (code === 'context_length_exceeded') return false
  return (
    param === 'response_format' ||
    /response.?format|json.?schema|json.?object|structured.?output|json_validate_failed/i.test(`${code} ${error.message}`)
  )
}

/** @param goesOn whether the same call again asks for less */
export function formRefused(id: string, goesOn: boolean): GraphMemError {
  if (!goesOn)
    return modelFailure({ model: id, status: 400, remedy: 'It does not take the `structuredOutput` that is set: set another, or none' })
  return new GraphMemError({
    code: 'MODEL_SCHEMA_REFUSED',
    retryable: true,
    message: `Cannot use ${id}: the server does not take the form of the answer. Make the same call again: it is made without, from now on.`,
  })
}

/** Some servers answer 200, or begin a stream, and then say a status in the body. */
export function failureInBody(id: string, told: unknown): GraphMemError {
  const code = typeof told === 'object' && told !== null && 'code' in told ? told.code : undefined
  return modelFailure({ model: id, status: statusOf(code) })
}

function toldBy(error: APIError): { readonly status: number | undefined; readonly code: string; readonly param: string } {
  const code: unknown = error.code
  return { status: error.status ?? statusOf(code), code: String(code), param: String(error.param) }
}

function statusOf(code: unknown): number | undefined {
  const status = Number(code)
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : undefined
}

function remedyOf(code: string): string | undefined {
  if (code === 'context_length_exceeded') return 'It is too long for the model'
  if (code === 'content_filter') return 'Its filter does not let the text pass'
  if (code === 'insufficient_quota') return 'The quota of the key is used up: look at its plan'
  return undefined
}
