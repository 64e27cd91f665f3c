import { sha256 } from '@noble/hashes/sha2.js'
import { base32 } from './base32.ts'
import type { Scope } from './scope.ts'

/**
 * A memory's key for stores that have keys and no columns. Injective, and no key is a prefix of another:
 * `("a", "b:c")` and `("a:b", "c")` never meet, and what starts with one memory's key belongs to that memory.
 */
export function scopeKey(scope: Scope): string {
  return `${userKey(scope.userId)}${keySegment(scope.memoryId)}/`
}

/** The common start of the keys of all of a user's memories, and of no one else's. */
export function userKey(userId: string): string {
  return `${keySegment(userId)}/`
}

/** An id in the letters `A-Z a-z 0-9 . _ @ -`, every other byte of its UTF-8 as `~` and two hexadecimal digits. Injective. */
export function keySegment(id: string): string {
  return id.replace(/[^A-Za-z0-9._@-]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  )
}

/**
 * A file name for an id, without an extension: a plain lower-case id stays as it is, any other becomes `~` and the base32 of its SHA-256,
 * so that it is safe on disks that fold case or reserve names. Two ids could only share a name by a collision of SHA-256; a file still keeps
 * its owner inside and refuses another.
 */
export function fileName(id: string): string {
  const plain = /^[a-z0-9][a-z0-9_-]{0,63}$/.test(id) && !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(id)
  return plain ? id : `~${base32(sha256(new TextEncoder().encode(id)))}`
}

/**
 * A label of a host name for an id, of `a-z` and `0-9`, at most 32 long, which servers of databases take as a name, too. It has no hyphen, which
 * may divide a name of a database from that of its owner. A plain lower-case id stays as it is, any other becomes `id` and the first 130 bits of the base32 of its SHA-256. Two ids could only share a label by
 * a collision of these; a database still keeps its owner inside and refuses another.
 */
export function hostLabel(id: string): string {
  const plain = /^(?!id[a-z2-7]{26}$)[a-z0-9]{1,32}$/.test(id)
  return plain ? id : `id${base32(sha256(new TextEncoder().encode(id))).slice(0, 26)}`
}
