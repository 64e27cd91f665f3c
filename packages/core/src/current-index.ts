import { rebuild } from './change/reindex.ts'
import type { RecallIndex } from './index-segments/recall-index.ts'
import { checkGeneration, type MemoryContext } from './memory-context.ts'
import { GraphMemError, type Head, type ModelOptions } from './spec/index.ts'

/** The recall index of a memory at its head. A damaged or older one is not trusted: it is made anew from the records first. */
export async function currentIndex(
  context: MemoryContext,
  options: ModelOptions,
): Promise<{ readonly head: Head; readonly index: RecallIndex; readonly segmentsRead: number }> {
  const current = async () => {
    const loaded = await context.indexes.current(context.graph, options)
    checkGeneration(loaded.head, context)
    return loaded
  }
  try {
    return await current()
  } catch (error) {
    if (!GraphMemError.is(error) || error.code !== 'INDEX_DAMAGED') throw error
    checkGeneration(await context.graph.head(options), context)
    await rebuild(context, options)
    return current()
  }
}
