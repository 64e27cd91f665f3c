import type { Memory } from './memory.ts'
import type { Observer } from './observer.ts'
import type { Analyzer, CallOptions, Embedder, ErasureReceipt, GraphStore, Reasoner } from './spec/index.ts'

export interface GraphMemOptions {
  readonly store: GraphStore
  readonly reasoner: Reasoner
  readonly embedder: Embedder
  /** Default: English, with plain words for other languages. */
  readonly analyzer?: Analyzer
  readonly observer?: Observer
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number
  /** What the process may hold of recall indexes, least recently used out first. Default 256 MiB. */
  readonly maxIndexBytes?: number
}

export interface MemoryOptions {
  readonly userId: string
  readonly memoryId: string
  /** How the user is called: "Alice" and "I" are then the same. A user id is never used as a name. */
  readonly self?: { readonly name: string; readonly aliases?: readonly string[] }
}

/** All memories of one user. */
export interface User {
  /** The ids of the user's memories that hold something. */
  list(options?: CallOptions): Promise<readonly string[]>
  /** Deletes all of the user's memories beyond recovery. */
  erase(options?: CallOptions): Promise<ErasureReceipt>
}

/** Memories of many users over one store, one reasoner and one embedder. Construction does no I/O. */
export declare class GraphMem implements AsyncDisposable {
  constructor(options: GraphMemOptions)
  /** Opens one memory. Synchronous, cheap, no I/O. @throws GraphMemError `SCOPE_INVALID`, `INPUT_INVALID` */
  memory(options: MemoryOptions): Memory
  /** What concerns all memories of a user. @throws GraphMemError `SCOPE_INVALID` */
  user(userId: string): User
  /** Waits for writes under way. The store was given, and stays open: its owner closes it. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
