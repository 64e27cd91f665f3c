import { type GraphStore, recordKinds, type Scope } from '@graphmem/core/spec'
import { collect } from './collect.ts'

/** The results of every read of a memory, as one text. The incarnation is left out: it is random. */
export async function everyRead(store: GraphStore, scope: Scope, ids: readonly string[]): Promise<string> {
  const graph = store.open(scope)
  const { incarnation, ...head } = await graph.head()
  const segments = await collect(graph.segments(0))
  const results = {
    head: { ...head, exists: incarnation !== undefined },
    count: await graph.count(),
    scans: await Promise.all(recordKinds.map((kind) => collect(graph.scan(kind)))),
    gets: await Promise.all(recordKinds.map((kind) => graph.get(kind, ids))),
    episodesOfKeys: await graph.episodesOfKeys(ids.map((id) => `key of ${id}`)),
    sensesOfBlocks: await graph.sensesOfBlocks(['block', ...ids]),
    segmentInfos: await graph.segmentInfos(),
    segments: segments.map((segment) => ({ ...segment, bytes: Buffer.from(segment.bytes).toString('hex') })),
    memories: await store.user(scope.userId).list(),
  }
  return JSON.stringify(results)
}
