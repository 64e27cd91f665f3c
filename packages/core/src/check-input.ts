import type { z } from 'zod'
import { GraphMemError } from './spec/index.ts'

/** Parses what a caller gave; the error names the field and never repeats what stood in it. @throws GraphMemError `INPUT_INVALID` */
export function checkInput<T>(schema: z.ZodType<T>, value: unknown, doing: string, subject = 'input'): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.map((key) => `"${key}"`).join(', ') : ''
  const field = issue === undefined || issue.path.length === 0 ? subject : issue.path.map(String).join('.')
  const problem = keys === '' ? (issue?.message ?? 'is not of the expected form') : `has no option ${keys}`
  throw new GraphMemError({ code: 'INPUT_INVALID', field, message: `Cannot ${doing}: ${field}: ${problem}.` })
}
