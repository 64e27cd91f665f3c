import type { RecordKind, Records } from './records.ts'
import type { Scope, UserId } from './scope.ts'
import type { Segment, SegmentInfo } from './segment.ts'
import type { Instant } from './time.ts'

/**
 * Holds connections, and no data method: data is reached through a {@link ScopedGraph}, which holds its scope. An adapter is a function
 * that returns one of these.
 *
 * Every method that does I/O takes a `signal`: aborted before means no I/O, aborted during rejects with `signal.reason` itself, and a write
 * that was under way is either whole or not there.
 */
export interface GraphStore extends AsyncDisposable {
  readonly specVersion: 1
  /** The technology, for messages: `memory`, `turso`. */
  readonly name: string
  readonly capabilities: GraphStoreCapabilities
  /** Synchronous, cheap, no I/O: call it for each request. @throws GraphMemError `SCOPE_INVALID` */
  open(scope: Scope): ScopedGraph
  /** What concerns all memories of one user. Synchronous, cheap, no I/O. @throws GraphMemError `SCOPE_INVALID` */
  user(userId: UserId): UserMemories
}

/** What a store can do beyond the least. The conformance kit checks that nothing is claimed too much, or too little. */
export interface GraphStoreCapabilities {
  /** What was applied is there after the store was closed, or its process killed, and opened again. */
  readonly durable: boolean
  /** Several processes may write one memory at once. */
  readonly multiProcess: boolean
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

/** One state of a memory. `version` counts its applies; `incarnation` is random, and new after an erase. */
export interface Head {
  /** Absent for a memory that holds nothing yet. */
  readonly incarnation?: string
  /** 0 for a memory that holds nothing yet. */
  readonly version: number
  /** What its derived things were made with, as the last apply said. */
  readonly generation?: string
}

/** Every read and write of one memory. A store binds the scope of it in one module of its own. */
export interface ScopedGraph {
  readonly scope: Scope

  /** One small read. */
  head(options?: CallOptions): Promise<Head>

  /**
   * One atomic write, whole or nothing, in a number of statements that does not depend on what is written.
   *
   * Records are put if absent: the first of an id stays. The version goes up by one.
   *
   * @throws GraphMemError `CONFLICT`, retryable, when the memory is not at `expect` and `applyId` was not applied before.
   */
  apply(changes: GraphChanges, options: ApplyOptions): Promise<Applied>

  /** The records of these ids, in the order asked, without the ids that are not there. A foreign id is as unknown as one never used. */
  get<K extends RecordKind>(kind: K, ids: readonly string[], options?: CallOptions): Promise<readonly Records[K][]>

  /** All records of a kind in the order of their ids; streamed, in bounded memory. */
  scan<K extends RecordKind>(kind: K, options?: CallOptions): AsyncIterable<Records[K]>

  /** The episodes of these keys, retired ones too, in the order of their ids: whether something was ingested before. */
  episodesOfKeys(keys: readonly string[], options?: CallOptions): Promise<readonly Records['episodes'][]>

  /** The senses of these blocks, in the order of their ids: what a new name has to be compared with. */
  sensesOfBlocks(blocks: readonly string[], options?: CallOptions): Promise<readonly Records['senses'][]>

  /** The segments there are, those beside the index too, in the order of their versions, without their bytes. */
  segmentInfos(options?: CallOptions): Promise<readonly SegmentInfo[]>

  /**
   * The segments that hold anything later than a version, in the order of their versions: `0` gives the whole index, and `-1` what is kept beside
   * it as well. All of one state: one that an apply replaces meanwhile comes as it was, or what it held would be missed.
   */
  segments(sinceVersion: number, options?: CallOptions): AsyncIterable<Segment>

  /** How many records of each kind there are. */
  count(options?: CallOptions): Promise<Readonly<Record<RecordKind, number>>>

  /**
   * Deletes the memory beyond recovery. Erasing an empty memory is no error.
   *
   * @throws GraphMemError `CONFLICT`, retryable, when the memory is not at `expect`: nothing is deleted.
   */
  erase(options?: EraseOptions): Promise<ErasureReceipt>
}

/** What one apply writes. All lists may be empty; ids may not repeat within one list. */
export interface GraphChanges {
  readonly put: { readonly [K in RecordKind]?: readonly Records[K][] }
  /** Episodes that are no longer believed, each from `at` on. An episode that is already retired stays as it is. */
  readonly retire?: { readonly episodeIds: readonly string[]; readonly at: Instant }
  /** Records to delete beyond recovery. */
  readonly remove?: { readonly [K in RecordKind]?: readonly string[] }
  readonly putSegments?: readonly Segment[]
  readonly dropSegmentIds?: readonly string[]
}

export interface ApplyOptions extends CallOptions {
  /** The same id again is the same write: it is not done twice, and answers as the first time. Remembered for at least the last 100 applies. */
  readonly applyId: string
  /** The state the changes were computed from. */
  readonly expect: Head
  /** What the memory is made with from now on. */
  readonly generation: string
}

export interface EraseOptions extends CallOptions {
  /** The state that is to be erased, that of an empty memory too; absent for whatever is there. */
  readonly expect?: Head | undefined
}

export interface Applied {
  readonly head: Head
  /** `false` when the same `applyId` had been applied before. */
  readonly changed: boolean
}

/** All memories of one user. */
export interface UserMemories {
  readonly userId: UserId
  /** The ids of the user's memories that hold something, in the order of their code points. */
  list(options?: CallOptions): Promise<readonly string[]>
  /** Deletes all of the user's memories beyond recovery. */
  erase(options?: CallOptions): Promise<ErasureReceipt>
}

/** What an erasure did. */
export interface ErasureReceipt {
  readonly memories: number
  /** Deleted records by kind. */
  readonly records: Readonly<Record<RecordKind, number>>
  readonly segments: number
  /** Deleted entries of the cache. Core says it, not the store; absent without a cache, and where it could not be reached. */
  readonly caches?: number
  /** What could not be verified, in words; empty when all was. */
  readonly unverified: readonly string[]
}
