import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer } from '../http/answers.ts'
import type { ServerEnv } from '../http/server-env.ts'

const health = z.strictObject({ status: z.enum(['ok', 'draining', 'failing']) }).openapi('Health')

/** @param readiness whether requests should come here now */
export function addHealth(app: OpenAPIHono<ServerEnv>, readiness: () => Promise<z.infer<typeof health>['status']>): void {
  const alive = createRoute({
    method: 'get',
    path: '/healthz',
    operationId: 'isAlive',
    summary: 'Whether the process is alive',
    responses: { 200: jsonAnswer(health, 'It is.') },
  })
  app.openapi(alive, (c) => c.json({ status: 'ok' as const }, 200))

  const ready = createRoute({
    method: 'get',
    path: '/readyz',
    operationId: 'isReady',
    summary: 'Whether requests should come here: the store and Redis answer, and the server is not closing',
    responses: { 200: jsonAnswer(health, 'They should.'), 503: jsonAnswer(health, 'They should not.') },
  })
  app.openapi(ready, async (c) => {
    const status = await readiness()
    return c.json({ status }, status === 'ok' ? 200 : 503)
  })
}
