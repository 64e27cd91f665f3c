import type { IngestInput } from '@graphmem/core'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { label, moment, text, withoutControls } from './fields.ts'
import { inputInvalid, invalidRequest } from './invalid-request.ts'
import { ProblemError } from './problem.ts'
import { typeNotTaken } from './type-not-taken.ts'

const common = {
  id: label.optional().openapi({ description: 'The same id again is the same episode.' }),
  at: moment.optional().openapi({ description: 'When it was said or written.' }),
  source: label.optional(),
  tags: z.array(label).max(100).optional(),
  metadata: z
    .record(label, z.union([z.string().max(10_000), z.number(), z.boolean()]))
    .openapi({ description: 'By names.', ...{ propertyNames: { maxLength: 2_000, pattern: withoutControls.source } } })
    .optional(),
  importance: z.number().min(0).max(10).optional().openapi({ description: 'From 0, ephemeral, to 10, critical.' }),
}
const textBody = z.strictObject({ ...common, text }).openapi('Text')
const turn = z
  .strictObject({
    ...common,
    role: z.enum(['user', 'assistant', 'system']).optional(),
    name: label.optional(),
    content: text,
    session: label.optional(),
    sequence: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .openapi({ description: 'The place in the session, from 0. Default: the place in `turns`.' }),
  })
  .openapi('Turn')
const document = z.strictObject({ ...common, title: label.optional(), text }).openapi('Document')

/** Turns or documents of one request: all others wait while they are read. */
const mostAtOnce = 1_000

export const ingestBody = z
  .union([
    textBody,
    z.strictObject({ session: label.optional(), turns: z.array(turn).min(1).max(mostAtOnce) }).openapi('Turns'),
    z.strictObject({ documents: z.array(document).min(1).max(mostAtOnce) }).openapi('Documents'),
  ])
  .openapi('Ingest')

/** What NDJSON says line by line. */
export const ingestLines = z
  .union([z.array(document).min(1).max(mostAtOnce), z.array(turn).min(1).max(mostAtOnce)])
  .openapi({ description: 'A line each.' })

const line = z.union([document, turn])

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
  throw new ProblemError(typeNotTaken)
}

function ofLines(lines: readonly string[]): IngestInput {
  const filled = lines.flatMap((text, index) => (text.trim() === '' ? [] : [{ text, number: index + 1 }]))
  if (filled.length > mostAtOnce)
    throw new ProblemError(inputInvalid('', `There are over ${mostAtOnce} lines. Send them in several requests.`))
  const parsed = filled.map(parsedLine)
  const turns = parsed.filter((each) => 'content' in each)
  if (turns.length === 0) return { documents: parsed.filter((each) => 'text' in each) } as IngestInput
  if (turns.length < parsed.length) throw new ProblemError(inputInvalid('', 'There are turns beside documents. Send them apart.'))
  return { turns } as IngestInput
}

function parsedLine({ text, number }: { readonly text: string; readonly number: number }): z.infer<typeof line> {
  const parsed = line.safeParse(jsonOf(text, number))
  if (parsed.success) return parsed.data
  throw new ProblemError(invalidRequest(parsed.error, `line ${number}`))
}

function jsonOf(text: string, number: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError(inputInvalid(`line ${number}`, 'It is no JSON.'))
  }
}
