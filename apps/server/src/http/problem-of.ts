import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core'
import { HTTPException } from 'hono/http-exception'
import { type Problem, ProblemError } from './problem.ts'
import { typeNotTaken } from './type-not-taken.ts'

/** Its third part is said in place of the library's words, where those are not of this service. */
type Told = readonly [status: Problem['status'], title: string, detail?: string]

/** Errors that whoever asked can do something about, with how they are told. All others are faults of the server. */
const told: Partial<Record<GraphMemErrorCode, Told>> = {
  SCOPE_INVALID: [400, 'The id of the memory is not one'],
  INPUT_INVALID: [400, 'The request is not of the agreed form'],
  EPISODE_CHANGED: [409, 'An episode of the same id holds other content', 'Give another id, or ?replace=true to supersede it.'],
  NOT_EMPTY: [409, 'The memory holds something already'],
  CONFLICT: [409, 'Another writer came between'],
  GENERATION_MISMATCH: [409, 'The memory was made with another embedder'],
  MODEL_REFUSED: [422, 'The model would not answer'],
  MODEL_INPUT_REFUSED: [422, 'The model does not take the text'],
  BUDGET_EXCEEDED: [429, 'The budget does not reach'],
  STORE_BUSY: [503, 'The store is busy'],
  STORE_FULL: [507, 'The store is full'],
  STORE_FAILED: [503, 'The store is not there'],
  MODEL_LIMITED: [503, 'The model takes no more requests for now'],
  MODEL_UNAVAILABLE: [503, 'The model is not there'],
  MODEL_TIMEOUT: [504, 'The model took too long'],
  CLOSED: [503, 'The server is closing'],
}

/** What else the library refuses by itself. */
const jsonInvalid: Problem = { status: 400, code: 'json-invalid', title: 'The body is no JSON', detail: 'Send one JSON value, in UTF-8.' }

/** The problem that an error is told as. What a foreign error says stays inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof HTTPException && error.status === 415) return typeNotTaken
  if (error instanceof HTTPException && error.status === 400) return jsonInvalid
  if (!GraphMemError.is(error)) return { status: 500, code: 'internal', title: 'The server failed' }
  const [status, title, detail] = told[error.code] ?? [500, 'The server failed']
  return {
    status,
    title,
    code: status === 500 ? 'internal' : error.code.toLowerCase().replaceAll('_', '-'),
    detail: detail ?? (status < 500 ? error.message : undefined),
    field: status < 500 ? error.field : undefined,
    ...(error.retryable ? { headers: { 'retry-after': String(Math.max(1, Math.ceil((error.retryAfterMs ?? 1000) / 1000))) } } : {}),
  }
}
