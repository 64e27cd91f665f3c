import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Registry } from 'prom-client'
import type { ServerEnv } from '../http/server-env.ts'

/** What the process counts, for Prometheus: sums over all users, and of no user anything. */
export function addMetrics(app: OpenAPIHono<ServerEnv>, registry: Registry): void {
  app.get('/metrics', async (c) => c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }))
}
