import type { ErasureReceipt } from '@graphmem/core'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { existingVersion } from '../http/existing-version.ts'
import { memoryPath } from '../http/memory-header.ts'
import { notFound } from '../http/not-found.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'

const counts = z.record(z.string(), z.int())
const receipt = z.strictObject({
  memories: z.int(),
  records: counts,
  segments: z.int(),
  caches: z.int().optional(),
  unverified: z.array(z.string()),
})
const receiptAnswer = receipt.openapi('ErasureReceipt', { description: 'What was deleted, and what could not be verified.' })
// Of the shape, not of the answer: the document would else ask for all fields of both, and refuse what either has not.
const oneselfAnswer = receipt
  .extend({ jobs: z.int().openapi({ description: 'What was waiting, or kept of jobs. Counts of use are gone as well.' }) })
  .openapi('UserErasureReceipt')
const forgottenAnswer = z.strictObject({ episodes: z.int(), chunks: z.int(), facts: z.int(), entities: z.int() }).openapi('Forgotten')

export function addErasure(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const episode = createRoute({
    method: 'delete',
    path: '/v1/memories/{memoryId}/episodes/{episodeId}',
    operationId: 'forgetEpisode',
    summary: 'Forget an episode, and all that rests on it alone, beyond recovery',
    ...needs('memory:write', 'forget-episode'),
    request: { params: memoryPath.extend({ episodeId: z.string().min(1) }), query: z.strictObject({}) },
    responses: { 200: jsonAnswer(forgottenAnswer, 'What was forgotten.'), ...problems },
  })
  app.openapi(episode, async (c) => {
    const { memory, memoryId, quota } = c.var
    const forgotten = await memory.forget({ episodeIds: [c.req.valid('param').episodeId] }, { signal: c.var.signal })
    await quota.changed(memoryId)
    if (forgotten.episodes === 0) throw notFound('There is no such episode')
    return c.json(forgotten, 200)
  })

  const memory = createRoute({
    method: 'delete',
    path: '/v1/memories/{memoryId}',
    operationId: 'eraseMemory',
    summary: 'Erase a memory beyond recovery',
    ...needs('memory:admin', 'erase-memory'),
    request: { params: memoryPath, query: z.strictObject({}) },
    responses: { 200: jsonAnswer(receiptAnswer, 'What was deleted.'), ...problems },
  })
  app.openapi(memory, async (c) => {
    const { jobs, memory, memoryId, quota, signal } = c.var
    // Before the memory: what waits would fill it again, or for the first time.
    if ((await jobs.erase(memoryId)) === 0) await existingVersion(memory, signal)
    const receipt = await memory.erase({ signal })
    await quota.changed(memoryId)
    return c.json(receiptJson(receipt), 200)
  })

  const oneself = createRoute({
    method: 'delete',
    path: '/v1/me',
    operationId: 'eraseOneself',
    summary: 'Erase all memories and jobs of the user beyond recovery',
    ...needs('memory:admin', 'erase-user'),
    request: { query: z.strictObject({}) },
    responses: { 200: jsonAnswer(oneselfAnswer, 'What was deleted.'), ...problems },
  })
  app.openapi(oneself, async (c) => {
    const { jobs, quota, user } = c.var
    const erasedJobs = await jobs.erase()
    const receipt = await user.erase({ signal: c.var.signal })
    await quota.erase()
    return c.json({ ...receiptJson(receipt), jobs: erasedJobs }, 200)
  })
}

function receiptJson({ records, unverified, ...counted }: ErasureReceipt): z.infer<typeof receiptAnswer> {
  return { ...counted, records: { ...records }, unverified: [...unverified] }
}
