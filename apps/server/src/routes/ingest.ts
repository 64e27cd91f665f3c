import type { IngestInput } from '@graphmem/core'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { memoryHeader } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'

const common = {
  id: z.string().min(1).max(2_000).optional().openapi({ description: 'The same id again is the same episode.' }),
  at: z.iso.datetime({ offset: true }).optional().openapi({ description: 'When it was said or written.' }),
  source: z.string().min(1).max(2_000).optional(),
  tags: z.array(z.string().min(1).max(2_000)).max(100).optional(),
  metadata: z.record(z.string().min(1), z.union([z.string().max(10_000), z.number(), z.boolean()])).optional(),
  importance: z.number().min(0).max(10).optional(),
}
const text = z.string().min(1)
const textBody = z.strictObject({ ...common, text }).openapi('Text')
const turnsBody = z
  .strictObject({
    session: z.string().min(1).max(2_000).optional(),
    turns: z
      .array(
        z.strictObject({
          ...common,
          role: z.enum(['user', 'assistant', 'system']).optional(),
          name: z.string().min(1).max(2_000).optional(),
          content: text,
          session: z.string().min(1).max(2_000).optional(),
          sequence: z.int().min(0).optional(),
        }),
      )
      .min(1),
  })
  .openapi('Turns')
const documentsBody = z
  .strictObject({ documents: z.array(z.strictObject({ ...common, title: z.string().min(1).max(2_000).optional(), text })).min(1) })
  .openapi('Documents')

export const ingestBody = z.union([textBody, turnsBody, documentsBody]).openapi('Ingest')

export const ingestAnswer = z
  .strictObject({
    /** `partial`: some chunks failed; the same request again tries those alone. */
    status: z.enum(['success', 'partial', 'failed']),
    entities: z.int(),
    facts: z.int(),
    chunks: z.int(),
    added: z.int(),
    unchanged: z.int(),
    replaced: z.int(),
    failed: z.int(),
    version: z.int(),
    episodes: z.array(z.strictObject({ id: z.string(), key: z.string(), status: z.enum(['added', 'unchanged', 'replaced', 'failed']) })),
  })
  .openapi('Ingested')

export function addIngest(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'post',
    path: '/v1/ingest',
    summary: 'Remember a text, turns of a conversation, or documents',
    ...needs('memory:write', 'ingest'),
    request: { headers: memoryHeader, body: { required: true, content: { 'application/json': { schema: ingestBody } } } },
    responses: { 200: jsonAnswer(ingestAnswer, 'What was remembered.'), ...problems },
  })
  app.openapi(route, async (c) => {
    const result = await c.var.memory.ingest(c.req.valid('json') as IngestInput, { signal: c.req.raw.signal })
    const { episodes, entities, facts, chunks, added, unchanged, replaced, failed, version } = result
    const status = failed === 0 ? 'success' : failed < episodes.length ? 'partial' : 'failed'
    return c.json(
      {
        status,
        ...{ entities, facts, chunks, added, unchanged, replaced, failed, version },
        episodes: episodes.map(({ id, key, status }) => ({ id, key, status })),
      } satisfies z.infer<typeof ingestAnswer>,
      200,
    )
  })
}
