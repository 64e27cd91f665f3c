import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What went wrong, as RFC 9457 tells it. */
export const problemSchema = z
  .strictObject({
    type: z.string().openapi({ example: 'urn:graphmem:problem:input-invalid' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional().openapi({ description: 'What is wrong, or what to do next. Never text of a user.' }),
    field: z.string().optional().openapi({ description: 'The field at fault.' }),
  })
  .openapi('Problem')

export interface Problem {
  readonly status: ContentfulStatusCode
  /** Stable, in words with hyphens: the end of `type`. */
  readonly code: string
  readonly title: string
  readonly detail?: string | undefined
  readonly field?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

const prefix = 'urn:graphmem:problem:'

export function problemBody({ status, code, title, detail, field }: Problem): z.infer<typeof problemSchema> {
  return {
    type: `${prefix}${code}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(field === undefined ? {} : { field }),
  }
}

/** The problem of a body that was kept. */
export function problemFrom({ type, status, title, detail, field }: z.infer<typeof problemSchema>): Problem {
  return { status: status as Problem['status'], code: type.slice(prefix.length), title, detail, field }
}

export function problemResponse(c: Context, problem: Problem): Response {
  const { status, headers } = problem
  // Whoever comes too early is told when to come again, if need be by a guess.
  const again = status === 429 || status === 503 ? { 'retry-after': '1' } : {}
  return c.body(JSON.stringify(problemBody(problem)), status, { 'content-type': 'application/problem+json', ...again, ...headers })
}

/** A problem on its way to whoever asked. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}
