import assert from 'node:assert/strict'
import type { ScopedGraph, Segment } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { bytesOf, numberedIds, segment } from '../record-builders.ts'
import { sameList } from '../same-list.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const segmentCases: readonly StoreCase[] = themed('segments', [
  {
    id: 'segments-empty',
    behaviour: 'a memory that holds nothing has no segments',
    async run({ graph }) {
      assert.deepEqual(await graph.segmentInfos(), [])
      sameList(await collect(graph.segments(0)), [])
    },
  },
  {
    id: 'segments-order',
    behaviour: 'segments come in the order of their versions, whatever their ids and the order of writing',
    async run({ graph }) {
      await write(graph, { putSegments: [segment('b', 10, 11), segment('z', 1), segment('c', 9)] })
      await write(graph, { putSegments: [segment('y', 2, 8)] })
      sameList(await idsSince(graph, 0), ['z', 'y', 'c', 'b'])
      const infos = await graph.segmentInfos()
      assert.deepEqual(
        infos.map(({ id }) => id),
        ['z', 'y', 'c', 'b'],
      )
    },
  },
  {
    id: 'segments-infos',
    behaviour: 'a segment is described by its id, versions and size, without its bytes',
    async run({ graph }) {
      await write(graph, { putSegments: [segment('g1', 1, 3, new Uint8Array(1234)), segment('g2', 4, 4, new Uint8Array())] })
      assert.deepEqual(await graph.segmentInfos(), [
        { id: 'g1', firstVersion: 1, lastVersion: 3, sizeBytes: 1234 },
        { id: 'g2', firstVersion: 4, lastVersion: 4, sizeBytes: 0 },
      ])
    },
  },
  {
    id: 'segments-since',
    behaviour: 'segments since a version are those that hold anything later',
    async run({ graph }) {
      await write(graph, { putSegments: [segment('g1', 1), segment('g2', 2, 5), segment('g3', 6), segment('g4', 7, 9)] })
      const since = async (version: number) => [version, ...(await idsSince(graph, version))]
      assert.deepEqual(await since(0), [0, 'g1', 'g2', 'g3', 'g4'])
      assert.deepEqual(await since(1), [1, 'g2', 'g3', 'g4'])
      assert.deepEqual(await since(4), [4, 'g2', 'g3', 'g4'])
      assert.deepEqual(await since(5), [5, 'g3', 'g4'])
      assert.deepEqual(await since(8), [8, 'g4'])
      assert.deepEqual(await since(9), [9])
      assert.deepEqual(await since(100), [100])
    },
  },
  {
    id: 'segments-beside-the-index',
    behaviour:
      'a segment of version 0 is kept beside the index: it is described, comes first since -1, never since 0, and is dropped like others',
    async run({ graph }) {
      await write(graph, { putSegments: [segment('g1', 1, 2), segment('b', 0, 0, bytesOf('beside')), segment('a', 0)] })
      const infos = await graph.segmentInfos()
      assert.deepEqual(
        infos.map(({ id, lastVersion }) => [id, lastVersion]),
        [
          ['a', 0],
          ['b', 0],
          ['g1', 2],
        ],
      )
      sameList(await idsSince(graph, 0), ['g1'])
      sameList(
        plain(await collect(graph.segments(-1))),
        plain([segment('a', 0), segment('b', 0, 0, bytesOf('beside')), segment('g1', 1, 2)]),
      )
      await write(graph, { dropSegmentIds: ['b'] })
      sameList(await idsSince(graph, -1), ['a', 'g1'])
    },
  },
  {
    id: 'segments-replaced',
    behaviour: 'several segments are replaced by one in one apply',
    async run({ graph }) {
      for (const version of [1, 2, 3, 4]) await write(graph, { putSegments: [segment(`g${version}`, version)] })
      await write(graph, { dropSegmentIds: ['g1', 'g2', 'g3', 'none'], putSegments: [segment('merged', 1, 3), segment('g5', 5)] })
      sameList(await collect(graph.segments(0)).then(plain), plain([segment('merged', 1, 3), segment('g4', 4), segment('g5', 5)]))
      sameList(await idsSince(graph, 2), ['merged', 'g4', 'g5'])
    },
  },
  {
    id: 'segments-bytes',
    behaviour: 'the bytes of a segment come back as they were: none, every value, a megabyte, and none in an apply of nothing else',
    async run({ graph }) {
      const everyValue = Uint8Array.from({ length: 256 }, (_, value) => value)
      const megabyte = Uint8Array.from({ length: 1 << 20 }, (_, at) => (at * 31 + (at >> 8)) & 255)
      const invalidText = new Uint8Array([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x00])
      const part = megabyte.subarray(1000, 1010)
      const written = [new Uint8Array(), everyValue, megabyte, invalidText, part].map((bytes, at) =>
        segment(`g${at}`, at + 1, at + 1, bytes),
      )
      await write(graph, { putSegments: written })
      written.push(segment('g5', 6, 6, new Uint8Array()))
      await write(graph, { putSegments: written.slice(-1) })
      const read = await collect(graph.segments(0))
      for (const { bytes } of read) assert.ok(bytes instanceof Uint8Array)
      assert.deepEqual(plain(read), plain(written))
    },
  },
  {
    id: 'segments-many',
    behaviour: 'hundreds of segments are streamed, and dropped in one apply',
    async run({ graph }) {
      const ids = numberedIds(600)
      await write(graph, { putSegments: ids.map((id, at) => segment(id, at + 1)) })
      sameList(await idsSince(graph, 0), ids)
      sameList(await idsSince(graph, 590), ids.slice(590))
      await write(graph, { dropSegmentIds: ids.slice(1) })
      sameList(await idsSince(graph, 0), ids.slice(0, 1))
    },
  },
  {
    id: 'segments-beside-applies',
    behaviour: 'reading segments goes on while applies come in between',
    async run({ graph }) {
      const ids = numberedIds(60)
      await write(graph, { putSegments: ids.map((id, at) => segment(id, at + 1, at + 1, new Uint8Array(50_000))) })
      const seen: string[] = []
      for await (const { id, bytes } of graph.segments(0)) {
        assert.equal(bytes.length, id.startsWith('id') ? 50_000 : 'later-00'.length)
        seen.push(id)
        if (seen.length === 1) await write(graph, { putSegments: [segment('later-01', 1000)] })
        if (seen.length === 30) await write(graph, { putSegments: [segment('later-02', 1001)] })
      }
      sameList(
        seen.filter((id) => id.startsWith('id')),
        ids,
      )
    },
  },
  {
    id: 'segments-merged-meanwhile',
    behaviour: 'reading segments misses nothing of what an apply replaces by one meanwhile',
    async run({ graph }) {
      const ids = numberedIds(40)
      await write(graph, { putSegments: ids.map((id, at) => segment(id, at + 1)) })
      const seen: Segment[] = []
      for await (const each of graph.segments(0)) {
        seen.push(each)
        if (seen.length === 1) await write(graph, { dropSegmentIds: ids, putSegments: [segment('merged', 1, 40)] })
      }
      for (const version of ids.map((_, at) => at + 1)) {
        const isHeld = seen.some(({ firstVersion, lastVersion }) => firstVersion <= version && version <= lastVersion)
        assert.ok(isHeld, `what version ${version} wrote was in none of ${seen.length} segments read`)
      }
    },
  },
  {
    id: 'segments-handed-out-are-copies',
    behaviour: 'what a caller does to the bytes it was given does not reach the memory',
    async run({ graph }) {
      await write(graph, { putSegments: [segment('g1', 1, 1, bytesOf('kept'))] })
      for await (const { bytes } of graph.segments(0)) bytes.fill(0)
      assert.deepEqual(plain(await collect(graph.segments(0))), plain([segment('g1', 1, 1, bytesOf('kept'))]))
    },
  },
])

async function idsSince(graph: ScopedGraph, version: number): Promise<string[]> {
  return (await collect(graph.segments(version))).map(({ id }) => id)
}

/** Segments whose bytes compare by value, whichever kind of array holds them. */
function plain(segments: readonly Segment[]): readonly unknown[] {
  return segments.map((each) => ({ ...each, bytes: Buffer.from(each.bytes).toString('base64') }))
}
