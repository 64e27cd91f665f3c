import type { QueryOptions, QueryResult } from '@graphmem/core'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { problems } from '../http/answers.ts'
import { memoryHeader } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { problemBody } from '../http/problem.ts'
import { problemOf } from '../http/problem-of.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { factJson, factSchema } from '../http/views.ts'

const time = z.iso.datetime({ offset: true })
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(100)])

const queryBody = z
  .strictObject({
    question: z.string().min(1).max(10_000),
    limit: z.int().min(1).max(100).optional().openapi({ description: 'Passages to look at. Default 10.' }),
    minConfidence: z.number().min(0).max(1).optional(),
    asOf: time.optional().openapi({ description: 'Facts that held then. Default: now.' }),
    knownAt: time.optional().openapi({ description: 'What the memory believed then.' }),
    history: z.boolean().optional(),
    where: z
      .strictObject({
        tags: z.array(z.string().min(1)).max(100).optional(),
        source: names.optional(),
        session: names.optional(),
        speaker: names.optional(),
        kind: z.enum(['text', 'turn', 'document']).optional(),
        after: time.optional(),
        before: time.optional(),
        minImportance: z.number().min(0).max(10).optional(),
      })
      .optional(),
  })
  .openapi('Query')

const citation = z.strictObject({
  episodeId: z.string(),
  chunkId: z.string(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
  factId: z.string().optional(),
  title: z.string().optional(),
  source: z.string().optional(),
  speaker: z.string().optional(),
  at: z.string().optional(),
})

const queryAnswer = z
  .strictObject({
    /** "No information found" when `found` is false. */
    answer: z.string(),
    found: z.boolean(),
    confidence: z.number().min(0).max(1),
    citations: z.array(citation),
    facts: z.array(factSchema),
    version: z.int(),
  })
  .openapi('Answer')

export function addQuery(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/query',
    summary: 'Answer a question from a memory, with citations',
    description: 'With `Accept: text/event-stream`, the events `stage`, then `answer` or `problem`, whose data are JSON.',
    ...needs('memory:read', 'query'),
    request: { headers: memoryHeader, body: { required: true, content: { 'application/json': { schema: queryBody } } } },
    responses: {
      200: {
        description: 'The answer.',
        content: { 'application/json': { schema: queryAnswer }, 'text/event-stream': { schema: z.string() } },
      },
      ...problems,
    },
  })
  app.openapi(route, async (c) => {
    const { question, ...options } = c.req.valid('json')
    c.set('question', question)
    const { inTurn, memory, quota } = c.var
    const { signal } = c.req.raw
    const ask = async () =>
      answerJson(await quota.pay((budget) => inTurn(() => memory.query(question, { ...(options as QueryOptions), budget, signal }))))
    if (!/\btext\/event-stream\b/.test(c.req.header('accept') ?? '')) return c.json(await ask(), 200)
    return streamSSE(c, async (stream) => {
      const send = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) })
      await send('stage', { stage: 'asked' })
      try {
        await send('answer', await ask())
      } catch (error) {
        await send('problem', problemBody(problemOf(error)))
      }
    })
  })
}

function answerJson({ answer, found, confidence, citations, facts, version }: QueryResult): z.infer<typeof queryAnswer> {
  return {
    ...{ answer, found, confidence, version },
    citations: citations.map(({ at, ...rest }) => ({ ...rest, ...(at === undefined ? {} : { at: at.toISOString() }) })),
    facts: facts.map(factJson),
  }
}
