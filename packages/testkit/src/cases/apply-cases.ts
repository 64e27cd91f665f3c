import assert from 'node:assert/strict'
import { GraphMemError, type Head, recordKinds } from '@graphmem/core/spec'
import { build, numberedIds, oneOfEach, segment } from '../record-builders.ts'
import { rejectsWithCode } from '../rejections.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const applyCases: readonly StoreCase[] = themed('apply', [
  {
    id: 'apply-every-kind',
    behaviour: 'one apply writes records of every kind and segments',
    async run({ graph }) {
      const put = oneOfEach('r1')
      await write(graph, { put, putSegments: [segment('g1', 1)] })
      for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, ['r1']), put[kind], kind)
      assert.equal((await graph.segmentInfos()).length, 1)
    },
  },
  {
    id: 'apply-put-if-absent',
    behaviour: 'the first record of an id stays',
    async run({ graph }) {
      const first = build.senses('s1', { key: 'first' })
      await write(graph, { put: { senses: [first] } })
      await write(graph, { put: { senses: [build.senses('s0'), build.senses('s1', { key: 'second' }), build.senses('s2')] } })
      assert.deepEqual(await graph.get('senses', ['s0', 's1', 's2']), [build.senses('s0'), first, build.senses('s2')])
    },
  },
  {
    id: 'apply-large',
    behaviour: 'an apply of thousands of records keeps every one',
    async run({ graph }) {
      const ids = numberedIds(3000)
      await write(graph, { put: { facts: ids.map((id) => build.facts(id)), assertions: ids.map((id) => build.assertions(id)) } })
      const { facts, assertions } = await graph.count()
      assert.deepEqual({ facts, assertions }, { facts: 3000, assertions: 3000 })
      assert.deepEqual(await graph.get('facts', ['id-00000', 'id-02999']), [build.facts('id-00000'), build.facts('id-02999')])
      assert.deepEqual(await graph.get('assertions', ['id-02999']), [build.assertions('id-02999')])
    },
  },
  {
    id: 'apply-same-again',
    behaviour: 'the same applyId again changes nothing and answers as the first time, whatever it expects',
    async run({ graph }) {
      const changes = { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] }
      const options = { applyId: 'once', expect: await graph.head() }
      const first = await write(graph, changes, options)
      const again = await write(graph, changes, options)
      assert.deepEqual([first.changed, again.changed], [true, false])
      assert.deepEqual(again.head, first.head)
      assert.deepEqual(await graph.head(), first.head)
      const { changed } = await write(graph, changes, { applyId: 'once' })
      assert.equal(changed, false)
      assert.equal((await graph.segmentInfos()).length, 1)
    },
  },
  {
    id: 'apply-same-after-others',
    behaviour: 'an applyId is remembered while 99 later applies go by',
    async run({ graph }) {
      const options = { applyId: 'once', expect: await graph.head(), generation: 'of then' }
      const first = await write(graph, { put: { senses: [build.senses('s1')] } }, options)
      let { head } = first
      for (const applyId of numberedIds(99, 'apply')) head = (await write(graph, { put: {} }, { applyId, expect: head })).head
      assert.equal(head.version, 100)
      const again = await write(graph, { put: { senses: [build.senses('s1')] } }, options)
      assert.deepEqual(again, { head: first.head, changed: false })
      assert.deepEqual(await graph.head(), head)
    },
  },
  {
    id: 'apply-same-id-other-content',
    behaviour: 'other content under an applyId that was used is not written',
    async run({ graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } }, { applyId: 'once' })
      const { changed } = await write(graph, { put: { senses: [build.senses('s2')] }, remove: { senses: ['s1'] } }, { applyId: 'once' })
      assert.equal(changed, false)
      assert.deepEqual(await graph.get('senses', ['s1', 's2']), [build.senses('s1')])
    },
  },
  {
    id: 'apply-conflict',
    behaviour: 'an apply that expects another head is refused as a retryable CONFLICT and writes nothing',
    async run({ graph }) {
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      const { head } = await write(graph, { put: { senses: [build.senses('s1')] } })
      const stale: readonly Head[] = [
        { version: 0 },
        { ...head, version: 1 },
        { ...head, version: 3 },
        { ...head, incarnation: 'of another life' },
        { version: 2 },
      ]
      const changes = {
        put: oneOfEach('r2'),
        retire: { episodeIds: ['r1'], at: 5 },
        remove: { chunks: ['r1'] },
        putSegments: [segment('g2', 3)],
        dropSegmentIds: ['g1'],
      }
      for (const expect of stale) {
        const error = await rejectsWithCode(
          'CONFLICT',
          () => write(graph, changes, { expect }),
          `an apply that expects ${JSON.stringify(expect)}`,
        )
        assert.equal(error.retryable, true)
      }
      assert.deepEqual(await graph.head(), head)
      for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, ['r2', 'r1']), oneOfEach('r1')[kind], kind)
      assert.deepEqual(
        (await graph.segmentInfos()).map(({ id }) => id),
        ['g1'],
      )
    },
  },
  {
    id: 'apply-conflict-on-empty',
    behaviour: 'an apply that expects something where there is nothing is refused, and leaves nothing',
    async run({ graph, store, scopes }) {
      const put = { senses: [build.senses('s1')] }
      await rejectsWithCode('CONFLICT', () => write(graph, { put }, { expect: { version: 1, incarnation: 'never', generation: 'g1' } }))
      await rejectsWithCode('CONFLICT', () => write(graph, { put }, { expect: { version: 0, incarnation: 'never' } }))
      assert.deepEqual(await graph.head(), { version: 0 })
      assert.deepEqual(await graph.get('senses', ['s1']), [])
      assert.deepEqual(await store.user(scopes.own.userId).list(), [])
    },
  },
  {
    id: 'apply-after-conflict',
    behaviour: 'a call that was refused goes through with the same applyId from the current head',
    async run({ graph }) {
      await write(graph, { put: { senses: [build.senses('s1')] } })
      const put = { senses: [build.senses('s2')] }
      await rejectsWithCode('CONFLICT', () => write(graph, { put }, { applyId: 'twice', expect: { version: 0 } }))
      const { changed, head } = await write(graph, { put }, { applyId: 'twice' })
      assert.deepEqual([changed, head.version], [true, 2])
      assert.deepEqual(await graph.get('senses', ['s2']), [build.senses('s2')])
    },
  },
  {
    id: 'apply-race',
    behaviour: 'of several applies from one head at once exactly one is written',
    async run({ graph }) {
      const { head } = await write(graph, { put: { senses: [build.senses('s0')] } })
      const ids = numberedIds(8)
      const results = await Promise.allSettled(
        ids.map((id) => write(graph, { put: oneOfEach(id), putSegments: [segment(id, 2)] }, { applyId: id, expect: head })),
      )
      const won = ids.filter((_, number) => results[number]?.status === 'fulfilled')
      assert.equal(won.length, 1)
      for (const result of results) {
        if (result.status === 'rejected') assert.ok(GraphMemError.is(result.reason) && result.reason.retryable, String(result.reason))
      }
      assert.equal((await graph.head()).version, 2)
      for (const kind of recordKinds)
        assert.deepEqual(
          (await graph.get(kind, ids)).map(({ id }) => id),
          won,
          kind,
        )
      assert.deepEqual(
        (await graph.segmentInfos()).map(({ id }) => id),
        won,
      )
    },
  },
  {
    id: 'apply-race-of-one',
    behaviour: 'the same apply made several times at once is written once',
    async run({ graph }) {
      const expect = await graph.head()
      const call = () => write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] }, { applyId: 'once', expect })
      const results = await Promise.all([call(), call(), call(), call()])
      assert.deepEqual(results.filter(({ changed }) => changed).length, 1)
      for (const { head } of results) assert.equal(head.version, 1)
      assert.equal((await graph.head()).version, 1)
      assert.equal((await graph.segmentInfos()).length, 1)
    },
  },
  {
    id: 'apply-many-writers',
    behaviour: 'writers that try again after each conflict lose nothing',
    async run({ store, scopes, graph }) {
      const ids = numberedIds(8)
      await Promise.all(
        ids.map(async (id) => {
          const own = store.open(scopes.own)
          for (let written = false; !written; ) {
            written = await write(own, { put: { senses: [build.senses(id)] } }, { applyId: id }).then(
              () => true,
              (error: unknown) => {
                assert.ok(GraphMemError.is(error) && error.retryable, String(error))
                return false
              },
            )
          }
        }),
      )
      assert.equal((await graph.head()).version, 8)
      assert.deepEqual(
        await graph.get('senses', ids),
        ids.map((id) => build.senses(id)),
      )
    },
  },
  {
    id: 'apply-seen-whole',
    behaviour: 'who has seen one record of an apply sees all of it',
    async run({ graph }) {
      const ids = numberedIds(200)
      const episodes = ids.map((id) => build.episodes(id))
      const corrections = ids.map((id) => build.corrections(id))
      let writing = true
      const written = write(graph, { put: { episodes, corrections }, putSegments: [segment('g1', 1)] }).finally(() => {
        writing = false
      })
      try {
        while (writing) {
          const seen = await graph.get('episodes', ['id-00000'])
          const { length } = await graph.get('corrections', ids)
          const { length: segments } = await graph.segmentInfos()
          if (seen.length > 0) assert.deepEqual({ corrections: length, segments }, { corrections: 200, segments: 1 })
        }
      } finally {
        await written
      }
    },
  },
  {
    id: 'apply-keeps-copies',
    behaviour: 'what the caller does with its objects afterwards does not reach the memory',
    async run({ graph }) {
      const tags = ['first']
      const metadata = { place: 'here' }
      const bytes = new Uint8Array([1, 2, 3])
      const episodes = [build.episodes('e1', { tags, metadata })]
      await write(graph, { put: { episodes }, putSegments: [{ id: 'g1', firstVersion: 1, lastVersion: 1, bytes }] })
      tags.push('later')
      metadata.place = 'there'
      bytes.fill(9)
      episodes.pop()
      assert.deepEqual(await graph.get('episodes', ['e1']), [build.episodes('e1', { tags: ['first'], metadata: { place: 'here' } })])
      for await (const kept of graph.segments(0)) assert.deepEqual([...kept.bytes], [1, 2, 3])
    },
  },
])
