import { planSegments } from './index-segments/plan-segments.ts'
import type { SegmentContent } from './index-segments/segment-content.ts'
import { checkGeneration, generationOf, type MemoryContext } from './memory-context.ts'
import { type Applied, type CallOptions, type GraphChanges, GraphMemError, type Head } from './spec/index.ts'

/** What one write consists of, computed from the memory at one head. */
export interface Draft {
  readonly changes: GraphChanges
  /** What is new in the recall index; absent where the changes themselves say what becomes of the segments. */
  readonly delta?: SegmentContent
  /** What the memory is made with from now on; by default, what is at hand. */
  readonly generation?: string | undefined
}

const maxAttempts = 50

/**
 * One atomic write: computes it from the memory as it is, and once more whenever another writer came between.
 *
 * @param prepare makes the write for a head; `undefined` when nothing is left to write. It is called again after a conflict, and must not
 *   repeat what is dear.
 * @throws GraphMemError `CONFLICT` after 50 attempts, and what the store throws.
 */
export async function commit(
  context: MemoryContext,
  prepare: (head: Head) => Promise<Draft | undefined>,
  options: CallOptions & { readonly anyGeneration?: boolean },
): Promise<Applied> {
  const applyId = crypto.randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted()
    const head = await context.graph.head(options)
    if (options.anyGeneration !== true) checkGeneration(head, context)
    const draft = await prepare(head)
    if (draft === undefined) return { head, changed: false }
    const segments = draft.delta === undefined ? {} : await planSegments(context.graph, head, draft.delta, options)
    const started = performance.now()
    try {
      const generation = draft.generation ?? generationOf(context)
      const applied = await context.graph.apply({ ...draft.changes, ...segments }, { ...options, applyId, expect: head, generation })
      const { chunks = [], facts = [] } = draft.changes.put
      context.observe({
        type: 'apply-done',
        version: applied.head.version,
        chunks: chunks.length,
        facts: facts.length,
        durationMs: performance.now() - started,
      })
      return applied
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'CONFLICT' || attempt === maxAttempts) throw error
      context.observe({ type: 'apply-conflicted', version: head.version })
    }
  }
}
