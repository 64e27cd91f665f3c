import { notFound } from '../http/not-found.ts'
import { ProblemError } from '../http/problem.ts'

export function keyTaken(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'idempotency-key-reused',
    title: 'The Idempotency-Key was used for another request',
    field: 'idempotency-key',
  })
}

export function noSuchJob(): ProblemError {
  return notFound('There is no such job')
}

export function tooMuchWaiting(): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'too-much-waiting',
    title: 'Too much of the user is waiting to be ingested',
    headers: { 'retry-after': '5' },
  })
}

export function stillAtWork(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'job-at-work',
    title: 'A job of the user is still at work',
    detail: 'It was called off. Ask again, and the rest is erased.',
    headers: { 'retry-after': '5' },
  })
}

/** Of a job at which one process after the other ended, or whose text Redis lost. */
export function lostJob(): ProblemError {
  return new ProblemError({ status: 500, code: 'job-lost', title: 'The server failed at the job' })
}
