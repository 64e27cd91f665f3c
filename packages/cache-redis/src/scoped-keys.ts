import { type CacheKind, keySegment, type Scope, type UserId } from '@graphmem/core/spec'

declare const brand: unique symbol

/** A key, or the start of keys, of one user. Made only in this module, and only with its scope in it. */
export type ScopedKey = string & { readonly [brand]: 'ScopedKey' }

/** The braces are the hash tag of Redis Cluster: all keys of a user are in one slot. Text without them does not compile. */
type OfUser = `{prefix}:{{user}}:${string}`
type OfMemory = `{prefix}:{{user}}:${string}:{memory}:${string}`

/** Binds a key to one user. */
export function ofUser(prefix: string, userId: UserId, template: OfUser): ScopedKey {
  return template.replace('{prefix}', prefix).replace('{user}', keySegment(userId)) as ScopedKey
}

/** Binds a key, or the start of keys, to one memory. */
export function ofMemory(prefix: string, scope: Scope, template: OfMemory): ScopedKey {
  return ofUser(prefix, scope.userId, template.replace('{memory}', keySegment(scope.memoryId)) as OfUser)
}

/**
 * The keys of one prefix. Segments are the codec's, which has no `:`, `{` or `}` in them: no two scopes share a key, and what starts with a
 * memory's start is that memory's.
 */
export function scopedKeys(prefix: string) {
  return {
    /** Which keys a user has. */
    index: (userId: UserId): ScopedKey => ofUser(prefix, userId, '{prefix}:{{user}}:keys'),
    entry: (scope: Scope, kind: CacheKind, key: string): ScopedKey =>
      ofMemory(prefix, scope, `{prefix}:{{user}}:${kind}:{memory}:${keySegment(key)}`),
    /** How all entries of a memory begin, one start a kind. */
    memoryStarts: (scope: Scope): readonly ScopedKey[] => [
      ofMemory(prefix, scope, '{prefix}:{{user}}:query:{memory}:'),
      ofMemory(prefix, scope, '{prefix}:{{user}}:search:{memory}:'),
    ],
  }
}
