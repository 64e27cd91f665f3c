import { commit } from '../commit.ts'
import { indexedVectors } from '../index-segments/indexed-vectors.ts'
import { type Quantised, quantised } from '../index-segments/quantised.ts'
import type { ChunkOfEpisode } from '../index-segments/segments-of-records.ts'
import { isWaiting } from '../index-segments/waiting-vectors.ts'
import { embedChunks } from '../ingest/embed-chunks.ts'
import { checkEmbedder, generationOf, type MemoryContext, refuseMoving } from '../memory-context.ts'
import type { Bill } from '../models/bill.ts'
import type { Budget } from '../models/budget.ts'
import { modelsOf } from '../models/models-of.ts'
import type { CallOptions, ModelOptions } from '../spec/index.ts'
import { marked } from '../transfer/move-mark.ts'
import { segmentsAnew } from './segments-anew.ts'

export interface ReindexOptions extends CallOptions {
  /** For vectors of a remote embedder. Where it does not reach, nothing is written. */
  readonly budget?: Budget
}

/**
 * Makes the recall index anew from the records, with the analyzer at hand, and keeps its vectors: what has none is embedded. Costs the memory.
 *
 * @throws GraphMemError `GENERATION_MISMATCH` for vectors of another embedder.
 */
export async function reindex(context: MemoryContext, { signal, budget }: ReindexOptions): Promise<{ readonly usage: Bill }> {
  const calls = context.models.begin({ budget, models: modelsOf({ embedder: context.embedder }) })
  await context.writes.run(context.graph, () => rebuild(context, { signal, calls }))
  return { usage: calls.bill }
}

/**
 * The same for whoever has the turn to write already, or needs none: a writer that comes between makes it begin again. `evenMoving` makes that of a
 * memory in a move too, which stays where it is in it.
 */
export async function rebuild(context: MemoryContext, options: ModelOptions & { readonly evenMoving?: boolean }): Promise<void> {
  const { graph, embedder } = context
  const calls = options.calls ?? context.models.begin({ models: modelsOf({ embedder }) })
  const made = new Map<string, Quantised>()
  await commit(
    context,
    async (head) => {
      if (head.version === 0) return undefined
      if (options.evenMoving !== true) refuseMoving(head)
      checkEmbedder(head, context)
      const dropSegmentIds = (await graph.segmentInfos(options)).filter((info) => !isWaiting(info)).map(({ id }) => id)
      const { vectors } = await indexedVectors(graph, options)
      const vectorOf = ({ chunk: { id } }: ChunkOfEpisode) => {
        const kept = vectors.get(id)
        return kept?.vector.length === embedder.dimensions ? kept : made.get(id)
      }
      const vectorsOf = async (chunks: readonly ChunkOfEpisode[]) => {
        const lacking = chunks.filter((chunk) => vectorOf(chunk) === undefined)
        for (const { chunk, vector } of await embedChunks(lacking, embedder, { signal: options.signal, calls }))
          made.set(chunk.chunk.id, quantised(vector))
        return chunks.map(vectorOf)
      }
      const putSegments = await segmentsAnew(context, head.version + 1, vectorsOf, options)
      return { changes: { put: {}, putSegments, dropSegmentIds }, generation: marked(head, generationOf(context)) }
    },
    { signal: options.signal, anyGeneration: true },
  )
  context.indexes.drop(graph)
}
