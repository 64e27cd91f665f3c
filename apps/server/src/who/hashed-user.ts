import { shortDigest } from '../short-digest.ts'

declare const brand: unique symbol

/** A user as counts, turns and jobs know one: by a hash. A type of its own, so that nobody is counted under the id here and under the hash there. */
export type HashedUser = string & { readonly [brand]: true }

/** The same for a user always: keys in Redis are named so, and outlive a version of the server. */
export function hashedUser(userId: string): HashedUser {
  return shortDigest(userId) as HashedUser
}
