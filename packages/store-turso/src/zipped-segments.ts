import { type Segment, toStoredText } from '@graphmem/core/spec'

/** Segments as two values of one statement, however many they are: their bytes in one piece, and a row each that says where in it theirs are. */
export function zippedSegments(segments: readonly Segment[]): { readonly rows: string; readonly bytes: Uint8Array } {
  const bytes = new Uint8Array(segments.reduce((size, segment) => size + segment.bytes.length, 0))
  const rows: unknown[] = []
  let size = 0
  for (const segment of segments) {
    bytes.set(segment.bytes, size)
    // SQL counts from 1.
    rows.push([toStoredText(segment.id), segment.firstVersion, segment.lastVersion, size + 1, segment.bytes.length])
    size += segment.bytes.length
  }
  return { rows: JSON.stringify(rows), bytes }
}
