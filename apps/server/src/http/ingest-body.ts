import type { IngestInput } from '@graphmem/core'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ProblemError } from './problem.ts'

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
const turn = z.strictObject({
  ...common,
  role: z.enum(['user', 'assistant', 'system']).optional(),
  name: z.string().min(1).max(2_000).optional(),
  content: text,
  session: z.string().min(1).max(2_000).optional(),
  sequence: z.int().min(0).optional(),
})
const turnsBody = z
  .strictObject({
    session: z.string().min(1).max(2_000).optional(),
    turns: z.array(turn).min(1),
  })
  .openapi('Turns')
const documentsBody = z
  .strictObject({ documents: z.array(z.strictObject({ ...common, title: z.string().min(1).max(2_000).optional(), text })).min(1) })
  .openapi('Documents')

export const ingestBody = z.union([textBody, turnsBody, documentsBody]).openapi('Ingest')

const line = z.union([textBody.extend({ title: z.string().min(1).max(2_000).optional() }), turn])

/**
 * What a request gives to be remembered: JSON, whose form is checked already; a text as it is; or NDJSON, a document or a turn a line.
 *
 * @throws ProblemError 400 naming the line, 415
 */
export async function ingestInput(c: Context, json: unknown): Promise<IngestInput> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  // Forms differ in what is absent and what is undefined alone.
  if (type === 'application/json' && json !== undefined) return json as IngestInput
  if (type === 'text/plain') return { text: await c.req.text() }
  if (type === 'application/x-ndjson') return ofLines((await c.req.text()).split('\n'))
  throw new ProblemError({
    status: 415,
    code: 'unsupported-media-type',
    title: 'The body is of no type that is taken here',
    detail: 'Send application/json, application/x-ndjson or text/plain.',
    field: 'content-type',
  })
}

function ofLines(lines: readonly string[]): IngestInput {
  const parsed = lines.flatMap((text, index) => (text.trim() === '' ? [] : [parsedLine(text, index + 1)]))
  const turns = parsed.filter((each) => 'content' in each)
  if (turns.length === 0) return { documents: parsed.filter((each) => 'text' in each) } as IngestInput
  if (turns.length < parsed.length) throw invalidLine('x-ndjson', 'has turns beside documents. Send them apart')
  return { turns } as IngestInput
}

function parsedLine(text: string, number: number): z.infer<typeof line> {
  try {
    return line.parse(JSON.parse(text))
  } catch {
    throw invalidLine(`line ${number}`, 'is neither a document nor a turn')
  }
}

function invalidLine(field: string, problem: string): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'input-invalid',
    title: 'The request is not of the agreed form',
    field,
    detail: `${field}: ${problem}.`,
  })
}
