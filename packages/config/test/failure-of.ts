import { GraphMemError } from '@graphmem/core'
import { expect } from 'vitest'

/** The error of this project that a call rejects with. */
export async function failureOf(call: () => unknown): Promise<GraphMemError> {
  try {
    await call()
  } catch (error) {
    if (GraphMemError.is(error)) return error
    throw error
  }
  return expect.fail('it did not fail')
}
