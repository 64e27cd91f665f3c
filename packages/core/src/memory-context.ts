import type { IndexCache } from './index-segments/index-cache.ts'
import type { ChunkClaims } from './ingest/chunk-claims.ts'
import type { PaidModels } from './models/model-gate.ts'
import type { MemoryEvent } from './observer.ts'
import type { RecallWeights } from './recall/weights.ts'
import {
  type Analyzer,
  type Embedder,
  GraphMemError,
  type Head,
  type Instant,
  type Reasoner,
  type ScopedGraph,
  type Self,
} from './spec/index.ts'
import { moveMarkOf } from './transfer/move-mark.ts'
import type { WriteQueue } from './write-queue.ts'

/** What the pipelines of one memory work with. */
export interface MemoryContext {
  readonly graph: ScopedGraph
  readonly reasoner: Reasoner
  readonly embedder: Embedder
  readonly analyzer: Analyzer
  readonly weights: RecallWeights
  readonly self: Self
  readonly indexes: Pick<IndexCache, 'current' | 'drop'>
  readonly writes: WriteQueue
  readonly claims: ChunkClaims
  /** Models, with who pays for them. */
  readonly models: PaidModels
  readonly now: () => Instant
  readonly observe: (event: MemoryEvent) => void
}

/** What the derived things of a memory are made with here: text analysis and vectors of one kind are never mixed with those of another. */
export function generationOf({ analyzer, embedder }: Pick<MemoryContext, 'analyzer' | 'embedder'>): string {
  return `${analyzer.id} ${vectorsMadeBy(embedder)}`
}

/** How a generation names what its vectors are made by. */
export function vectorsMadeBy({ id, dimensions }: Pick<Embedder, 'id' | 'dimensions'>): string {
  return `${id}/${dimensions}`
}

/** What a memory that holds something is made with, whether or not it is being moved: the id of the analyzer has no white space. */
export function madeWith(head: Pick<Head, 'generation'>): { readonly analyzer: string; readonly vectorsBy: string } {
  const { generation = '' } = moveMarkOf(head)
  const [analyzer = ''] = generation.split(' ', 1)
  return { analyzer, vectorsBy: generation.slice(analyzer.length + 1) }
}

/** @throws GraphMemError `CONFLICT` while the memory is being moved; `GENERATION_MISMATCH` when the memory was made with another analyzer or embedder than the ones at hand. */
export function checkGeneration(head: Head, context: MemoryContext): void {
  refuseMoving(head)
  const generation = generationOf(context)
  if (head.generation === undefined || head.generation === generation) return
  throw generationMismatch(head, context)
}

/** @throws GraphMemError `GENERATION_MISMATCH` when the vectors of a memory that holds something are of another embedder than the one at hand. */
export function checkEmbedder(head: Head, context: MemoryContext): void {
  if (madeWith(head).vectorsBy !== vectorsMadeBy(context.embedder)) throw generationMismatch(head, context)
}

function generationMismatch(head: Head, context: MemoryContext): GraphMemError {
  const { analyzer, vectorsBy } = madeWith(head)
  const remedy =
    vectorsBy === vectorsMadeBy(context.embedder)
      ? 'Give that analyzer, or call reindex() to make its index anew, which keeps its vectors.'
      : 'Give that embedder and analyzer, or call reembed() to make its vectors and index anew.'
  return new GraphMemError({
    code: 'GENERATION_MISMATCH',
    message: `Cannot use this memory with ${generationOf(context)}: it was made with ${analyzer} ${vectorsBy}. ${remedy}`,
  })
}

/** @throws GraphMemError `CONFLICT`, retryable, for a memory that is on its way from one store to another. */
export function refuseMoving(head: Head): void {
  if (moveMarkOf(head).state === 'settled') return
  throw new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message:
      'Cannot use this memory: it is being moved to another store. Call again when it has arrived; a move that was cut off is finished by calling move() again.',
  })
}
