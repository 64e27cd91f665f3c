import { z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'

const seconds = z.string().regex(/^[0-9]+$/)
const headers = {
  retryAfter: z.object({ 'retry-after': seconds.openapi({ description: 'Seconds.' }) }),
  wwwAuthenticate: z.object({ 'www-authenticate': z.string() }),
}

function problem(description: string, its?: z.ZodObject) {
  return { description, ...(its === undefined ? {} : { headers: its }), content: { 'application/problem+json': { schema: problemSchema } } }
}

/** What every route may answer beside what it is for. */
export const problems = {
  400: problem('The request is not of the agreed form.'),
  401: problem('No token, or none that this server takes.', headers.wwwAuthenticate),
  403: problem('The token does not allow this.', headers.wwwAuthenticate),
  404: problem('There is nothing of this name in what the user has.'),
  408: problem('The request took too long to come.'),
  409: problem('The memory is not as the request presumes, or another writer came between.'),
  413: problem('The body is too large.'),
  429: problem("The user's quota is used up for now; `Retry-After` says until when.", headers.retryAfter),
  431: problem('The path, the query and the headers are too large.'),
  500: problem('The server failed.'),
  503: problem('A part of the server is not there, or busy; `Retry-After` says when to come again.', headers.retryAfter),
  504: problem('The request, or a model, took too long.'),
  507: problem('The store is full.'),
} as const

/** What a route may answer as well that looks at the type of its body. */
export const typeProblems = { 415: problem('The body is of no type that is taken here.') } as const

/** What a route may answer as well that has models read what it is given. */
export const modelProblems = {
  422: problem('The model does not take the text, or would not answer; or the `Idempotency-Key` was used for another request.'),
} as const

export function jsonAnswer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** Server-sent events, each by its name: its data are JSON, of the schema of that name in the document. */
export function events(dataOf: Readonly<Record<string, string>>) {
  const event = (name: string, schema: string) => ({
    type: 'object' as const,
    properties: {
      event: { const: name },
      data: { type: 'string' as const, contentMediaType: 'application/json', contentSchema: { $ref: `#/components/schemas/${schema}` } },
    },
    required: ['event', 'data'],
  })
  return { schema: { oneOf: Object.entries(dataOf).map(([name, schema]) => event(name, schema)), description: 'Each event.' } }
}
