import type { ScopedGraph, Segment } from '@graphmem/core/spec'
import { applyChanges, refuseOther } from './apply-changes.ts'
import { receiptOf } from './erasure.ts'
import type { Gate } from './gate.ts'
import type { BoundMemory } from './memories.ts'
import { countRecords, recordsInOrder, recordsOf, segmentsInOrder } from './memory.ts'

/** Every read and write of one memory. */
export function scopedGraph(bound: BoundMemory, gate: Gate): ScopedGraph {
  return {
    scope: bound.scope,
    async head(options) {
      gate.enter(options)
      return bound.read().head
    },
    async apply(changes, options) {
      gate.enter(options)
      const memory = bound.read()
      const applied = applyChanges(memory, changes, options)
      bound.keep(memory)
      return applied
    },
    async get(kind, ids, options) {
      gate.enter(options)
      return recordsOf(bound.read(), kind, ids)
    },
    async *scan(kind, options) {
      gate.enter(options)
      for (const record of recordsInOrder(bound.read(), kind)) {
        yield record
        gate.enter(options)
      }
    },
    async episodesOfKeys(keys, options) {
      gate.enter(options)
      const memory = bound.read()
      return recordsOf(memory, 'episodes', memory.episodesByKey.idsOf(keys))
    },
    async sensesOfBlocks(blocks, options) {
      gate.enter(options)
      const memory = bound.read()
      return recordsOf(memory, 'senses', memory.sensesByBlock.idsOf(blocks))
    },
    async segmentInfos(options) {
      gate.enter(options)
      return segmentsInOrder(bound.read()).map(({ bytes, ...info }) => ({ ...info, sizeBytes: bytes.length }))
    },
    async *segments(sinceVersion, options) {
      gate.enter(options)
      for (const segment of segmentsInOrder(bound.read())) {
        if (segment.lastVersion <= sinceVersion) continue
        yield copyOf(segment)
        gate.enter(options)
      }
    },
    async count(options) {
      gate.enter(options)
      return countRecords(bound.read())
    },
    async erase(options) {
      gate.enter(options)
      if (options?.expect) refuseOther(bound.read().head, options.expect, 'erase')
      const memory = bound.take()
      return receiptOf(memory ? [memory] : [])
    },
  }
}

/** Bytes cannot be frozen. */
function copyOf(segment: Segment): Segment {
  return { ...segment, bytes: new Uint8Array(segment.bytes) }
}
