import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { type AtOnceLimits, admitted } from './http/admit-requests.ts'
import { auditor } from './http/auditor.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { deadline } from './http/deadline.ts'
import { invalidRequest } from './http/invalid-request.ts'
import { notFound } from './http/not-found.ts'
import { observeRequests } from './http/observe-requests.ts'
import { authenticated, scopeOpener } from './http/open-scope.ts'
import { refuseOtherMethods } from './http/other-methods.ts'
import { refuseOtherSites } from './http/own-machine.ts'
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
  /** Whether a token is asked for. */
  readonly hasTokens: boolean
  readonly regionOf: RegionOf
  readonly turns: Turns
  /** Whether it is recorded who did what, in any region. */
  readonly hasAudit: boolean
  readonly atOnce: AtOnceLimits
  /** Is told of each request that goes on when its answer has begun, with its end. */
  readonly onKept: (until: Promise<void>) => void
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
  hasTokens,
  regionOf,
  hasAudit,
  atOnce,
  onKept,
  log,
  registry,
  maxBodyBytes,
  timeoutMs,
  origins,
  readiness,
}: ServerParts): OpenAPIHono<ServerEnv> {
  const app = new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new ProblemError(invalidRequest(result.error, result.target === 'json' ? '' : result.target))
    },
  })
  app.onError((error, c) => problemResponse(c, problemOf(error)))
  app.notFound((c) => problemResponse(c, notFound('There is no such path').problem))
  app.use(secureHeaders(), requestId(), observeRequests(log, registry))
  addHealth(app, readiness)
  addMetrics(app, registry)
  if (origins.length > 0) app.use('/v1/*', crossOrigin(origins))
  app.use(
    '/v1/*',
    notKept,
    ...(hasTokens ? [] : [refuseOtherSites(origins)]),
    deadline(timeoutMs),
    authenticated(authenticator),
    placed(regionOf),
    admitted(atOnce, onKept),
    bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }),
  )
  const needs = scopeOpener(auditor(), turns)
  for (const add of [addIngest, addQuery, addMemories, addFacts, addEpisodes, addGraph, addErasure, addTransfer, addJobs, addUsage])
    add(app, needs)
  if (hasAudit) addAudit(app, needs)
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'GraphMem', version: '1', description } })
  refuseOtherMethods(app)
  return app
}

const description =
  'Private memories of the users of an application. Whoever asks is told by a bearer token alone; its scope has what is allowed, of `memory:read`, `memory:write` and `memory:admin`, which allows all. Errors are problems of RFC 9457, whose `type` is stable.'

/** All users have the same paths: what stands between must give nobody another's answer. */
const notKept = createMiddleware((c, next) => {
  c.header('cache-control', 'no-store')
  return next()
})

function tooLarge(): never {
  throw new ProblemError({ status: 413, code: 'too-large', title: 'The body is too large', detail: 'Send it in several requests.' })
}
