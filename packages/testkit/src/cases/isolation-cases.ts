import assert from 'node:assert/strict'
import { type GraphStore, recordKinds, type Scope } from '@graphmem/core/spec'
import { everyRead } from '../every-read.ts'
import { foreignChanges } from '../foreign-changes.ts'
import { checkRandomOperations } from '../model/random-operations.ts'
import { build, numberedIds, oneOfEach, segment } from '../record-builders.ts'
import type { CaseScopes, StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

const ids = ['r1', 'r2', 'r3', 'foreign']

export const isolationCases: readonly StoreCase[] = themed('isolation', [
  {
    id: 'isolation-foreign-ids',
    behaviour: 'a foreign id, an erased id and one that was never used give the same answer',
    async run({ store, scopes }) {
      for (const foreign of strangers(scopes)) {
        await write(store.open(foreign), { put: oneOfEach('foreign'), putSegments: [segment('foreign', 1)] })
      }
      const graph = store.open(scopes.own)
      await write(graph, { put: oneOfEach('erased') })
      await write(graph, { remove: Object.fromEntries(recordKinds.map((kind) => [kind, ['erased']])) })
      for (const kind of recordKinds) {
        const [foreign, erased, never] = [
          await graph.get(kind, ['foreign']),
          await graph.get(kind, ['erased']),
          await graph.get(kind, ['never']),
        ]
        assert.deepEqual([foreign, erased, never], [[], [], []], kind)
      }
      assert.deepEqual(await graph.episodesOfKeys(['key of foreign']), [])
      assert.deepEqual(await graph.sensesOfBlocks(['block']), [])
      assert.deepEqual(await graph.segmentInfos(), [])
    },
  },
  {
    id: 'isolation-reads',
    behaviour: 'every read is the same to the byte with and without others, before, between and after',
    async run({ store, scopes }) {
      const { own } = scopes
      await ownWrites(store, own)
      const alone = await everyReadButList(store, own)
      await store.user(own.userId).erase()
      for (const foreign of strangers(scopes)) await strangeWrites(store, foreign)
      await ownWrites(store, own)
      assert.equal(await everyReadButList(store, own), alone, 'after others wrote')
      for (const foreign of strangers(scopes)) await strangeWrites(store, foreign)
      assert.equal(await everyReadButList(store, own), alone, 'when others write again')
      for (const foreign of strangers(scopes)) await store.open(foreign).erase()
      assert.equal(await everyReadButList(store, own), alone, 'after others were erased')
    },
  },
  {
    id: 'isolation-writes',
    behaviour: 'putting, retiring, removing and dropping under ids that others use too reaches nobody else',
    async run({ store, scopes }) {
      const { own } = scopes
      for (const foreign of strangers(scopes)) await strangeWrites(store, foreign)
      const before = await readStrangers(store, scopes)
      await ownWrites(store, own)
      await write(store.open(own), {
        retire: { episodeIds: ids, at: 99 },
        remove: Object.fromEntries(recordKinds.map((kind) => [kind, ids])),
        dropSegmentIds: ['g1', 'g2'],
      })
      await store.open(own).erase()
      assert.deepEqual(await readStrangers(store, scopes), before)
    },
  },
  {
    id: 'isolation-apply-ids',
    behaviour: 'an applyId is known only to the memory in which it was used',
    async run({ store, scopes }) {
      for (const scope of [scopes.own, ...strangers(scopes)]) {
        const graph = store.open(scope)
        const { changed, head } = await write(graph, { put: oneOfEach('r1') }, { applyId: 'shared' })
        assert.deepEqual([changed, head.version], [true, 1])
        for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, ['r1']), oneOfEach('r1')[kind], kind)
      }
    },
  },
  {
    id: 'isolation-heads',
    behaviour: 'the head of another memory, of the same version, is not accepted',
    async run({ store, scopes }) {
      for (const scope of [scopes.own, ...strangers(scopes)]) await write(store.open(scope), { put: oneOfEach('r1') })
      const heads = await Promise.all(strangers(scopes).map((scope) => store.open(scope).head()))
      for (const head of heads) {
        await assert.rejects(write(store.open(scopes.own), { put: oneOfEach('r2') }, { expect: head }), { code: 'CONFLICT' })
      }
      assert.deepEqual(await store.open(scopes.own).get('facts', ['r2']), [])
    },
  },
  {
    id: 'isolation-erase',
    behaviour: 'an erasure of another memory, or of another user, touches nothing',
    async run({ store, scopes }) {
      const { own, sibling, other } = scopes
      await ownWrites(store, own)
      await strangeWrites(store, sibling)
      await strangeWrites(store, other)
      const [before, head] = [await everyReadButList(store, own), await store.open(own).head()]
      await store.open(sibling).erase()
      await store.user(other.userId).erase()
      assert.equal(await everyReadButList(store, own), before)
      assert.deepEqual(await store.open(own).head(), head)
      assert.deepEqual(await store.user(own.userId).list(), [own.memoryId])
      assert.deepEqual(await store.user(other.userId).list(), [])
    },
  },
  {
    id: 'isolation-at-once',
    behaviour: 'tenants who write at the same time do not disturb each other',
    async run({ store, scopes }) {
      const all = [scopes.own, ...strangers(scopes)]
      const rounds = numberedIds(8)
      await Promise.all(
        all.map(async (scope, number) => {
          const graph = store.open(scope)
          for (const [round, id] of rounds.entries()) {
            const put = { senses: [build.senses(id, { key: `${number}` })], facts: [build.facts(id, { predicate: `of_${number}` })] }
            const { head } = await write(graph, { put, putSegments: [segment(id, round + 1)] }, { applyId: id })
            assert.equal(head.version, round + 1)
            const senses = await graph.sensesOfBlocks(['block'])
            assert.deepEqual(
              senses.map(({ key }) => key),
              rounds.slice(0, round + 1).map(() => `${number}`),
            )
          }
        }),
      )
      for (const [number, scope] of all.entries()) {
        const graph = store.open(scope)
        assert.deepEqual(
          await graph.get('facts', rounds),
          rounds.map((id) => build.facts(id, { predicate: `of_${number}` })),
        )
        assert.deepEqual(
          (await graph.segmentInfos()).map(({ id }) => id),
          rounds,
        )
      }
    },
  },
  {
    id: 'isolation-handles',
    behaviour: 'handles of several memories that are used by turns stay bound to theirs',
    async run({ store, scopes }) {
      const all = [scopes.own, ...strangers(scopes)]
      const handles = all.map((scope) => store.open(scope))
      for (const [number, graph] of handles.entries()) await write(graph, { put: { senses: [build.senses('s1', { key: `${number}` })] } })
      for (const order of [handles, [...handles].reverse()]) {
        const keys = await Promise.all(order.map(async (graph) => (await graph.get('senses', ['s1'])).map(({ key }) => key)))
        assert.deepEqual(
          keys,
          order.map((graph) => [`${handles.indexOf(graph)}`]),
        )
      }
    },
  },
  {
    id: 'isolation-random',
    behaviour: 'whatever two tenants do, each sees what a plain map of its own writes would hold',
    async run({ store, scopes }) {
      await checkRandomOperations(store, scopes)
    },
  },
])

