import assert from 'node:assert/strict'
import { GraphMemError, recordKinds, type ScopedGraph } from '@graphmem/core/spec'
import { everyRead } from '../every-read.ts'
import { build, numberedIds, oneOfEach, segment } from '../record-builders.ts'
import { rejectsWithReason } from '../rejections.ts'
import { storeCalls } from '../store-calls.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const signalCases: readonly StoreCase[] = themed('signals', [
  {
    id: 'signal-aborted-before',
    behaviour: 'a call whose signal is already aborted rejects with its reason itself, whatever that is',
    async run({ store, scopes }) {
      for (const reason of [new Error('enough'), 'a string', { code: 7 }, 0]) {
        const signal = AbortSignal.abort(reason)
        for (const { name, make } of storeCalls(store, scopes.own)) await rejectsWithReason(reason, () => make({ signal }), name)
      }
    },
  },
  {
    id: 'signal-aborted-before-writes-nothing',
    behaviour: 'a write whose signal is already aborted writes nothing, and an erasure erases nothing',
    async run({ store, scopes, graph }) {
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      const before = await everyRead(store, scopes.own, ['r1', 'r2'])
      const expect = await graph.head()
      const reason = new Error('enough')
      const signal = AbortSignal.abort(reason)
      const changes = { put: oneOfEach('r2'), remove: { facts: ['r1'] }, dropSegmentIds: ['g1'] }
      const options = { applyId: 'aborted', expect, generation: 'g2' }
      await rejectsWithReason(reason, () => graph.apply(changes, { ...options, signal }))
      await rejectsWithReason(reason, () => graph.erase({ signal }))
      await rejectsWithReason(reason, () => store.user(scopes.own.userId).erase({ signal }))
      assert.equal(await everyRead(store, scopes.own, ['r1', 'r2']), before)
      const { changed } = await graph.apply(changes, options)
      assert.equal(changed, true, 'the applyId of a write that was aborted before it began is not used up')
    },
  },
  {
    id: 'signal-aborted-during-apply',
    behaviour: 'an apply that is aborted under way rejects with the reason itself or is done, and is either whole or not there',
    async run({ graph }) {
      for (const [turns, id] of numberedIds(12, 'try').entries()) {
        const controller = new AbortController()
        const reason = new Error('enough')
        const expect = await graph.head()
        const ids = numberedIds(50, id)
        const put = { episodes: ids.map((each) => build.episodes(each)), facts: ids.map((each) => build.facts(each)) }
        const applying = graph.apply(
          { put, putSegments: [segment(id, turns + 1)] },
          { applyId: id, expect, generation: 'g1', signal: controller.signal },
        )
        const settled = Promise.allSettled([applying])
        for (let turn = 0; turn < turns; turn++) await nextTurn()
        controller.abort(reason)
        const [result] = await settled
        const { version, found } = await foundAtOneVersion(graph, ids, id)
        // What was given up before may have been done after its caller had looked.
        const wasOvertaken = result.status === 'rejected' && GraphMemError.is(result.reason) && result.reason.code === 'CONFLICT'
        if (result.status === 'rejected' && !wasOvertaken)
          assert.ok(result.reason === reason, `rejects with the reason itself, not with ${String(result.reason)}`)
        if (wasOvertaken) assert.ok(version > expect.version, 'is refused for another write, and there is one')
        const there = version > expect.version && !wasOvertaken
        assert.deepEqual(found, there ? [50, 50, 1] : [0, 0, 0], 'whole or not there')
        if (result.status === 'fulfilled') assert.ok(there, 'what was answered for is there')
      }
    },
  },
  {
    id: 'signal-aborted-during-scan',
    behaviour: 'a scan that is aborted under way rejects with the reason itself',
    async run({ graph }) {
      await write(graph, { put: { senses: numberedIds(3000).map((id) => build.senses(id)) } })
      const controller = new AbortController()
      const reason = new Error('enough')
      await rejectsWithReason(reason, async () => {
        for await (const { id } of graph.scan('senses', { signal: controller.signal })) {
          if (id === 'id-00010') controller.abort(reason)
        }
      })
      assert.equal((await graph.count()).senses, 3000)
    },
  },
  {
    id: 'signal-aborted-during-segments',
    behaviour: 'reading segments rejects with the reason itself when it is aborted under way',
    async run({ graph }) {
      await write(graph, { putSegments: numberedIds(200).map((id, at) => segment(id, at + 1, at + 1, new Uint8Array(20_000))) })
      const controller = new AbortController()
      const reason = new Error('enough')
      await rejectsWithReason(reason, async () => {
        for await (const { id } of graph.segments(0, { signal: controller.signal })) {
          if (id === 'id-00002') controller.abort(reason)
        }
      })
      assert.equal((await graph.segmentInfos()).length, 200)
    },
  },
  {
    id: 'signal-not-aborted',
    behaviour: 'a signal that is not aborted, or only after the call, changes nothing',
    async run({ graph }) {
      const controller = new AbortController()
      const { signal } = controller
      const { head } = await write(graph, { put: oneOfEach('r1') }, { signal })
      controller.abort(new Error('too late'))
      assert.deepEqual(await graph.head({ signal: new AbortController().signal }), head)
      assert.deepEqual(await graph.head({}), head)
      assert.deepEqual(await graph.head({ signal: undefined }), head)
      for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, ['r1']), oneOfEach('r1')[kind], kind)
    },
  },
])

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** How much of an apply there is. A server may still be committing what a caller gave up: what was read while the version changed says nothing. */
async function foundAtOneVersion(
  graph: ScopedGraph,
  ids: readonly string[],
  segmentId: string,
): Promise<{ readonly version: number; readonly found: readonly number[] }> {
  for (;;) {
    const { version } = await graph.head()
    const found = [
      (await graph.get('episodes', ids)).length,
      (await graph.get('facts', ids)).length,
      (await graph.segmentInfos()).filter(({ id }) => id === segmentId).length,
    ]
    if ((await graph.head()).version === version) return { version, found }
  }
}
