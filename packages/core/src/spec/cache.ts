import type { CallOptions } from './graph-store.ts'
import type { Scope, UserId } from './scope.ts'

/** What is kept: what `query()` answered, or what `recall()` found. */
export type CacheKind = 'query' | 'search'

/**
 * Keeps bytes for a while, and may forget any of them at any time. Holds connections, and no data method: data is reached through a
 * {@link ScopedCache}, which holds its scope. An adapter is a function that returns one of these.
 *
 * It neither tries again nor waits for better times: core bounds every call in time, goes on without what fails, and checks what comes back.
 * Every method that does I/O takes a `signal`: aborted before means no I/O, aborted during rejects with `signal.reason` itself.
 */
export interface Cache extends AsyncDisposable {
  readonly specVersion: 1
  /** The technology, for messages: `memory`, `redis`. */
  readonly name: string
  /** Synchronous, cheap, no I/O: call it for each request. @throws GraphMemError `SCOPE_INVALID` */
  open(scope: Scope): ScopedCache
  /** What concerns all memories of one user. Synchronous, cheap, no I/O. @throws GraphMemError `SCOPE_INVALID` */
  user(userId: UserId): UserCache
}

/** What is kept for one memory. A cache binds the scope of it in one module of its own. */
export interface ScopedCache {
  readonly scope: Scope

  /** What was put under a key, unless its time is over. One round trip. Keys are hashes made by core, of letters and digits: they hold no text. */
  get(kind: CacheKind, key: string, options?: CallOptions): Promise<CacheLookup>

  /**
   * Keeps bytes in the place of those that were there. Keeps nothing where the memory, or all that its user has, was erased since the ticket
   * was given: what was computed before an erasure does not outlive it.
   */
  put(kind: CacheKind, key: string, bytes: Uint8Array, options: PutOptions): Promise<void>

  /** Deletes all that is kept for this memory, by a cost that does not depend on other users. @returns how many entries */
  erase(options?: CallOptions): Promise<number>
}

export interface CacheLookup {
  /** What is kept; `undefined` when nothing is. The caller's to keep and change. */
  readonly bytes: Uint8Array | undefined
  /** Leave to put, until the next erasure. Says nothing else. */
  readonly ticket: string
}

export interface PutOptions extends CallOptions {
  /** How long to keep it at most, in milliseconds, from 1 up. */
  readonly ttlMs: number
  /** Of a `get` that came before what is put was computed. */
  readonly ticket: string
}

/** All that is kept for one user. */
export interface UserCache {
  readonly userId: UserId
  /** Deletes all that is kept for the user's memories, and leaves no key of theirs. @returns how many entries */
  erase(options?: CallOptions): Promise<number>
}