function strangers({ own, sibling, other }: CaseScopes): readonly Scope[] {
  return [sibling, other, { ...own, userId: `${own.memoryId} of another` as Scope['userId'] }]
}

async function ownWrites(store: GraphStore, scope: Scope): Promise<void> {
  const graph = store.open(scope)
  await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] }, { applyId: 'first' })
  await write(graph, { put: oneOfEach('r2'), retire: { episodeIds: ['r1'], at: 10 } }, { applyId: 'second' })
  await write(graph, { put: oneOfEach('r3'), remove: { facts: ['r2'] }, putSegments: [segment('g2', 2, 3)] }, { applyId: 'third' })
}

/** The same ids, and others before and behind them. */
async function strangeWrites(store: GraphStore, scope: Scope): Promise<void> {
  const graph = store.open(scope)
  const { version } = await graph.head()
  for (const id of [...ids, 'a', 'zz', ...numberedIds(20, `by-${version}`)]) {
    const { put } = foreignChanges({ put: oneOfEach(id) })
    await write(graph, { put, putSegments: [segment(`g${version}-${id}`, version + 1)] }, { applyId: `${version} ${id}` })
  }
}

async function everyReadButList(store: GraphStore, scope: Scope): Promise<string> {
  const { memories, ...reads } = JSON.parse(await everyRead(store, scope, ids))
  assert.ok(memories.includes(scope.memoryId), 'the memory is listed')
  return JSON.stringify(reads)
}

async function readStrangers(store: GraphStore, scopes: CaseScopes): Promise<readonly string[]> {
  const reads: string[] = []
  for (const scope of strangers(scopes)) reads.push(await everyReadButList(store, scope))
  return reads
}
