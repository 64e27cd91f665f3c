import { type DocumentInput, maxTextLength, type TurnInput } from '@graphmem/core'
import { z } from 'zod'
import { isIsoDate } from '../iso-date.ts'
import { refusal } from '../refusal.ts'

const label = z.string('is not a text').min(1, 'is empty').max(2_000, 'is over 2,000 characters')
const body = z
  .string('is not a text')
  .max(maxTextLength, `is over ${maxTextLength.toLocaleString('en')} characters`)
  .refine((text) => text.trim() !== '', 'is empty')
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'is not text')
const line = z.strictObject({
  text: body.optional(),
  content: body.optional(),
  title: label.optional(),
  id: label.optional(),
  at: z.string('is not an ISO 8601 date').refine(isIsoDate, 'is not an ISO 8601 date').optional(),
  role: z.enum(['user', 'assistant', 'system'], 'is none of user, assistant, system').optional(),
  name: label.optional(),
  session: label.optional(),
  sequence: z.int('is not a whole number').min(0, 'is below 0').optional(),
  source: label.optional(),
  tags: z.array(label, 'is not a list of texts').max(100, 'has over 100 tags').optional(),
  metadata: z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()])).optional(),
  importance: z.number('is not a number').min(0, 'is below 0').max(10, 'is over 10').optional(),
})

export type LineItem = { readonly document: DocumentInput } | { readonly turn: TurnInput }

/**
 * Reads one line of JSON: with a title it is a document, else something somebody says.
 *
 * @throws GraphMemError `INPUT_INVALID` naming the line and the field, and not what stands there.
 */
export function parseJsonLine(text: string, where: string): LineItem {
  const result = line.safeParse(json(text, where))
  if (!result.success) throw refusal('paths', `${where}: ${problemOf(result.error)}.`)
  const { text: ofText, content: ofContent, title, role, name, session, sequence, ...common } = defined(result.data)
  const content = ofText ?? ofContent
  if (content === undefined || (ofText !== undefined && ofContent !== undefined)) {
    throw refusal('paths', `${where}: give either "text" or "content".`)
  }
  if (title === undefined) return { turn: { ...common, ...defined({ role, name, session, sequence }), content } }
  const spoken = Object.keys(defined({ role, name, session, sequence }))[0]
  if (spoken !== undefined)
    throw refusal('paths', `${where}: "title" is of a document, and "${spoken}" of what somebody says; leave one out.`)
  return { document: { ...common, title, text: content } }
}

function json(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw refusal('paths', `${where}: is not JSON. Each line is one object, such as {"text": "I work at Google"}.`)
  }
}

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    return `"${issue.keys.join('", "')}" is not a field; those are ${Object.keys(line.shape).join(', ')}`
  }
  if (issue === undefined || issue.path.length === 0) return 'is not a JSON object'
  return `"${issue.path.map(String).join('.')}" ${issue.message}`
}

/** Without the fields that are `undefined`. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
