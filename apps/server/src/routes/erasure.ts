import type { ErasureReceipt } from '@graphmem/core'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { memoryPath } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { noSuchMemory } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import type { ServerEnv } from '../http/server-env.ts'

const counts = z.record(z.string(), z.int())
const receiptAnswer = z
  .strictObject({ memories: z.int(), records: counts, segments: z.int(), caches: z.int().optional(), unverified: z.array(z.string()) })
  .openapi('ErasureReceipt', { description: 'What was deleted, and what could not be verified.' })
const forgottenAnswer = z.strictObject({ episodes: z.int(), chunks: z.int(), facts: z.int(), entities: z.int() }).openapi('Forgotten')

export function addErasure(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const episode = createRoute({
    method: 'delete',
    path: '/v1/memories/{memoryId}/episodes/{episodeId}',
    summary: 'Forget an episode, and all that rests on it alone, beyond recovery',
    ...needs('memory:write', 'forget-episode'),
    request: { params: memoryPath.extend({ episodeId: z.string().min(1) }), query: z.strictObject({}) },
    responses: { 200: jsonAnswer(forgottenAnswer, 'What was forgotten.'), ...problems },
  })
  app.openapi(episode, async (c) => {
    const forgotten = await c.var.memory.forget({ episodeIds: [c.req.valid('param').episodeId] }, { signal: c.req.raw.signal })
    if (forgotten.episodes === 0) throw new ProblemError({ status: 404, code: 'not-found', title: 'There is no such episode' })
    return c.json(forgotten, 200)
  })

  const memory = createRoute({
    method: 'delete',
    path: '/v1/memories/{memoryId}',
    summary: 'Erase a memory beyond recovery',
    ...needs('memory:admin', 'erase-memory'),
    request: { params: memoryPath, query: z.strictObject({}) },
    responses: { 200: jsonAnswer(receiptAnswer, 'What was deleted.'), ...problems },
  })
  app.openapi(memory, async (c) => {
    if ((await c.var.memory.stats()).version === 0) throw noSuchMemory()
    return c.json(receiptJson(await c.var.memory.erase({ signal: c.req.raw.signal })), 200)
  })

  const oneself = createRoute({
    method: 'delete',
    path: '/v1/me',
    summary: 'Erase all memories of the user beyond recovery',
    ...needs('memory:admin', 'erase-user'),
    request: { query: z.strictObject({}) },
    responses: { 200: jsonAnswer(receiptAnswer, 'What was deleted.'), ...problems },
  })
  app.openapi(oneself, async (c) => c.json(receiptJson(await c.var.user.erase({ signal: c.req.raw.signal })), 200))
}

function receiptJson({ records, unverified, ...counted }: ErasureReceipt): z.infer<typeof receiptAnswer> {
  return { ...counted, records: { ...records }, unverified: [...unverified] }
}
