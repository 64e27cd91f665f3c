import { recordKinds } from '@graphmem/core/spec'
import { memoryOf, numberedIds, write } from '@graphmem/testkit'
import { expect, test } from 'vitest'
import { changesOf } from './changes-of.ts'
import { openStore } from './open-store.ts'
import { clientInMemory, watchedClient } from './watched-client.ts'

/** A store, and how many statements a call of it takes. */
function countingStore() {
  let statements = 0
  const client = watchedClient(clientInMemory(), (sql) => {
    statements += 1
    return sql
  })
  return {
    store: openStore({ client }),
    async countOf(call: () => Promise<unknown>): Promise<number> {
      const before = statements
      await call()
      return statements - before
    },
  }
}

test('an apply takes the same number of statements whatever it writes', async () => {
  const { store, countOf } = countingStore()
  const graph = memoryOf(store, 'alice')
  await write(graph, {})
  let { head } = await write(graph, {})
  const counts: number[] = []
  for (const size of [0, 1, 1000]) {
    const changes = changesOf(size, `of-${size}`)
    counts.push(
      await countOf(async () => {
        head = (await graph.apply(changes, { applyId: `${size}`, expect: head, generation: 'g1' })).head
      }),
    )
  }
  expect(new Set(counts).size).toBe(1)
})

test('an apply that removes takes the same number of statements whatever it removes', async () => {
  const { store, countOf } = countingStore()
  const graph = memoryOf(store, 'alice')
  await write(graph, changesOf(1000, 'id'))
  let head = await graph.head()
  const counts: number[] = []
  for (const ids of [numberedIds(1), numberedIds(1000)]) {
    const remove = Object.fromEntries(recordKinds.map((kind) => [kind, ids]))
    counts.push(
      await countOf(async () => {
        head = (await graph.apply({ put: {}, remove, dropSegmentIds: ids }, { applyId: `${ids.length}`, expect: head, generation: 'g1' }))
          .head
      }),
    )
  }
  expect(new Set(counts).size).toBe(1)
})

test('a read is one statement, whatever it finds', async () => {
  const { store, countOf } = countingStore()
  const graph = memoryOf(store, 'alice')
  await write(graph, changesOf(1000, 'id'))
  const segments = async () => {
    for await (const _ of graph.segments(0));
  }
  const reads = [
    () => graph.head(),
    () => graph.get('chunks', []),
    () => graph.get('chunks', numberedIds(1000)),
    () => graph.episodesOfKeys(numberedIds(1000)),
    () => graph.sensesOfBlocks(['block']),
    () => graph.segmentInfos(),
    segments,
    () => graph.count(),
  ]
  for (const read of reads) expect(await countOf(read)).toBe(1)
})
