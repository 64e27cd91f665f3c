import { createHash } from 'node:crypto'

/** A user in the names of keys: a hash, which tells nobody who it is but those who guess. The same for the memories of a user. */
export function hashedKey(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32)
}
