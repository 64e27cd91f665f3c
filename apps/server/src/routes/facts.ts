import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { sought } from '../http/fields.ts'
import { memoryPath } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { nextField, pageOf, pageQuery } from '../http/page.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { factJson, factSchema } from '../http/views.ts'

const factsAnswer = z.strictObject({ facts: z.array(factSchema), version: z.int(), ...nextField }).openapi('Facts')

export function addFacts(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/memories/{memoryId}/facts',
    operationId: 'readFacts',
    summary: 'What a memory believes',
    ...needs('memory:read', 'read-facts'),
    request: {
      params: memoryPath,
      query: pageQuery.extend({ about: sought.optional().openapi({ description: 'The name of an entity: facts of it alone.' }) }),
    },
    responses: { 200: jsonAnswer(factsAnswer, 'A page of facts.'), ...problems },
  })
  app.openapi(route, async (c) => {
    const { about, ...page } = c.req.valid('query')
    const read = (limit: number) => c.var.memory.facts({ limit, ...(about === undefined ? {} : { about }), signal: c.var.signal })
    const { items, ...rest } = await c.var.inTurn(() => pageOf(c.var, page, read))
    return c.json({ facts: items.map(factJson), ...rest }, 200)
  })
}
