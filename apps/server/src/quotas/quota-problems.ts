import { ProblemError } from '../http/problem.ts'

const titles = {
  requests: 'The user makes too many requests',
  tokens: "The user's tokens of the day are used up",
  usd: "The user's money of the day is used up",
  budget: "Too little of the user's day is left for this",
  storedBytes: 'The user has too much stored',
}

export function usedUp(what: keyof typeof titles, waitMs: number): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'quota-exceeded',
    title: titles[what],
    field: what,
    detail:
      what === 'storedBytes' ? 'Erase something first. GET /v1/usage says how much there is.' : 'GET /v1/usage says when it begins anew.',
    headers: { 'retry-after': secondsOf(waitMs) },
  })
}

export function overloaded(waitMs: number): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'overloaded',
    title: 'The server has too much to do',
    headers: { 'retry-after': secondsOf(waitMs) },
  })
}

function secondsOf(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)))
}
