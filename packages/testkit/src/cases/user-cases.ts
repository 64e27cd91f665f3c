import assert from 'node:assert/strict'
import { type Scope, scope } from '@graphmem/core/spec'
import { everyRead } from '../every-read.ts'
import { build, numberedIds, oneOfEach, segment } from '../record-builders.ts'
import type { StoreCase, StoreContext } from '../store-case.ts'
import { inOrder } from '../utf8-order.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const userCases: readonly StoreCase[] = themed('users', [
  {
    id: 'user-lists-memories',
    behaviour: "a user's memories are listed in the order of the code points of their ids",
    async run({ store, scopes }) {
      const memoryIds = ['work', 'Work', 'chat', '10', '9', 'é', 'e\u0301', '\u{1f642}', '\uff21', 'a b', 'chat:1', 'chat/1']
      for (const memoryId of memoryIds)
        await write(store.open(memoryScope(scopes.own, memoryId)), { put: { senses: [build.senses('s1')] } })
      assert.deepEqual(await store.user(scopes.own.userId).list(), inOrder(memoryIds))
      assert.equal(store.user(scopes.own.userId).userId, scopes.own.userId)
    },
  },
  {
    id: 'user-lists-what-holds-something',
    behaviour: 'a memory is listed from its first apply until it is erased, and not for being opened',
    async run({ store, scopes, graph }) {
      const list = () => store.user(scopes.own.userId).list()
      await store.open(scopes.sibling).head()
      assert.deepEqual(await list(), [])
      await write(graph, { put: { senses: [build.senses('s1')] } })
      assert.deepEqual(await list(), [scopes.own.memoryId])
      await graph.erase()
      assert.deepEqual(await list(), [])
    },
  },
  {
    id: 'user-lists-own',
    behaviour: 'a user lists no memory of a user whose id is alike',
    async run({ store, scopes }) {
      for (const userId of lookAlikes)
        await write(store.open(scope({ userId, memoryId: `of ${userId}` })), { put: { senses: [build.senses('s1')] } })
      for (const userId of lookAlikes) {
        assert.deepEqual(
          await store.user(scope({ userId, memoryId: 'any' }).userId).list(),
          [`of ${userId}`],
          `the memories of ${JSON.stringify(userId)}`,
        )
      }
      assert.deepEqual(await store.user(scopes.own.userId).list(), [])
    },
  },
  {
    id: 'user-lists-many',
    behaviour: 'a user may have hundreds of memories',
    async run({ store, scopes }) {
      const memoryIds = numberedIds(300)
      for (const memoryId of memoryIds) {
        const options = { applyId: memoryId, expect: { version: 0 }, generation: 'g1' }
        await store.open(memoryScope(scopes.other, memoryId)).apply({ put: { senses: [build.senses('s1')] } }, options)
      }
      assert.deepEqual(await store.user(scopes.other.userId).list(), memoryIds)
      assert.equal((await store.user(scopes.other.userId).erase()).memories, 300)
      assert.deepEqual(await store.user(scopes.other.userId).list(), [])
    },
  },
  {
    id: 'user-erase',
    behaviour: "erasing a user deletes all of the user's memories, and the receipt counts them all",
    async run({ store, scopes, graph }) {
      await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      await write(store.open(scopes.sibling), { put: oneOfEach('r1'), putSegments: [segment('g1', 1), segment('g2', 1)] })
      const { memories, records, segments } = await store.user(scopes.own.userId).erase()
      assert.deepEqual([memories, segments], [2, 3])
      assert.deepEqual(records, { episodes: 2, chunks: 2, senses: 2, decisions: 2, facts: 2, assertions: 2, corrections: 2 })
      assert.deepEqual(await store.user(scopes.own.userId).list(), [])
      await checkEmpty(store, scopes.own)
      await checkEmpty(store, scopes.sibling)
    },
  },
  {
    id: 'user-erase-empty',
    behaviour: 'erasing a user who has nothing is no error',
    async run({ store, scopes }) {
      const { memories, records, segments } = await store.user(scopes.own.userId).erase()
      assert.deepEqual([memories, segments, ...Object.values(records)], [0, 0, 0, 0, 0, 0, 0, 0, 0])
    },
  },
  {
    id: 'user-erase-own',
    behaviour: 'erasing a user leaves users whose ids are alike alone',
    async run({ store }) {
      const scopes = lookAlikes.map((userId) => scope({ userId, memoryId: 'chat' }))
      for (const each of scopes) await write(store.open(each), { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      const whole = await everyRead(store, scopes[0] as Scope, ['r1'])
      for (const [number, each] of scopes.entries()) {
        assert.equal((await store.user(each.userId).erase()).memories, 1, `the memories of ${JSON.stringify(each.userId)}`)
        for (const later of scopes.slice(number + 1)) {
          assert.equal(
            await everyRead(store, later, ['r1']),
            whole,
            `${JSON.stringify(later.userId)} after ${JSON.stringify(each.userId)} was erased`,
          )
        }
      }
    },
  },
  {
    id: 'user-erase-new-incarnation',
    behaviour: 'a memory that is written again after its user was erased is another incarnation',
    async run({ store, scopes, graph }) {
      const { head } = await write(graph, { put: { senses: [build.senses('s1')] } })
      await store.user(scopes.own.userId).erase()
      const again = await write(graph, { put: { senses: [build.senses('s2')] } })
      assert.notEqual(again.head.incarnation, head.incarnation)
      assert.equal(again.head.version, 1)
      assert.deepEqual(await graph.get('senses', ['s1', 's2']), [build.senses('s2')])
    },
  },
])

/** Each is the start, a pattern, or a folded form of another. */
const lookAlikes = [
  'mallory%',
  'mallory_',
  'mallory',
  'mallor',
  'mallory:',
  'mallory/',
  'mallory1',
  'Mallory',
  'mallory ',
  '%',
  '*',
  'mall\u00f6ry',
  'mallo\u0308ry',
]

function memoryScope({ userId }: Scope, memoryId: string): Scope {
  return scope({ userId, memoryId })
}

async function checkEmpty(store: StoreContext['store'], of: Scope): Promise<void> {
  const graph = store.open(of)
  assert.deepEqual(await graph.head(), { version: 0 })
  assert.deepEqual(await graph.segmentInfos(), [])
  assert.deepEqual(Object.values(await graph.count()), [0, 0, 0, 0, 0, 0, 0])
}
