/** Every code this project throws. A code is stable and may be matched on; a message is for people and may change. */
export type GraphMemErrorCode =
  /** A user or memory id is missing, empty, too long, ill-formed, or holds a control character. */
  | 'SCOPE_INVALID'
  /** An argument is missing, of the wrong kind, or out of range. The message names the field. */
  | 'INPUT_INVALID'
  /** A setting is unknown, missing, or contradicts another. */
  | 'CONFIG_INVALID'
  /** The episode's id is already used by another content; pass `replace: true` to supersede it. */
  | 'EPISODE_CHANGED'
  /** Another writer came between. The call may simply be made again; core does so by itself. */
  | 'CONFLICT'
  /** An import or a move goes into a memory that holds nothing yet, and this one does. Nothing was written. */
  | 'NOT_EMPTY'
  /** The memory was made by another embedder or text analysis; `reindex()` rebuilds it from the stored text. */
  | 'GENERATION_MISMATCH'
  /** An adapter broke its contract: a vector of another length, an answer of another shape. */
  | 'ADAPTER_INVALID'
  /** The reasoner or the embedder failed. */
  | 'MODEL_FAILED'
  /** The store failed. */
  | 'STORE_FAILED'
  /** The cache failed. Core goes on without it; this is met only by who calls a cache by itself. */
  | 'CACHE_FAILED'
  /** The database is locked by someone else for longer than the store waits. */
  | 'STORE_BUSY'
  /** The database cannot be written: read-only file, folder or connection. */
  | 'STORE_READ_ONLY'
  /** The disk, or the quota of the database, is full. Nothing of the call was kept. */
  | 'STORE_FULL'
  /** The file is not a database, is damaged, or belongs to another owner. */
  | 'STORE_CORRUPT'
  /** A part of the recall index is damaged, or of another version. Core makes the index anew from the records by itself; this is met where it may not write. */
  | 'INDEX_DAMAGED'
  /** The database was written by a newer version of this library. */
  | 'STORE_NEWER'
  /** The store, or the memory's handle, was closed. */
  | 'CLOSED'
  /** The adapter does not do this, and says so in its `capabilities`. */
  | 'UNSUPPORTED'

/** What {@link GraphMemError} is made of. */
export interface GraphMemErrorOptions {
  readonly code: GraphMemErrorCode
  /** What was being done, which field is at fault, what to do next. Never stored text, prompts or credentials. */
  readonly message: string
  /** Whether the same call may succeed if it is made again. Default `false`. */
  readonly retryable?: boolean
  /** The field at fault, for errors of input. */
  readonly field?: string
  readonly cause?: unknown
}

const brand = 'graphmem.error'

/** Every error this project throws on purpose. */
export class GraphMemError extends Error {
  override readonly name = 'GraphMemError'
  readonly code: GraphMemErrorCode
  readonly retryable: boolean
  readonly field: string | undefined
  /** Recognised by value, so that two copies of this package in one process understand each other. */
  readonly brand: string = brand

  constructor(options: GraphMemErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.retryable = options.retryable ?? false
    this.field = options.field
  }

  /** Whether `value` is an error of this project, thrown by whichever copy of it. */
  static is(value: unknown): value is GraphMemError {
    return value instanceof Error && 'brand' in value && value.brand === brand
  }
}
