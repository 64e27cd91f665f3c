import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'

/** Like `assert.deepEqual`, and quick to say where two lists of thousands differ. */
export function sameList(actual: readonly unknown[], expected: readonly unknown[], what = 'the list'): void {
  if (isDeepStrictEqual(actual, expected)) return
  const place = expected.findIndex((each, at) => !isDeepStrictEqual(actual[at], each))
  const at = place === -1 ? expected.length : place
  assert.deepEqual(actual[at], expected[at], `${what}, of ${actual.length} where ${expected.length} are expected, at place ${at}`)
  assert.deepEqual(actual, expected, what)
}
