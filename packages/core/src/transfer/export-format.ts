import type { RecordKind } from '../spec/index.ts'

/** The first line of an export says these. */
export const formatName = 'graphmem-memory'
export const formatVersion = 1

/**
 * The longest line that is read, in UTF-16 code units: an episode of the longest text, each character of it escaped, with all its metadata.
 */
export const maxLineLength: number = 32 * 1024 * 1024

/** How many records of each kind. */
export type RecordCounts = Readonly<Record<RecordKind, number>>

/** What an export held, and what an import wrote. */
export interface Transferred {
  readonly records: RecordCounts
  /** As `digest()` gives it for the memory. */
  readonly digest: string
  /** SHA-256, in base32, of all lines but the last: also of vectors, and of the times at which records were recorded. */
  readonly checksum: string
}
