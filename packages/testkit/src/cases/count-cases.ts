import assert from 'node:assert/strict'
import { type RecordKind, recordKinds } from '@graphmem/core/spec'
import { build, oneOfEach, segment } from '../record-builders.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const countCases: readonly StoreCase[] = themed('count', [
  {
    id: 'count-empty',
    behaviour: 'a memory that holds nothing counts 0 of every kind',
    async run({ graph }) {
      assert.deepEqual(await graph.count(), everyKind(0))
    },
  },
  {
    id: 'count-follows-writes',
    behaviour: 'counts follow what is put and removed; putting again and retiring do not change them',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      assert.deepEqual(await graph.count(), everyKind(1))
      await write(graph, { put: { ...oneOfEach('r2'), facts: [build.facts('r1'), build.facts('r2'), build.facts('r3')] } })
      await write(graph, { retire: { episodeIds: ['r1'], at: 10 } })
      assert.deepEqual(await graph.count(), { ...everyKind(2), facts: 3 })
      await write(graph, { remove: { episodes: ['r1'], facts: ['r1', 'r2', 'r3', 'r4'] } })
      assert.deepEqual(await graph.count(), { ...everyKind(2), episodes: 1, facts: 0 })
    },
  },
])

function everyKind(count: number): Record<RecordKind, number> {
  return Object.fromEntries(recordKinds.map((kind) => [kind, count])) as Record<RecordKind, number>
}
