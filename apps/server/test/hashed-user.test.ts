import { expect, test } from 'vitest'
import { hashedUser } from '../src/who/hashed-user.ts'

test('a user has the same hash in every version of the server: what Redis counted under it is found again', () => {
  expect(hashedUser('alice@example.com')).toBe('ff8d9819fc0e12bf0d24892e45987e24')
})
