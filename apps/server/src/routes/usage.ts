import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { usage } from '../quotas/usage.ts'

export function addUsage(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/usage',
    operationId: 'readUsage',
    summary: 'What the user used of what, and when it begins anew',
    ...needs('memory:read', 'read-usage'),
    request: { query: z.strictObject({}) },
    responses: { 200: jsonAnswer(usage, 'The counts.'), ...problems },
  })
  app.openapi(route, async (c) => c.json(await c.var.quota.usage(), 200))
}
