import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'

const memoriesAnswer = z.strictObject({ memories: z.array(z.strictObject({ id: z.string() })) }).openapi('Memories')

export function addMemories(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/memories',
    operationId: 'listMemories',
    summary: "The user's memories",
    ...needs('memory:read', 'list-memories'),
    request: { query: z.strictObject({}) },
    responses: { 200: jsonAnswer(memoriesAnswer, 'Those that hold something.'), ...problems },
  })
  app.openapi(route, async (c) => {
    const ids = await c.var.user.list({ signal: c.var.signal })
    return c.json({ memories: ids.map((id) => ({ id })) }, 200)
  })
}
