import assert from 'node:assert/strict'
import { recordKinds, type Scope, scope } from '@graphmem/core/spec'
import { collect } from '../collect.ts'
import { everyRead } from '../every-read.ts'
import { hostileIds, hostileScopes } from '../hostile-ids.ts'
import { build, segment } from '../record-builders.ts'
import type { StoreCase, StoreContext } from '../store-case.ts'
import { byId, inOrder } from '../utf8-order.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

type Store = StoreContext['store']

export const identifierCases: readonly StoreCase[] = themed('identifiers', [
  {
    id: 'identifier-users',
    behaviour: 'users whose ids look alike each have a memory of their own',
    async run({ store }) {
      await checkApart(
        store,
        hostileIds.map((userId) => scope({ userId, memoryId: 'chat' })),
      )
    },
  },
  {
    id: 'identifier-memories',
    behaviour: 'memories of one user whose ids look alike are apart, and are listed as they were named',
    async run({ store }) {
      const scopes = hostileIds.map((memoryId) => scope({ userId: 'mallory', memoryId }))
      await checkApart(store, scopes)
      assert.deepEqual(await store.user((scopes[0] as Scope).userId).list(), inOrder(hostileIds))
    },
  },
  {
    id: 'identifier-pairs',
    behaviour: 'a user and a memory id that come to the same when they are joined are apart',
    async run({ store }) {
      await checkApart(store, hostileScopes)
      const userIds = new Set(hostileScopes.map(({ userId }) => userId))
      for (const userId of userIds) {
        const own = hostileScopes.filter((each) => each.userId === userId)
        assert.deepEqual(await store.user(userId).list(), inOrder(own.map(({ memoryId }) => memoryId)), JSON.stringify(userId))
      }
    },
  },
  {
    id: 'identifier-erase',
    behaviour: 'erasing one of many memories that look alike leaves the rest',
    async run({ store }) {
      for (const each of hostileScopes) await mark(store, each)
      for (const [number, each] of hostileScopes.entries()) {
        const receipt = await store.open(each).erase()
        assert.deepEqual([receipt.memories, receipt.records.senses, receipt.segments], [1, 1, 1], nameOf(each))
        assert.equal((await store.open(each).head()).version, 0, nameOf(each))
        for (const later of hostileScopes.slice(number + 1)) await checkMark(store, later)
      }
    },
  },
  {
    id: 'identifier-user-erase',
    behaviour: 'erasing one of many users who look alike leaves the rest',
    async run({ store }) {
      const scopes = hostileIds.map((userId) => scope({ userId, memoryId: 'chat' }))
      for (const each of scopes) await mark(store, each)
      for (const [number, each] of scopes.entries()) {
        const { memories } = await store.user(each.userId).erase()
        assert.equal(memories, 1, nameOf(each))
        const next = scopes[number + 1]
        if (next) await checkMark(store, next)
      }
    },
  },
  {
    id: 'identifier-records',
    behaviour: 'records, blocks, keys and segments may have any ids',
    async run({ graph }) {
      const senses = hostileIds.map((id) => build.senses(id, { block: id }))
      const episodes = hostileIds.map((id) => build.episodes(id, { key: id }))
      await write(
        graph,
        { put: { senses, episodes }, putSegments: hostileIds.map((id, at) => segment(id, at + 1)) },
        { applyId: '__proto__' },
      )
      assert.deepEqual(await graph.get('senses', hostileIds), senses)
      assert.deepEqual(await collect(graph.scan('senses')), byId(senses))
      for (const id of hostileIds) {
        assert.deepEqual(
          (await graph.sensesOfBlocks([id])).map((sense) => sense.id),
          [id],
          JSON.stringify(id),
        )
        assert.deepEqual(
          (await graph.episodesOfKeys([id])).map((episode) => episode.id),
          [id],
          JSON.stringify(id),
        )
      }
      const retired = hostileIds.filter((_, at) => at % 2 === 0)
      const removed = hostileIds.filter((_, at) => at % 3 === 0)
      await write(graph, { retire: { episodeIds: retired, at: 10 }, remove: { senses: removed }, dropSegmentIds: removed })
      const now = await graph.get('episodes', hostileIds)
      assert.deepEqual(
        now.filter(({ retiredAt }) => retiredAt === 10).map(({ id }) => id),
        retired,
      )
      const kept = hostileIds.filter((id) => !removed.includes(id))
      assert.deepEqual(
        (await graph.get('senses', hostileIds)).map(({ id }) => id),
        kept,
      )
      assert.deepEqual(
        (await graph.segmentInfos()).map(({ id }) => id),
        kept,
      )
    },
  },
  {
    id: 'identifier-prototype',
    behaviour: 'ids that every object has are not there until they are written',
    async run({ store, graph }) {
      const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
      for (const kind of recordKinds) assert.deepEqual(await graph.get(kind, names), [], kind)
      assert.deepEqual(await graph.sensesOfBlocks(names), [])
      assert.deepEqual(await graph.episodesOfKeys(names), [])
      for (const name of names) {
        const named = scope({ userId: name, memoryId: name })
        assert.deepEqual(await store.user(named.userId).list(), [])
        assert.deepEqual(await store.open(named).head(), { version: 0 })
        const { changed } = await write(graph, { put: { senses: [build.senses(name)] } }, { applyId: name })
        assert.equal(changed, true, `an apply of the id ${name}`)
      }
      assert.equal(Object.hasOwn(Object.prototype, 'key'), false)
    },
  },
  {
    id: 'identifier-nothing-shared',
    behaviour: 'what a memory answers does not depend on what its owner is called',
    async run({ store }) {
      const ids = ['r1', 'r2']
      const answers = new Map<string, string>()
      for (const each of hostileScopes) {
        const graph = store.open(each)
        await write(graph, { put: { senses: [build.senses('r1')], episodes: [build.episodes('r2')] }, putSegments: [segment('g1', 1)] })
        const { memories, ...reads } = JSON.parse(await everyRead(store, each, ids))
        assert.ok(memories.includes(each.memoryId), nameOf(each))
        answers.set(nameOf(each), JSON.stringify(reads))
      }
      assert.equal(new Set(answers.values()).size, 1)
    },
  },
])

/** Writes into each what only it has, under the same ids, and then looks into each. */
async function checkApart(store: Store, scopes: readonly Scope[]): Promise<void> {
  for (const each of scopes) await mark(store, each)
  for (const each of scopes) await checkMark(store, each)
}

async function mark(store: Store, each: Scope): Promise<void> {
  const { changed } = await write(
    store.open(each),
    { put: { senses: [markOf(each)] }, putSegments: [segment('g1', 1)] },
    { applyId: 'mark' },
  )
  assert.ok(changed, `${nameOf(each)} is written for the first time`)
}

async function checkMark(store: Store, each: Scope): Promise<void> {
  const graph = store.open(each)
  assert.deepEqual(await graph.get('senses', ['s1']), [markOf(each)])
  assert.deepEqual(await collect(graph.scan('senses')), [markOf(each)])
  assert.equal((await graph.head()).version, 1, nameOf(each))
}

function markOf(each: Scope): ReturnType<typeof build.senses> {
  return build.senses('s1', { key: nameOf(each) })
}

function nameOf({ userId, memoryId }: Scope): string {
  return JSON.stringify([userId, memoryId])
}
