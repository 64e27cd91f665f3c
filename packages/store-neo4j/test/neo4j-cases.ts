import assert from 'node:assert/strict'
import { recordKinds, scope } from '@graphmem/core/spec'
import { build, type CaseScopes, oneOfEach, type StoreCase, write } from '@graphmem/testkit'
import { sharedDriver } from './test-server.ts'

const strangers = `
  MATCH (one)-[between]->(other)
  WHERE one.userId <> other.userId OR one.memoryId <> other.memoryId
    OR coalesce(between.userId <> one.userId OR between.memoryId <> one.memoryId, true)
  RETURN count(*) AS count`

/** Records that refer to each other. */
const related = {
  episodes: [build.episodes('e1')],
  chunks: [build.chunks('c1')],
  senses: [build.senses('s1'), build.senses('s2')],
  decisions: [build.decisions('d1')],
  facts: [build.facts('f1')],
  assertions: [build.assertions('a1')],
}

/** What the kit leaves open: how a store keeps its applies, and what a person browses beside the store. */
export const neo4jCases: readonly StoreCase[] = [
  {
    id: 'neo4j-relationships',
    theme: 'isolation',
    behaviour: 'a relationship is within one memory, and says which',
    async run({ graph, store, scopes }) {
      const others = [store.open(scopes.sibling), store.open(scopes.other)]
      for (const each of [...others, graph]) await write(each, { put: related })
      const strange = await sharedDriver().executeQuery(strangers)
      assert.equal(Number(strange.records[0]?.get('count')), 0)
      const own = await sharedDriver().executeQuery(
        'MATCH (:!Memory {userId: $userId, memoryId: $memoryId})-[it]->() RETURN type(it) AS type, count(*) AS count ORDER BY type',
        { ...scopes.own },
      )
      assert.deepEqual(
        own.records.map((record) => `${record.get('type')} ${record.get('count')}`),
        ['ABOUT 1', 'JUDGES 2', 'MENTIONS 1', 'OBJECT 1', 'PART_OF 1', 'SAID_IN 1', 'STATES 1'],
      )
    },
  },
  {
    id: 'neo4j-memories-untouched',
    theme: 'isolation',
    behaviour: "what a write and an erasure say of a memory they say of no one else's",
    async run({ graph, store, scopes }) {
      for (const each of [graph, store.open(scopes.sibling), store.open(scopes.other)]) await write(each, {})
      await sharedDriver().executeQuery('MATCH (memory:Memory) SET memory.settledVersion = 0')
      const before = await memoriesOf(scopes)
      await write(graph, {})
      assert.deepEqual((await memoriesOf(scopes)).slice(1), before.slice(1))
      await graph.erase()
      assert.deepEqual((await memoriesOf(scopes)).slice(1), before.slice(1))
      await store.user(scopes.own.userId).erase()
      assert.deepEqual(await memoriesOf(scopes), [[], [], before[2]])
    },
  },
  {
    id: 'neo4j-waits-for-own',
    theme: 'isolation',
    behaviour: 'a read waits for writers of its own memory, and for no others',
    async run({ graph, store, scopes }) {
      for (const each of [graph, store.open(scopes.sibling), store.open(scopes.other)]) await write(each, { put: related })
      await sharedDriver().executeQuery('MATCH (memory:Memory) SET memory.settledVersion = 0')
      await write(graph, {})
      for (const kind of recordKinds) {
        await graph.get(kind, ['e1'])
        for await (const _ of graph.scan(kind));
      }
      await graph.episodesOfKeys(['key of e1'])
      await graph.sensesOfBlocks(['block'])
      assert.equal((await graph.count()).senses, 2)
      assert.equal((await graph.head()).version, 2)
    },
  },
  {
    id: 'neo4j-applies-erased',
    theme: 'apply',
    behaviour: 'an erasure forgets the applies of what it erases, and no others',
    async run({ graph, store, scopes }) {
      const [sibling, other] = [store.open(scopes.sibling), store.open(scopes.other)]
      for (const each of [graph, sibling, other]) await write(each, { put: oneOfEach('r1') }, { applyId: 'once' })
      await graph.erase()
      for (const each of [sibling, other]) assert.equal((await write(each, {}, { applyId: 'once' })).changed, false)
      await store.user(scopes.own.userId).erase()
      assert.equal((await write(sibling, {}, { applyId: 'once' })).changed, true)
      assert.equal((await write(other, {}, { applyId: 'once' })).changed, false)
      for (const kind of recordKinds) assert.equal((await other.get(kind, ['r1'])).length, 1, kind)
    },
  },
  {
    id: 'neo4j-applies-forgotten',
    theme: 'apply',
    behaviour: "a memory forgets its applies after a thousand others, and nobody else's",
    async run({ graph, store, scopes }) {
      const others = [store.open(scopes.sibling), store.open(scopes.other), store.open(scope({ userId: 'zoe', memoryId: 'z' }))]
      for (const other of others) await write(other, {}, { applyId: 'once' })
      await write(graph, {}, { applyId: 'once' })
      // As if a thousand others had gone by.
      await sharedDriver().executeQuery(
        'MATCH (memory:Memory {userId: $userId, memoryId: $memoryId}) SET memory.version = 1001, memory.settledVersion = 1001',
        { ...scopes.own },
      )
      await write(graph, {}, { applyId: 'later' })
      for (const other of others) assert.equal((await write(other, {}, { applyId: 'once' })).changed, false)
      assert.equal((await write(graph, {}, { applyId: 'once' })).changed, true)
    },
  },
]

async function memoriesOf({ own, sibling, other }: CaseScopes): Promise<readonly unknown[]> {
  const results = [own, sibling, other].map((scope) =>
    sharedDriver().executeQuery('MATCH (it:Memory {userId: $userId, memoryId: $memoryId}) RETURN properties(it) AS it', { ...scope }),
  )
  return (await Promise.all(results)).map(({ records }) => records.map((record) => record.get('it')))
}
