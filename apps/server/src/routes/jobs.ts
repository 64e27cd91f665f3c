import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { events, jsonAnswer, problems } from '../http/answers.ts'
import { answerInEvents, wantsEvents } from '../http/event-stream.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { nextField, pageQuery } from '../http/page.ts'
import type { ServerEnv } from '../http/server-env.ts'
import { type Job, job } from '../jobs/job.ts'
import { noSuchJob } from '../jobs/queue-problems.ts'

const jobPath = z.object({ jobId: z.string().min(1).max(100) })
const noQuery = z.strictObject({})
const jobsQuery = pageQuery.extend({
  cursor: z.string().min(1).max(100).optional().openapi({ description: 'The `next` of the page before.' }),
})
const jobsAnswer = z.strictObject({ jobs: z.array(job), ...nextField }).openapi('Jobs')
const jobAnswer = { 200: jsonAnswer(job, 'The job.'), ...problems }

const toJob = (operationId: string) => ({ operationId, parameters: { jobId: '$response.body#/id' } })

/** What can be asked next of the job that an answer tells. */
export const jobLinks = { get: toJob('getJob'), cancel: toJob('cancelJob'), retry: toJob('retryJob') }

/** What was to be ingested, and what became of it. */
export function addJobs(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/jobs',
    operationId: 'listJobs',
    summary: "The user's jobs of the last day, the newest first",
    ...needs('memory:read', 'list-jobs'),
    request: { query: jobsQuery },
    responses: { 200: jsonAnswer(jobsAnswer, 'A page of jobs.'), ...problems },
  })
  app.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const found = await c.var.jobs.list({ limit: limit + 1, after: cursor })
    const jobs = found.slice(0, limit)
    return c.json({ jobs, ...(found.length > limit ? { next: jobs.at(-1)?.id } : {}) }, 200)
  })

  const get = createRoute({
    method: 'get',
    path: '/v1/jobs/{jobId}',
    operationId: 'getJob',
    summary: 'A job as it is now',
    description: 'With `Accept: text/event-stream`, an event `job` now and after each change, until it has ended; or `problem`.',
    ...needs('memory:read', 'read-job'),
    request: { params: jobPath, query: noQuery },
    responses: {
      200: {
        description: 'The job.',
        content: { 'application/json': { schema: job }, 'text/event-stream': events({ job: 'Job', problem: 'Problem' }) },
      },
      ...problems,
    },
  })
  app.openapi(get, async (c) => {
    const { jobs } = c.var
    const { jobId } = c.req.valid('param')
    const found = existing(await jobs.get(jobId))
    if (!wantsEvents(c)) return c.json(found, 200)
    return answerInEvents(c, { place: 'of the user' }, async (send, signal) => {
      for await (const each of jobs.watch(jobId, signal)) await send('job', each)
    })
  })

  const cancel = createRoute({
    method: 'delete',
    path: '/v1/jobs/{jobId}',
    operationId: 'cancelJob',
    summary: 'Call a job off; what it has remembered stays',
    ...needs('memory:write', 'cancel-job'),
    request: { params: jobPath, query: noQuery },
    responses: jobAnswer,
  })
  app.openapi(cancel, async (c) => c.json(existing(await c.var.jobs.cancel(c.req.valid('param').jobId)), 200))

  const retry = createRoute({
    method: 'post',
    path: '/v1/jobs/{jobId}/retry',
    operationId: 'retryJob',
    summary: 'Put a job that failed, in whole or in part, or was called off, in the line again',
    ...needs('memory:write', 'retry-job'),
    request: { params: jobPath, query: noQuery },
    responses: jobAnswer,
  })
  app.openapi(retry, async (c) => c.json(existing(await c.var.jobs.retry(c.req.valid('param').jobId)), 200))
}

function existing(found: Job | undefined): Job {
  if (found === undefined) throw noSuchJob()
  return found
}
