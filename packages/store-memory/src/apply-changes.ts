import {
  type Applied,
  type ApplyOptions,
  type Episode,
  type GraphChanges,
  GraphMemError,
  type Head,
  type RecordKind,
  type Records,
  recordKinds,
  type Sense,
} from '@graphmem/core/spec'
import { frozenCopy } from './frozen-copy.ts'
import type { Memory } from './memory.ts'

const rememberedApplies = 1000

/** Writes changes into a memory: whole, because nothing can fail after the first write; once, because the `applyId` is remembered. */
export function applyChanges(memory: Memory, changes: GraphChanges, options: ApplyOptions): Applied {
  const before = memory.applied.get(options.applyId)
  if (before) return { head: before, changed: false }
  refuseOther(memory.head, options.expect, 'apply the changes')
  const { put, retire, remove, putSegments = [], dropSegmentIds = [] } = copyOf(changes)

  for (const kind of recordKinds) putRecords(memory, kind, put[kind] ?? [])
  if (retire) retireEpisodes(memory, retire.episodeIds, retire.at)
  for (const kind of recordKinds) removeRecords(memory, kind, remove?.[kind] ?? [])
  for (const id of dropSegmentIds) memory.segments.delete(id)
  for (const segment of putSegments) memory.segments.set(segment.id, segment)

  memory.head = Object.freeze({
    incarnation: memory.head.incarnation ?? crypto.randomUUID(),
    version: memory.head.version + 1,
    generation: options.generation,
  })
  remember(memory, options.applyId)
  return { head: memory.head, changed: true }
}

/** @throws GraphMemError `CONFLICT` when a memory is not at the expected head. */
export function refuseOther(head: Head, expected: Head, doing: string): void {
  if (head.version === expected.version && head.incarnation === expected.incarnation) return
  throw new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: `Cannot ${doing}: version ${expected.version} was expected, and the memory is at version ${head.version} or was erased since. Read the head and call again.`,
  })
}

function copyOf({ putSegments, ...changes }: GraphChanges): GraphChanges {
  const segments = putSegments?.map((segment) => Object.freeze({ ...segment, bytes: new Uint8Array(segment.bytes) }))
  return segments ? { ...frozenCopy(changes), putSegments: segments } : frozenCopy(changes)
}

function putRecords<K extends RecordKind>(memory: Memory, kind: K, put: readonly Records[K][]): void {
  const records = memory.records[kind] as Map<string, Records[K]>
  for (const record of put) {
    if (records.has(record.id)) continue
    records.set(record.id, record)
    changeIndexes(memory, kind, record, 'add')
  }
}

function removeRecords<K extends RecordKind>(memory: Memory, kind: K, ids: readonly string[]): void {
  const records = memory.records[kind] as Map<string, Records[K]>
  for (const id of ids) {
    const record = records.get(id)
    if (!record) continue
    records.delete(id)
    changeIndexes(memory, kind, record, 'remove')
  }
}

function changeIndexes<K extends RecordKind>(memory: Memory, kind: K, record: Records[K], change: 'add' | 'remove'): void {
  if (kind === 'episodes') memory.episodesByKey[change]((record as Episode).key, record.id)
  if (kind === 'senses') memory.sensesByBlock[change]((record as Sense).block, record.id)
}

function retireEpisodes(memory: Memory, ids: readonly string[], at: number): void {
  const { episodes } = memory.records
  for (const id of ids) {
    const episode = episodes.get(id)
    if (episode && episode.retiredAt === undefined) episodes.set(id, Object.freeze({ ...episode, retiredAt: at }))
  }
}

function remember(memory: Memory, applyId: string): void {
  memory.applied.set(applyId, memory.head)
  const [oldest] = memory.applied.keys()
  if (memory.applied.size > rememberedApplies && oldest !== undefined) memory.applied.delete(oldest)
}
