import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { type AtOnceLimits, admitted } from './http/admit-requests.ts'
import { auditor } from './http/auditor.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { deadline } from './http/deadline.ts'
import { observeRequests } from './http/observe-requests.ts'
import { authenticated, scopeOpener } from './http/open-scope.ts'
import { refuseOtherMethods } from './http/other-methods.ts'
import { ProblemError, problemResponse } from './http/problem.ts'
import { problemOf } from './http/problem-of.ts'
import type { ServerEnv } from './http/server-env.ts'
import { placed } from './regions/placed.ts'
import type { RegionOf } from './regions/region-finder.ts'
import { addAudit } from './routes/audit.ts'
import { addEpisodes } from './routes/episodes.ts'
import { addErasure } from './routes/erasure.ts'
import { addFacts } from './routes/facts.ts'
import { addGraph } from './routes/graph.ts'
import { addHealth } from './routes/health.ts'
import { addIngest } from './routes/ingest.ts'
import { addJobs } from './routes/jobs.ts'
import { addMemories } from './routes/memories.ts'
import { addMetrics } from './routes/metrics.ts'
import { addQuery } from './routes/query.ts'
import { addTransfer } from './routes/transfer.ts'
import { addUsage } from './routes/usage.ts'
import type { Turns } from './turns/turns.ts'
import type { Authenticator } from './who/authenticator.ts'

/** What the service is made of. */
export interface ServerParts {
  readonly authenticator: Authenticator
  readonly regionOf: RegionOf
  readonly turns: Turns
  /** Whether it is recorded who did what, in any region. */
  readonly hasAudit: boolean
  readonly atOnce: AtOnceLimits
  /** For requests of no region. */
  readonly log: Logger
  readonly registry: Registry
  readonly maxBodyBytes: number
  /** How long a request may take, in milliseconds. */
  readonly timeoutMs: number
  /** Of pages in browsers that may make requests. */
  readonly origins: readonly string[]
  /** Whether requests should come here now. */
  readonly readiness: () => Promise<'ok' | 'draining' | 'failing'>
}

/** The service, apart from the server that it runs on. */
export function serverApp({
  turns,
  authenticator,
  regionOf,
  hasAudit,
  atOnce,
  log,
  registry,
  maxBodyBytes,
  timeoutMs,
  origins,
  readiness,
}: ServerParts): OpenAPIHono<ServerEnv> {
  const app = new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues[0]?.path.map(String).join('.') ?? '', result.target)
    },
  })
  app.onError((error, c) => problemResponse(c, problemOf(error)))
  app.notFound((c) => problemResponse(c, { status: 404, code: 'not-found', title: 'There is no such path' }))
  app.use(secureHeaders(), requestId(), observeRequests(log, registry))
  addHealth(app, readiness)
  addMetrics(app, registry)
  if (origins.length > 0) app.use('/v1/*', crossOrigin(origins))
  app.use(
    '/v1/*',
    deadline(timeoutMs),
    authenticated(authenticator),
    placed(regionOf),
    admitted(atOnce),
    bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }),
  )
  const needs = scopeOpener(auditor(), turns)
  for (const add of [addIngest, addQuery, addMemories, addFacts, addEpisodes, addGraph, addErasure, addTransfer, addJobs, addUsage])
    add(app, needs)
  if (hasAudit) addAudit(app, needs)
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'GraphMem', version: '1' } })
  refuseOtherMethods(app)
  return app
}

function tooLarge(): never {
  throw new ProblemError({ status: 413, code: 'too-large', title: 'The body is too large', detail: 'Send it in several requests.' })
}

function invalidRequest(field: string, target: string): ProblemError {
  const where = [target === 'json' ? '' : target, field].filter((part) => part !== '').join('.')
  return new ProblemError({
    status: 400,
    code: 'input-invalid',
    title: 'The request is not of the agreed form',
    ...(where === '' ? {} : { field: where, detail: `${where}: is not as /openapi.json says.` }),
  })
}
