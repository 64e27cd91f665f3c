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
  /** The memory was made by another embedder or text analysis; `reembed()` goes over to the ones at hand. */
  | 'GENERATION_MISMATCH'
  /** An adapter broke its contract: a vector of another length, an answer of another shape. */
  | 'ADAPTER_INVALID'
  /** The reasoner or the embedder failed. */
  | 'MODEL_FAILED'
  /** The provider refuses more requests for now: too many, or a quota is used up. Core waits and tries again. */
  | 'MODEL_LIMITED'
  /** The provider failed, or the connection to it did. Core tries again. */
  | 'MODEL_UNAVAILABLE'
  /** No whole answer came in time. Core tries again. */
  | 'MODEL_TIMEOUT'
  /** The provider does not accept the key, or the key may not use the model. */
  | 'MODEL_DENIED'
  /** The provider has no such model, or it is not there yet; the message says how to get it. */
  | 'MODEL_UNKNOWN'
  /** The provider does not take the request: too long for the model, or against its rules. */
  | 'MODEL_INPUT_REFUSED'
  /** The server does not take the schema of the answer. The same call again is made without one, and that is remembered. */
  | 'MODEL_SCHEMA_REFUSED'
  /** The model would not answer. */
  | 'MODEL_REFUSED'
  /** The model answered in no usable form: cut off, or not as asked, once it was asked to mend it too. */
  | 'MODEL_ANSWER_INVALID'
  /** A budget does not reach for the next request. It was not made. */
  | 'BUDGET_EXCEEDED'
  /** A budget in money was given, and the price of the model is not known. No request was made. */
  | 'PRICE_UNKNOWN'
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
  /** How long to wait before the same call is made again, in milliseconds, where somebody said. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

const brand = 'graphmem.error'

/** Every error this project throws on purpose. */
export class GraphMemError extends Error {
  override readonly name = 'GraphMemError'
  readonly code: GraphMemErrorCode
  readonly retryable: boolean
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined
  /** Recognised by value, so that two copies of this package in one process understand each other. */
  readonly brand: string = brand

  constructor(options: GraphMemErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.retryable = options.retryable ?? false
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
  }

  /** Whether `value` is an error of this project, thrown by whichever copy of it. */
  static is(value: unknown): value is GraphMemError {
    return value instanceof Error && 'brand' in value && value.brand === brand
  }
}
