import type { HashedUser } from '../who/hashed-user.ts'

/** A job, and whose it is: by hashes, or what was drawn at random, which tell neither who nor what. */
export interface JobName {
  readonly user: HashedUser
  readonly id: string
}

/** A job in one word: in the line, and for whoever is told of it. */
export function labelOf({ user, id }: JobName): string {
  return `${user}:${id}`
}

export function nameOf(label: string): JobName {
  const [user = '', id = ''] = label.split(':')
  return { user: user as HashedUser, id }
}
