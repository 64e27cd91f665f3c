/**
 * A part of a memory's recall index: bytes that core writes and core alone reads. A store keeps them whole, beside the records, in the same
 * atomic write. Segments are immutable; as they grow in number core replaces several by one that covers the same versions.
 */
export interface Segment {
  readonly id: string
  /**
   * The first and the last version of the memory whose changes it holds, both included. Both 0 for what is kept beside the index: it is no part of
   * it, and comes only to who reads the segments since −1.
   */
  readonly firstVersion: number
  readonly lastVersion: number
  readonly bytes: Uint8Array
}

/** A segment without its bytes. */
export type SegmentInfo = Omit<Segment, 'bytes'> & { readonly sizeBytes: number }
