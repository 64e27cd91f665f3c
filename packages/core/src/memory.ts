import type { Served } from './cache/result-cache.ts'
import type { ReembedOptions, ReembedResult } from './change/reembed.ts'
import type { ReindexOptions } from './change/reindex.ts'
import type { Estimate } from './ingest/estimate.ts'
import type { IngestInput, IngestOptions, IngestResult } from './ingest/ingest-input.ts'
import type { Bill } from './models/bill.ts'
import type { QueryOptions, QueryResult, RecallOptions, RecallResult, TimeOptions } from './recall/recall-result.ts'
import type { CallOptions, ErasureReceipt, Finding, RecordKind, Scope } from './spec/index.ts'
import type { Transferred } from './transfer/export-format.ts'
import type { TextPieces } from './transfer/split-lines.ts'
import type { EntityView, FactView } from './view/views.ts'

/**
 * One memory of one user. Cheap to make, safe to keep, and safe to call from many places at once: writes to one memory are put in a row,
 * reads see one version each.
 */
export interface Memory {
  readonly scope: Scope

  /**
   * Remembers a text, turns of a conversation, or documents. What was ingested before changes nothing and calls no model. Written in batches,
   * each whole or not at all: after a crash or an abort the same call resumes. A chunk that a model does not read is reported as failed; what was paid
   * for is written, also when the call is aborted meanwhile.
   *
   * @throws GraphMemError `INPUT_INVALID` before any write, `EPISODE_CHANGED` before any write, `GENERATION_MISMATCH`, `PRICE_UNKNOWN` before any request, and what
   *   the store throws.
   */
  ingest(input: IngestInput, options?: IngestOptions): Promise<IngestResult>

  /**
   * What `ingest` of the same would take of models, by estimate. Calls no model, and writes nothing.
   *
   * @throws GraphMemError as `ingest` does before any write
   */
  estimate(input: IngestInput, options?: IngestOptions): Promise<Estimate>

  /** Replaces an episode by another: the old one is kept for `knownAt`, and believed no more. @throws GraphMemError `INPUT_INVALID` when there is no such episode. */
  replace(episodeId: string, input: IngestInput, options?: IngestOptions): Promise<IngestResult>

  /** Finds the passages, facts and entities that bear on a question, for those who bring their own model. */
  recall(question: string, options?: RecallOptions): Promise<Served<RecallResult>>

  /** Answers a question with citations, or says "No information found". */
  query(question: string, options?: QueryOptions): Promise<Served<QueryResult>>

  /** Facts, in the order of subject, predicate and start. */
  facts(options?: FactsOptions): Promise<readonly FactView[]>

  /** Entities, those with the most mentions first. */
  entities(options?: EntitiesOptions): Promise<readonly EntityView[]>

  /** What was ingested, in the order of time. */
  episodes(options?: CallOptions & { readonly limit?: number }): Promise<readonly EpisodeSummary[]>

  /** Deletes episodes or facts, and all that rests on them alone, beyond recovery. Ids that are not there are ignored. */
  forget(what: { readonly episodeIds?: readonly string[]; readonly factIds?: readonly string[] }, options?: CallOptions): Promise<Forgotten>

  /** Says of facts or of merges (decisions) that they are wrong, or, with `restore`, right after all; or pins facts so that nothing supersedes them. Kept as corrections. */
  correct(correction: CorrectionInput, options?: CallOptions): Promise<void>

  /** Goes up with each write; 0 for a memory that holds nothing. One small read. */
  version(options?: CallOptions): Promise<number>

  /** Counts all that the memory holds. */
  stats(options?: CallOptions): Promise<MemoryStats>

  /** A hash over what the memory holds, without the times at which it learnt it: the same for the same episodes, whatever their order and batches. Reads everything. */
  digest(options?: CallOptions): Promise<string>

