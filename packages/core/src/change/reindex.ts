import { commit } from '../commit.ts'
import { quantised } from '../index-segments/quantised.ts'
import { segmentsOfRecords } from '../index-segments/segments-of-records.ts'
import { embedChunks } from '../ingest/embed-chunks.ts'
import { generationOf, type MemoryContext, refuseMoving } from '../memory-context.ts'
import type { CallOptions, RecordKind, Records, Segment } from '../spec/index.ts'
import { marked } from '../transfer/move-mark.ts'

/** Makes the recall index anew from the records, with the analyzer and embedder at hand: one vector a chunk, no extraction. Costs the memory. */
export async function reindex(context: MemoryContext, options: CallOptions): Promise<void> {
  await context.writes.run(context.graph, () => rebuild(context, options))
}

/**
 * The same for whoever has the turn to write already, or needs none: a writer that comes between makes it begin again. `evenMoving` makes that of a
 * memory in a move too, which stays where it is in it.
 */
export async function rebuild(context: MemoryContext, options: CallOptions & { readonly evenMoving?: boolean }): Promise<void> {
  await commit(
    context,
    async (head) => {
      if (head.version === 0) return undefined
      if (options.evenMoving !== true) refuseMoving(head)
      const dropSegmentIds = (await context.graph.segmentInfos(options)).map(({ id }) => id)
      const putSegments = await segmentsAnew(context, head.version + 1, options)
      return { changes: { put: {}, putSegments, dropSegmentIds }, generation: marked(head, generationOf(context)) }
    },
    { signal: options.signal, anyGeneration: true },
  )
  context.indexes.drop(context.graph)
}

async function segmentsAnew(
  { graph, analyzer, embedder }: MemoryContext,
  version: number,
  options: CallOptions,
): Promise<readonly Segment[]> {
  const all = <K extends RecordKind>(kind: K): Promise<readonly Records[K][]> => collect(graph.scan(kind, options))
  const records = {
    episodes: await all('episodes'),
    chunks: graph.scan('chunks', options),
    senses: await all('senses'),
    decisions: await all('decisions'),
    facts: await all('facts'),
    assertions: await all('assertions'),
    corrections: await all('corrections'),
  }
  return segmentsOfRecords(records, { version, rebuiltAt: version, analyzer }, async (chunks) => {
    const read = chunks.map(({ chunk, episode }) => ({
      chunk,
      episode,
      senses: [],
      facts: [],
      assertions: [],
      decisions: [],
      known: { senses: [], factIds: [] },
    }))
    return (await embedChunks(read, embedder, options)).map(({ vector }) => quantised(vector))
  })
}

async function collect<T>(records: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const record of records) all.push(record)
  return all
}
