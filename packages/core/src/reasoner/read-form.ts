import type { z } from 'zod'
import { fit } from './fit.ts'
import { jsonIn } from './json-in.ts'
import type { Prompt } from './prompts/prompt.ts'

/** What is wrong with an answer: where, and what. Nothing of what stands there. */
export interface Problem {
  readonly field: string
  readonly problem: string
}

/**
 * What a model answered, brought to the form that was asked for. Entries of a list that cannot be are left out; where none of a list can, or the
 * answer as a whole, it says what is wrong.
 */
export function readForm<T>(text: string, { form, schema }: Prompt<T>): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const document = jsonIn(text)
  if (document === undefined) return { problems: [{ field: '', problem: 'is not one whole JSON object' }] }
  const fitted = fit(document, schema.json)
  const first = form.safeParse(fitted)
  if (first.success) return { value: first.data }
  const second = form.safeParse(withoutBadEntries(fitted, first.error.issues))
  return second.success ? { value: second.data } : { problems: first.error.issues.slice(0, mostProblems).map(problemOf) }
}

const mostProblems = 20

/** The lists of a document without the entries that issues are about; a list of which nothing would be left stays. */
function withoutBadEntries(document: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  if (typeof document !== 'object' || document === null) return document
  return Object.fromEntries(
    Object.entries(document).map(([name, list]: [string, unknown]) => {
      if (!Array.isArray(list)) return [name, list]
      const bad = new Set(issues.filter(({ path }) => path[0] === name).map(({ path }) => path[1]))
      const good = list.filter((_, place) => !bad.has(place))
      return [name, good.length === 0 ? list : good]
    }),
  )
}

function problemOf({ path, code }: z.core.$ZodIssue): Problem {
  return {
    field: path.map(String).join('.'),
    problem: code === 'unrecognized_keys' ? 'has none of the fields asked for' : 'is missing, or not of the form',
  }
}
