import type { HashedUser } from '../who/hashed-user.ts'

/** A job, and whose it is: by hashes, or what was drawn at random, which tell neither who nor what. */
export interface JobName {
  readonly user: HashedUser
  readonly id: string
}

/** A job in one word, as whoever waits for it is told of it. */
export function labelOf({ user, id }: JobName): string {
  return `${user}:${id}`
}