  /**
   * Makes the recall index anew from the stored text, with the analyzer at hand. Keeps the vectors: calls the embedder only for passages that have
   * none, and says what that took of a remote one.
   *
   * @throws GraphMemError `GENERATION_MISMATCH` when the vectors are of another embedder: see `reembed()`.
   */
  reindex(options?: ReindexOptions): Promise<{ readonly usage: Bill }>

  /**
   * Goes over to the embedder at hand, and to the analyzer at hand: makes the vector of every passage anew from the stored text. Extracts nothing.
   * Does nothing where the memory is made with them already.
   *
   * Until it is done, processes with the embedder of before read and write the memory as ever; then all is swapped in one atomic write, and they are
   * refused with `GENERATION_MISMATCH`. Cut off at any instant, the same call again goes on: vectors are kept batch by batch, and no finished batch is
   * paid for twice. One call at a time: two at once embed the same. Holds the index and all vectors meanwhile.
   *
   * @throws GraphMemError `CONFLICT`, retryable, while the memory is being moved, or when writers came between fifty times; what the embedder throws.
   */
  reembed(options?: ReembedOptions): Promise<ReembedResult>

  /**
   * Compares the recall index with the records, and says what is amiss; empty when nothing is. Reads the index, and all passages.
   *
   * @throws GraphMemError `CONFLICT`, retryable, when the memory was written to meanwhile, time and again.
   */
  examine(options?: CallOptions): Promise<readonly Finding[]>

  /**
   * The memory at one version as NDJSON, a line each with its line feed: a backup, or a file for another store. Nothing in it says whose it is. Records
   * are streamed, vectors are held meanwhile. Equal memories give equal bytes.
   *
   * @throws GraphMemError `CONFLICT`, retryable, in place of the last line, when the memory was written to meanwhile: begin again.
   */
  export(options?: CallOptions): AsyncIterable<string>

  /**
   * Writes an export into this memory, which has to be empty, whole or not at all. Calls no model. Takes lines, or text or bytes in any pieces, as
   * `createReadStream` gives them; holds the memory meanwhile.
   *
   * @throws GraphMemError `NOT_EMPTY`; `GENERATION_MISMATCH` for a memory of another embedder or analyzer; `INPUT_INVALID` for an export that was
   *   cut off, changed, or made by another version, with the line and the field, before any write.
   */
  import(source: TextPieces, options?: CallOptions): Promise<Transferred>

  /** Deletes the memory beyond recovery. */
  erase(options?: CallOptions): Promise<ErasureReceipt>

  /** Waits for writes under way and lets go of what the process holds of this memory. Later calls are refused with `CLOSED`. */
  close(): Promise<void>
}

export interface FactsOptions extends CallOptions, TimeOptions {
  /** Only facts whose subject or object has this name. */
  readonly about?: string
  /** Only facts whose subject is one of these entities, by their ids. Costs what they have, and not what the memory holds. */
  readonly subjects?: readonly string[]
  readonly predicate?: string
  /** Default 1,000. */
  readonly limit?: number
}

export interface EntitiesOptions extends CallOptions {
  readonly named?: string
  readonly type?: EntityView['type']
  /** Default 1,000. */
  readonly limit?: number
}

export interface EpisodeSummary {
  readonly id: string
  readonly kind: 'text' | 'turn' | 'document'
  readonly title?: string
  readonly source?: string
  readonly session?: string
  readonly speaker?: string
  readonly at?: Date
  readonly recordedAt: Date
  readonly retiredAt?: Date
}

export interface Forgotten {
  readonly episodes: number
  readonly chunks: number
  readonly facts: number
  readonly entities: number
}

export interface CorrectionInput {
  readonly verdict: 'retract' | 'restore' | 'pin' | 'unpin'
  readonly factIds?: readonly string[]
  readonly decisionIds?: readonly string[]
  readonly reason?: string
}

export interface MemoryStats {
  readonly version: number
  /** Absent for a memory that holds nothing. */
  readonly generation?: string
  readonly records: Readonly<Record<RecordKind, number>>
  readonly segments: number
  readonly segmentBytes: number
}
