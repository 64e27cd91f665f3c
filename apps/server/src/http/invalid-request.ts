import type { z } from 'zod'
import type { Problem } from './problem.ts'

type Issue = z.core.$ZodIssue

/**
 * Says of a request that is not of the agreed form which field it is, and what is wrong with it; never what it holds.
 *
 * @param part of the request, as `field` and `detail` begin with it: `query`, `header`; nothing for the body
 */
export function invalidRequest(error: z.ZodError, part = ''): Problem {
  const issue = error.issues[0]
  if (issue === undefined) return inputInvalid('', 'It is not as /openapi.json says.')
  const { path, message } = nearest(issue)
  const field = [part, ...path].filter((each) => each !== '').join('.')
  return inputInvalid(field, message)
}

/** @param what is wrong with the field, as a sentence */
export function inputInvalid(field: string, what: string): Problem {
  return {
    status: 400,
    code: 'input-invalid',
    title: 'The request is not of the agreed form',
    detail: field === '' ? what : `${field}: ${what}`,
    ...(field === '' ? {} : { field }),
  }
}

interface Told {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Where several forms are taken, what is wrong is told of the one that is missed least at its own fields. */
function nearest(issue: Issue, above: readonly PropertyKey[] = []): Told {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') return { path: [...path, issue.keys[0] ?? ''], message: 'There is no such field.' }
  const message = `${issue.message}.`
  if (issue.code !== 'invalid_union') return { path, message }
  const misses = (form: readonly Issue[]) => form.filter((each) => each.path.length <= 1).length
  const [form] = issue.errors.toSorted((one, other) => misses(one) - misses(other))
  const first = form?.[0]
  // Of another type than any of them: one is as good as another.
  if (first === undefined || (first.path.length === 0 && first.code !== 'unrecognized_keys')) return { path, message }
  return nearest(first, path)
}
