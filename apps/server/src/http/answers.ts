import type { z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })

/** What every route may answer beside what it is for. */
export const problems = {
  400: problem('The request is not of the agreed form.'),
  401: problem('No token, or none that this server takes.'),
  403: problem('The token does not allow this.'),
  404: problem('There is nothing of this name in what the user has.'),
  409: problem('The memory is not as the request presumes, or another writer came between.'),
  413: problem('The body is too large.'),
  429: problem("The user's quota is used up for now; `Retry-After` says until when."),
  503: problem('A part of the server is not there, or busy; `Retry-After` says when to come again.'),
  504: problem('The request, or a model, took too long.'),
} as const

export function jsonAnswer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}
