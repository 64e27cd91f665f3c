import { type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import { Counter, Histogram, type Registry } from 'prom-client'
import { ProblemError } from './problem.ts'
import type { ServerEnv } from './server-env.ts'

/**
 * Says of each request what it was, what came of it, and how long it took: to the log of its region, the metrics, and a trace where an SDK is present. A route is
 * told by its pattern: no id, no text and no user is in any of them.
 */
export function observeRequests(log: Logger, registry: Registry): MiddlewareHandler<ServerEnv> {
  const requests = new Counter({
    name: 'graphmem_requests_total',
    help: 'Requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'graphmem_request_duration_seconds',
    help: 'How long requests took until their answer began',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const tracer = trace.getTracer('graphmem')
  return createMiddleware<ServerEnv>((c, next) =>
    tracer.startActiveSpan(`${c.req.method}`, async (span) => {
      const started = performance.now()
      c.set('brokenOff', (error) => {
        const line = { requestId: c.var.requestId, route: routePath(c, -1), error: errorName(error) }
        ;(c.var.region?.log ?? log).error(line, 'answer broken off')
      })
      await next()
      const durationMs = performance.now() - started
      const { method } = c.req
      const { status } = c.res
      const route = status === 404 && c.error === undefined && !c.var.principal ? 'none' : routePath(c, -1)
      requests.inc({ method, route, status: String(status) })
      durations.observe({ method, route }, durationMs / 1000)
      endSpan(span, method, route, status)
      const line = { requestId: c.var.requestId, method, route, status, durationMs: Math.round(durationMs * 10) / 10 }
      const own = c.var.region?.log ?? log
      const { refused } = c.var
      if (status >= 500) own.error({ ...line, error: errorName(c.error) }, 'request failed')
      else own.info(refused === undefined ? line : { ...line, refused }, 'request')
    }),
  )
}

function endSpan(span: Span, method: string, route: string, status: number): void {
  span.updateName(`${method} ${route}`)
  span.setAttributes({ 'http.request.method': method, 'http.route': route, 'http.response.status_code': status })
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** An error by its code or name: what it says may hold text. */
function errorName(error: unknown): string | undefined {
  if (error instanceof ProblemError) return error.problem.code
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
