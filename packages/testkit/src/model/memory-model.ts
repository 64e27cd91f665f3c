import { type Episode, type GraphChanges, type RecordKind, type Records, recordKinds, type Segment } from '@graphmem/core/spec'
import { byId } from '../utf8-order.ts'

/** What one memory should hold, kept in plain maps. */
export interface MemoryModel {
  version: number
  generation: string | undefined
  readonly records: Map<RecordKind, Map<string, Records[RecordKind]>>
  readonly segments: Map<string, Segment>
  /** The versions that the applies answered, by their ids. */
  readonly applied: Map<string, number>
}

export function memoryModel(): MemoryModel {
  return {
    version: 0,
    generation: undefined,
    records: new Map(recordKinds.map((kind) => [kind, new Map()])),
    segments: new Map(),
    applied: new Map(),
  }
}

export function modelApply(model: MemoryModel, changes: GraphChanges, applyId: string, generation: string): void {
  for (const kind of recordKinds) {
    const known = model.records.get(kind)
    for (const record of changes.put[kind] ?? []) if (!known?.has(record.id)) known?.set(record.id, record)
    for (const id of changes.remove?.[kind] ?? []) known?.delete(id)
  }
  const episodes = model.records.get('episodes') as Map<string, Episode>
  for (const id of changes.retire?.episodeIds ?? []) {
    const episode = episodes.get(id)
    if (episode && episode.retiredAt === undefined) episodes.set(id, { ...episode, retiredAt: changes.retire?.at ?? 0 })
  }
  for (const id of changes.dropSegmentIds ?? []) model.segments.delete(id)
  for (const segment of changes.putSegments ?? []) model.segments.set(segment.id, segment)
  model.version += 1
  model.generation = generation
  model.applied.set(applyId, model.version)
}

export function modelRecords(model: MemoryModel, kind: RecordKind): readonly Records[RecordKind][] {
  return byId(model.records.get(kind)?.values() ?? [])
}

export function modelSegments(model: MemoryModel): readonly Segment[] {
  return [...model.segments.values()].sort((a, b) => a.firstVersion - b.firstVersion)
}
