import { GraphMemError } from '@graphmem/core'
import { expect } from 'vitest'

/** The GraphMemError that a promise is rejected with; fails for anything else. */
export async function rejection(promise: Promise<unknown>): Promise<GraphMemError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!GraphMemError.is(error)) expect.fail(`expected a GraphMemError, got ${String(error)}`)
  return error
}

/** An error with all that it carries, as text. */
export function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.message}\n${error.stack ?? ''}\n${JSON.stringify(error)}\n${error.cause === undefined ? '' : everythingOf(error.cause)}`
}
