import assert from 'node:assert/strict'
import { type ErasureReceipt, type Head, recordKinds } from '@graphmem/core/spec'
import { everyRead } from '../every-read.ts'
import { build, numberedIds, oneOfEach, segment } from '../record-builders.ts'
import { rejectsWithCode } from '../rejections.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const eraseCases: readonly StoreCase[] = themed('erase', [
  {
    id: 'erase-receipt',
    behaviour: 'the receipt of an erasure counts the records of each kind and the segments',
    async run({ graph }) {
      const put = { ...oneOfEach('r1'), facts: numberedIds(30).map((id) => build.facts(id)) }
      await write(graph, { put, putSegments: [segment('g1', 1), segment('g2', 1)] })
      await write(graph, { remove: { chunks: ['r1'] }, retire: { episodeIds: ['r1'], at: 10 } })
      checkReceipt(await graph.erase(), {
        memories: 1,
        records: { episodes: 1, chunks: 0, senses: 1, decisions: 1, facts: 30, assertions: 1, corrections: 1 },
        segments: 2,
      })
    },
  },
  {
    id: 'erase-leaves-nothing',
    behaviour: 'after an erasure every read is as if nothing had ever been written',
    async run({ store, scopes, graph }) {
      const before = await everyRead(store, scopes.own, ['r1', 'r2'])
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      await write(graph, { put: oneOfEach('r2'), retire: { episodeIds: ['r1'], at: 10 }, putSegments: [segment('g2', 2)] })
      await graph.erase()
      assert.equal(await everyRead(store, scopes.own, ['r1', 'r2']), before)
      assert.deepEqual(await graph.head(), { version: 0 })
    },
  },
  {
    id: 'erase-nothing-comes-back',
    behaviour: 'what was erased does not come back when the memory is written again',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      await write(graph, { retire: { episodeIds: ['r1'], at: 10 } })
      await graph.erase()
      const later = build.senses('later', { block: 'block' })
      await write(graph, { put: { senses: [later] }, putSegments: [segment('g9', 1)] })
      for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, ['r1']), [], kind)
      assert.deepEqual(await graph.sensesOfBlocks(['block']), [later])
      assert.deepEqual(
        (await graph.segmentInfos()).map(({ id }) => id),
        ['g9'],
      )
      await write(graph, { put: { episodes: [build.episodes('r1')] } })
      assert.deepEqual(await graph.get('episodes', ['r1']), [build.episodes('r1')])
    },
  },
  {
    id: 'erase-new-incarnation',
    behaviour: 'the first apply after an erasure begins another incarnation, at version 1',
    async run({ graph }) {
      const { head: before } = await write(graph, { put: { senses: [build.senses('s1')] } })
      await graph.erase()
      const { head: after } = await write(graph, { put: { senses: [build.senses('s1')] } })
      assert.equal(after.version, 1)
      assert.ok(after.incarnation)
      assert.notEqual(after.incarnation, before.incarnation)
    },
  },
  {
    id: 'erase-stops-writers',
    behaviour: 'a writer who read the head before an erasure cannot write after it, even at the same version',
    async run({ graph }) {
      const { head } = await write(graph, { put: { senses: [build.senses('s1')] } })
      await graph.erase()
      const late = { put: { senses: [build.senses('late')] } }
      await rejectsWithCode('CONFLICT', () => write(graph, late, { expect: head }))
      await write(graph, { put: { senses: [build.senses('s1')] } })
      await rejectsWithCode('CONFLICT', () => write(graph, late, { expect: head }))
      assert.deepEqual(await graph.get('senses', ['late']), [])
    },
  },
  {
    id: 'erase-forgets-apply-ids',
    behaviour: 'an applyId from before an erasure is new after it',
    async run({ graph }) {
      const put = { senses: [build.senses('s1')] }
      await write(graph, { put }, { applyId: 'once' })
      await graph.erase()
      const { changed } = await write(graph, { put }, { applyId: 'once' })
      assert.equal(changed, true)
      assert.deepEqual(await graph.get('senses', ['s1']), put.senses)
    },
  },
  {
    id: 'erase-empty',
    behaviour: 'erasing a memory that holds nothing is no error, also twice',
    async run({ graph }) {
      const nothing = { memories: 0, records: (await graph.count()) as ErasureReceipt['records'], segments: 0 }
      checkReceipt(await graph.erase(), nothing)
      await write(graph, { put: oneOfEach('r1') })
      await graph.erase()
      checkReceipt(await graph.erase(), nothing)
    },
  },
  {
    id: 'erase-expect',
    behaviour: 'an erasure that expects a head deletes that state, or nothing',
    async run({ graph }) {
      const put = (id: string) => ({ put: { senses: [build.senses(id)] }, putSegments: [segment(id, 1)] })
      const empty: Head = { version: 0 }
      const refuses = async (now: Head, expected: readonly Head[]) => {
        for (const expect of expected) {
          const error = await rejectsWithCode('CONFLICT', () => graph.erase({ expect }))
          assert.equal(error.retryable, true)
        }
        const { version, incarnation } = await graph.head()
        assert.deepEqual([version, incarnation], [now.version, now.incarnation])
      }
      await graph.erase({ expect: empty })
      await refuses(empty, [{ version: 1, incarnation: crypto.randomUUID() }])
      const { head: first } = await write(graph, put('s1'))
      const { head } = await write(graph, put('s2'))
      await refuses(head, [empty, first, { ...head, version: 3 }, { ...head, incarnation: crypto.randomUUID() }])
      assert.deepEqual(await graph.get('senses', ['s1', 's2']), [build.senses('s1'), build.senses('s2')])
      assert.equal((await graph.segmentInfos()).length, 2)
      await graph.erase({ expect: head })
      await refuses(empty, [head])
      await graph.erase({ expect: empty })
      await write(graph, put('s1'))
      const { head: again } = await write(graph, put('s2'))
      await refuses(again, [head])
    },
  },
  {
    id: 'erase-one-memory',
    behaviour: "erasing a memory leaves the user's other memories and other users alone",
    async run({ store, scopes, graph }) {
      const { sibling, other } = scopes
      for (const scope of [scopes.own, sibling, other]) {
        await write(store.open(scope), { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      }
      const before = [await everyRead(store, other, ['r1']), await store.open(sibling).head()]
      checkReceipt(await graph.erase(), { memories: 1, records: countOfEach(1), segments: 1 })
      assert.deepEqual([await everyRead(store, other, ['r1']), await store.open(sibling).head()], before)
      for (const kind of recordKinds) assert.deepEqual(await store.open(sibling).get(kind, ['r1']), oneOfEach('r1')[kind], kind)
      assert.equal((await store.open(sibling).segmentInfos()).length, 1)
      assert.deepEqual(await store.user(scopes.own.userId).list(), [sibling.memoryId])
    },
  },
])

function checkReceipt(receipt: ErasureReceipt, expected: Omit<ErasureReceipt, 'unverified'>): void {
  const { unverified, ...counts } = receipt
  assert.deepEqual(counts, expected)
  assert.ok(unverified.every((each) => typeof each === 'string'))
}

function countOfEach(count: number): ErasureReceipt['records'] {
  return { episodes: count, chunks: count, senses: count, decisions: count, facts: count, assertions: count, corrections: count }
}
