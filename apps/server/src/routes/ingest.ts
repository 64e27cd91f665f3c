import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, modelProblems, problems, typeProblems } from '../http/answers.ts'
import { text } from '../http/fields.ts'
import { ingestBody, ingestInput, ingestLines } from '../http/ingest-body.ts'
import { memoryHeader } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { ProblemError, problemFrom } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'
import type { UserJobs } from '../jobs/ingest-queue.ts'
import { ingested, type Job, job } from '../jobs/job.ts'
import { jobLinks } from './jobs.ts'

/** How long a request waits for its turn and its work, before it is told of the job instead. */
const patienceMs = 60_000

export function addIngest(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/ingest',
    operationId: 'ingest',
    summary: 'Remember a text, turns of a conversation, or documents',
    description:
      'Users take turns. The request waits until all is remembered; with `Prefer: respond-async`, or when that takes over a minute, it is told of the job.',
    ...needs('memory:write', 'ingest'),
    request: {
      headers: memoryHeader.extend({
        'idempotency-key': z
          .string()
          .min(1)
          .max(256)
          .optional()
          .openapi({ description: 'The same key again, within a day, is the same request.' }),
        prefer: z.string().optional().openapi({ description: '`respond-async`: to be told of the job at once.', example: 'respond-async' }),
      }),
      query: z.strictObject({
        replace: z.enum(['true', 'false']).optional().openapi({
          description: 'Whether episodes of the same ids that hold other content are superseded. Without it they are refused with 409.',
        }),
      }),
      body: {
        required: true,
        content: {
          'application/json': { schema: ingestBody },
          'application/x-ndjson': { schema: ingestLines },
          'text/plain': { schema: text },
        },
      },
    },
    responses: {
      200: jsonAnswer(ingested, 'What was remembered.'),
      202: {
        ...jsonAnswer(job, 'The job, which `Location` names.'),
        links: jobLinks,
        headers: z.object({ location: z.string().openapi({ example: '/v1/jobs/0b8e' }) }),
      },
      ...problems,
      ...modelProblems,
      ...typeProblems,
    },
  })
  app.openAPIRegistry.registerPath(route)
  // Where it requires a body, the library takes every one for JSON.
  const taken = { ...route, hide: true, request: { ...route.request, body: { ...route.request.body, required: false as const } } }
  app.openapi(taken, async (c) => {
    const { jobs, memoryId, principal, quota } = c.var
    const { 'idempotency-key': key, prefer = '' } = c.req.valid('header')
    await quota.mayIngest()
    const name = principal.name === undefined ? {} : { name: principal.name }
    const replace = c.req.valid('query').replace === 'true' ? { replace: true as const } : {}
    const begun = await jobs.submit({ memoryId, ...name, ...replace, input: await ingestInput(c, c.req.valid('json')) }, key)
    const ended = /\brespond-async\b/.test(prefer) ? begun : await endOf(begun, jobs, c.var.signal)
    if (ended.result !== undefined) return c.json(ended.result, 200)
    if (ended.problem?.status === 429) {
      // With how long to wait, which is not known of the job.
      await quota.mayIngest()
      throw await quota.tooLittle()
    }
    if (ended.problem !== undefined) throw new ProblemError(problemFrom(ended.problem))
    return c.json(ended, 202, { location: `/v1/jobs/${ended.id}` })
  })
}

/** A job when it has ended, or after a minute, or when nobody waits any more. */
async function endOf(begun: Job, jobs: UserJobs, signal: AbortSignal): Promise<Job> {
  let latest = begun
  for await (latest of jobs.watch(begun.id, AbortSignal.any([AbortSignal.timeout(patienceMs), signal])));
  return latest
}
