import type { Head, RecordKind, Records, Segment, SegmentInfo } from '@graphmem/core/spec'
import type { Row } from './scoped-statements.ts'

export function recordOf<K extends RecordKind>(row: Row): Records[K] {
  return JSON.parse(String(row['body'])) as Records[K]
}

export function headOf(row: Row): Required<Head> {
  return { incarnation: String(row['incarnation']), version: Number(row['version']), generation: String(row['generation']) }
}

export function segmentInfoOf(row: Row): SegmentInfo {
  return { ...versionsOf(row), sizeBytes: Number(row['size']) }
}

export function segmentOf(row: Row): Segment {
  return { ...versionsOf(row), bytes: row['bytes'] as Uint8Array }
}

function versionsOf(row: Row): Omit<Segment, 'bytes'> {
  return { id: String(row['id']), firstVersion: Number(row['first_version']), lastVersion: Number(row['last_version']) }
}
