import { type GraphStore, recordKinds, userId } from '@graphmem/core/spec'
import { memoryOf } from './memory-of.ts'
import { oneOfEach, segment } from './record-builders.ts'
import { write } from './write.ts'

/** Makes each call of a store once, the longer way round where there are two: everything it says to a database. */
export async function everyCall(store: GraphStore): Promise<void> {
  const graph = memoryOf(store, 'alice')
  await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] }, { applyId: 'once' })
  await write(graph, {}, { applyId: 'once' })
  for (const kind of recordKinds) {
    await graph.get(kind, ['r1'])
    for await (const _ of graph.scan(kind));
  }
  await graph.episodesOfKeys(['k'])
  await graph.sensesOfBlocks(['b'])
  await graph.segmentInfos()
  for await (const _ of graph.segments(0));
  await graph.count()
  await store.user(userId('alice')).list()
  await graph.erase({ expect: await graph.head() })
  await graph.erase()
  await store.user(userId('alice')).erase()
}
