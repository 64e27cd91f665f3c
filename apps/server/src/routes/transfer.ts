import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import type { StreamingApi } from 'hono/utils/stream'
import { jsonAnswer, problems } from '../http/answers.ts'
import { existingVersion } from '../http/existing-version.ts'
import { lasting } from '../http/lasting.ts'
import { memoryHeader } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'

const counts = z.record(z.string(), z.int())
const importedAnswer = z.strictObject({ records: counts, digest: z.string(), checksum: z.string() }).openapi('Imported')

const exportLine = z
  .union([
    z.strictObject({ format: z.literal('graphmem-memory'), formatVersion: z.int(), generation: z.string().optional(), records: counts }),
    z.strictObject({
      kind: z.string(),
      record: z.record(z.string(), z.unknown()),
      vector: z.strictObject({ scale: z.number(), steps: z.string() }).optional(),
    }),
    z.strictObject({ end: importedAnswer }),
  ])
  .openapi('ExportLine')
const exportLines = { 'application/x-ndjson': { schema: z.array(exportLine).openapi({ description: 'A line each.' }) } }

export function addTransfer(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const leaving = createRoute({
    method: 'get',
    path: '/v1/export',
    operationId: 'exportMemory',
    summary: 'A memory as NDJSON, for a backup or another server',
    description: 'Its last line is a checksum: what lacks it was cut off, and is not taken by an import.',
    ...needs('memory:read', 'export'),
    request: { headers: memoryHeader, query: z.strictObject({}) },
    responses: { 200: { description: 'The lines.', content: exportLines }, ...problems },
  })
  app.openapi(leaving, async (c) => {
    const { memory, signal } = c.var
    await existingVersion(memory, signal)
    c.header('content-type', 'application/x-ndjson')
    const written = (body: StreamingApi) =>
      lasting(c, 'of all', async () => {
        const stop = new AbortController()
        body.onAbort(() => stop.abort())
        try {
          for await (const line of memory.export({ signal: stop.signal })) await body.write(line)
        } catch (error) {
          if (!stop.signal.aborted) c.var.brokenOff(error)
        }
      })
    // Who asks for the head reads no line.
    const response = c.req.method === 'HEAD' ? c.body(null, 200) : stream(c, written)
    // The library knows answers of JSON and of text only.
    return response as never
  })

  const arriving = createRoute({
    method: 'post',
    path: '/v1/import',
    operationId: 'importMemory',
    summary: 'Write an export into a memory that holds nothing, whole or not at all',
    ...needs('memory:write', 'import'),
    request: { headers: memoryHeader, query: z.strictObject({}), body: { required: true, content: exportLines } },
    responses: { 200: jsonAnswer(importedAnswer, 'What was written.'), ...problems },
  })
  app.openapi(arriving, async (c) => {
    const { memory, memoryId, quota } = c.var
    await quota.mayIngest()
    const source = c.req.raw.body ?? ''
    const { records, digest, checksum } = await memory.import(source as AsyncIterable<Uint8Array>, { signal: c.var.signal })
    await quota.changed(memoryId)
    return c.json({ records: { ...records }, digest, checksum }, 200)
  })
}
