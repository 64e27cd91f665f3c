import type { QueryOptions, QueryResult } from '@graphmem/core'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { events, modelProblems, problems, typeProblems } from '../http/answers.ts'
import { answerInEvents, wantsEvents } from '../http/event-stream.ts'
import { moment, sought, text } from '../http/fields.ts'
import { memoryHeader } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { factJson, factSchema } from '../http/views.ts'

const names = z.union([sought, z.array(sought).min(1).max(100)])

const queryBody = z
  .strictObject({
    question: text.max(10_000),
    limit: z.int().min(1).max(100).optional().openapi({ description: 'Passages to look at. Default 10.' }),
    minConfidence: z.number().min(0).max(1).optional().openapi({ description: 'Answers below it count as not found. Default 0.5.' }),
    asOf: moment.optional().openapi({ description: 'Facts that held then. Default: now.' }),
    knownAt: moment.optional().openapi({ description: 'What the memory believed then.' }),
    history: z.boolean().optional().openapi({ description: 'Whether to look at what no longer holds as well.' }),
    where: z
      .strictObject({
        tags: z.array(sought).max(100).optional(),
        source: names.optional(),
        session: names.optional(),
        speaker: names.optional(),
        kind: z.enum(['text', 'turn', 'document']).optional(),
        after: moment.optional(),
        before: moment.optional(),
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
    answer: z.string().openapi({ description: '"No information found" when `found` is false.' }),
    found: z.boolean(),
    confidence: z.number().min(0).max(1),
    citations: z.array(citation),
    facts: z.array(factSchema),
    version: z.int(),
  })
  .openapi('Answer')

const stage = z.union([
  z.strictObject({ stage: z.literal('recalling') }),
  z.strictObject({ stage: z.literal('answering'), passages: z.int(), facts: z.int() }),
])

export function addQuery(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  app.openAPIRegistry.register('Stage', stage)
  const route = createRoute({
    method: 'post',
    path: '/v1/query',
    operationId: 'query',
    summary: 'Answer a question from a memory, with citations',
    description:
      'With `Accept: text/event-stream`, events whose data are JSON: `stage` (`recalling`, then `answering` with how many passages and facts; none where the answer is known already), then `answer` or `problem`.',
    ...needs('memory:read', 'query'),
    request: {
      headers: memoryHeader,
      query: z.strictObject({}),
      body: { required: true, content: { 'application/json': { schema: queryBody } } },
    },
    responses: {
      200: {
        description: 'The answer.',
        content: {
          'application/json': { schema: queryAnswer },
          'text/event-stream': events({ stage: 'Stage', answer: 'Answer', problem: 'Problem' }),
        },
      },
      ...problems,
      ...modelProblems,
      ...typeProblems,
    },
  })
  app.openapi(route, async (c) => {
    const { question, ...options } = c.req.valid('json')
    c.set('question', question)
    const { inTurn, memory, quota, signal } = c.var
    const ask = async (onStage?: QueryOptions['onStage']) => {
      const asked = { ...options, ...(onStage === undefined ? {} : { onStage }) } as QueryOptions
      return answerJson(await quota.pay((budget) => inTurn(() => memory.query(question, { ...asked, budget, signal }))))
    }
    if (!wantsEvents(c)) return c.json(await ask(), 200)
    const record = c.var.recordLater()
    const failed = (status: number) => record(status).catch(() => undefined)
    return answerInEvents(c, { place: 'of all', failed }, async (send) => {
      const answer = await ask((stage) => void send('stage', stage))
      await record(200)
      await send('answer', answer)
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
