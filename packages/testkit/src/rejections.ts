import assert from 'node:assert/strict'
import { GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'

/** What the call throws or rejects with; fails when it does neither. */
export async function failureOf(call: () => unknown, what = 'the call'): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  assert.fail(`${what} was expected to fail, and did not`)
}

export async function rejectsWithCode(code: GraphMemErrorCode, call: () => unknown, what = 'the call'): Promise<GraphMemError> {
  const error = await failureOf(call, what)
  assert.ok(GraphMemError.is(error), `${what} fails with a GraphMemError, not with ${String(error)}`)
  assert.equal(error.code, code, `the code with which ${what} fails`)
  return error
}

export async function rejectsWithReason(reason: unknown, call: () => unknown, what = 'the call'): Promise<void> {
  const error = await failureOf(call, what)
  assert.ok(error === reason, `${what} rejects with the reason of the signal itself, not with ${String(error)}`)
}
