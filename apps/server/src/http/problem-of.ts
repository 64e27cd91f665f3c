import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core'
import { HTTPException } from 'hono/http-exception'
import { type Problem, ProblemError } from './problem.ts'

/** For logs and the audit trail: nobody is told any more. Not of RFC 9110, but what proxies use for it. */
const clientGone = 499 as Problem['status']

type Told = readonly [status: Problem['status'], title: string]

/** Errors that whoever asked can do something about, with how they are told. All others are faults of the server. */
const told: Partial<Record<GraphMemErrorCode, Told>> = {
  SCOPE_INVALID: [400, 'The id of the memory is not one'],
  INPUT_INVALID: [400, 'The request is not of the agreed form'],
  EPISODE_CHANGED: [409, 'An episode of the same id holds other content'],
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

/**
 * The problem that an error is told as. What a foreign error says stays inside.
 *
 * @param signal of the request, where there is one
 */
export function problemOf(error: unknown, signal?: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof HTTPException) return { status: error.status as Problem['status'], code: 'http', title: statusTitle(error.status) }
  if (signal?.aborted) return { status: clientGone, code: 'client-gone', title: 'The client did not wait for the answer' }
  if (!GraphMemError.is(error)) return { status: 500, code: 'internal', title: 'The server failed' }
  const [status, title] = told[error.code] ?? [500, 'The server failed']
  return {
    status,
    title,
    code: status === 500 ? 'internal' : error.code.toLowerCase().replaceAll('_', '-'),
    detail: status < 500 ? error.message : undefined,
    field: status < 500 ? error.field : undefined,
    ...(error.retryable ? { headers: { 'retry-after': String(Math.ceil((error.retryAfterMs ?? 1000) / 1000)) } } : {}),
  }
}

function statusTitle(status: number): string {
  return status === 413 ? 'The body is too large' : status < 500 ? 'The request is not of the agreed form' : 'The server failed'
}
