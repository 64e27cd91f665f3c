import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { memoryPath } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { nextField, pageOf, pageQuery } from '../http/page.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { entityJson, entitySchema, factJson, factSchema } from '../http/views.ts'

/** The facts of one page, however many its entities have. */
const mostFacts = 1_000

const graphAnswer = z
  .strictObject({
    entities: z.array(entitySchema),
    facts: z.array(factSchema).openapi({ description: 'Those whose subject is on this page, at most 1,000.' }),
    hasMoreFacts: z.boolean().openapi({ description: 'Whether there are over 1,000.' }),
    version: z.int(),
    ...nextField,
  })
  .openapi('Graph')

export function addGraph(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/memories/{memoryId}/graph',
    operationId: 'readGraph',
    summary: 'The graph of a memory, page by page: entities, those with the most mentions first, and what is known of them',
    ...needs('memory:read', 'read-graph'),
    request: { params: memoryPath, query: pageQuery },
    responses: { 200: jsonAnswer(graphAnswer, 'A page of entities.'), ...problems },
  })
  app.openapi(route, async (c) => {
    const { inTurn, memory, signal } = c.var
    const { items, ...rest } = await inTurn(() => pageOf(c.var, c.req.valid('query'), (limit) => memory.entities({ limit, signal })))
    const facts = await inTurn(() => memory.facts({ subjects: items.map(({ id }) => id), limit: mostFacts + 1, signal }))
    return c.json(
      { entities: items.map(entityJson), facts: facts.slice(0, mostFacts).map(factJson), hasMoreFacts: facts.length > mostFacts, ...rest },
      200,
    )
  })
}
