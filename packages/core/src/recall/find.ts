import { currentIndex } from '../current-index.ts'
import { embedAll } from '../ingest/embed-chunks.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { Chunk, ModelCalls } from '../spec/index.ts'
import { memoryView } from '../view/memory-view.ts'
import { chunksToRead } from './explain.ts'
import type { RecallPlan } from './parse-options.ts'
import { type Ranking, rank } from './rank.ts'
import { readRecallQuestion } from './recall-question.ts'

/** What was found, with the texts of its passages. */
export interface Found {
  readonly ranking: Ranking
  readonly texts: ReadonlyMap<string, Chunk>
  readonly version: number
  readonly timings: { readonly indexMs: number; readonly rankMs: number; readonly readMs: number }
}

/**
 * `question → index → rank → read`, over one version of the memory. A warm call costs the store two statements, whatever the memory holds: the
 * head, and the chosen chunks. It starts again when a chosen chunk was deleted in between.
 */
export async function find(context: MemoryContext, plan: RecallPlan, calls: ModelCalls): Promise<Found> {
  const options = { signal: plan.signal, calls }
  for (let attempt = 1; ; attempt += 1) {
    const started = performance.now()
    const { index, segmentsRead } = await currentIndex(context, options)
    const indexed = performance.now()
    if (segmentsRead > 0) {
      const { version, sizeBytes } = index
      context.observe({ type: 'index-refreshed', version, segments: segmentsRead, sizeBytes, durationMs: indexed - started })
    }
    const view = () => memoryView(index, context.self, plan.knownAt)
    let question = readRecallQuestion(plan.question, view(), context.analyzer)
    let embedded = ''
    let vector = new Float32Array(context.embedder.dimensions)
    while (embedded !== question.textToEmbed) {
      embedded = question.textToEmbed
      const read = index.version
      vector = (await embedAll(context.embedder, [embedded], options))[0]?.slice() ?? vector
      // The index may have grown meanwhile; from here on nothing waits until all is ranked.
      if (index.version !== read) question = readRecallQuestion(plan.question, view(), context.analyzer)
    }
    const version = index.version
    const ranking = rank(question, vector, view(), plan, context)
    const ranked = performance.now()
    const shown = [...ranking.passages, ...ranking.around].map(({ chunk }) => chunk.id)
    const ids = [...new Set([...shown, ...(ranking.explanation === undefined ? [] : chunksToRead(ranking.explanation))])]
    const texts = new Map(ids.length === 0 ? [] : (await context.graph.get('chunks', ids, options)).map((chunk) => [chunk.id, chunk]))
    if (texts.size === ids.length || attempt === 3) {
      const timings = { indexMs: indexed - started, rankMs: ranked - indexed, readMs: performance.now() - ranked }
      return { ranking, texts, version, timings }
    }
    context.indexes.drop(context.graph)
  }
}
