import type { Head, RecordKind, Records, Segment } from '@graphmem/core/spec'
import { byCodePoints } from './code-points.ts'
import { type GroupIndex, groupIndex } from './group-index.ts'

/** What one memory holds. Records in it are frozen; nothing in it says whose it is. */
export interface Memory {
  head: Head
  readonly records: { readonly [K in RecordKind]: Map<string, Records[K]> }
  readonly episodesByKey: GroupIndex
  readonly sensesByBlock: GroupIndex
  readonly segments: Map<string, Segment>
  /** What the last applies answered, by their ids, oldest first. */
  readonly applied: Map<string, Head>
}

export function newMemory(): Memory {
  return {
    head: { version: 0 },
    records: {
      episodes: new Map(),
      chunks: new Map(),
      senses: new Map(),
      decisions: new Map(),
      facts: new Map(),
      assertions: new Map(),
      corrections: new Map(),
    },
    episodesByKey: groupIndex(),
    sensesByBlock: groupIndex(),
    segments: new Map(),
    applied: new Map(),
  }
}

export function recordsInOrder<K extends RecordKind>(memory: Memory, kind: K): readonly Records[K][] {
  const entries = [...memory.records[kind].entries()] as [string, Records[K]][]
  return entries.sort(([a], [b]) => byCodePoints(a, b)).map(([, record]) => record)
}

/** The records of these ids, in the order asked. */
export function recordsOf<K extends RecordKind>(memory: Memory, kind: K, ids: readonly string[]): readonly Records[K][] {
  const records = memory.records[kind] as ReadonlyMap<string, Records[K]>
  return ids.flatMap((id) => records.get(id) ?? [])
}

export function segmentsInOrder(memory: Memory): readonly Segment[] {
  return [...memory.segments.values()].sort(
    (a, b) => a.firstVersion - b.firstVersion || a.lastVersion - b.lastVersion || byCodePoints(a.id, b.id),
  )
}

export function countRecords(memory: Memory): Record<RecordKind, number> {
  const { episodes, chunks, senses, decisions, facts, assertions, corrections } = memory.records
  return {
    episodes: episodes.size,
    chunks: chunks.size,
    senses: senses.size,
    decisions: decisions.size,
    facts: facts.size,
    assertions: assertions.size,
    corrections: corrections.size,
  }
}
