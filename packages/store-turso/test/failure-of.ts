import { GraphMemError } from '@graphmem/core/spec'

/** The error of ours that a call fails with. */
export async function failureOf(call: () => Promise<unknown>): Promise<GraphMemError> {
  const error = await call().then(
    () => new Error('the call was expected to fail'),
    (reason: unknown) => reason,
  )
  if (!GraphMemError.is(error)) throw error
  return error
}
