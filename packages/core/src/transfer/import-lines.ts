import { commit } from '../commit.ts'
import { segmentsOfRecords } from '../index-segments/segments-of-records.ts'
import { checkGeneration, type MemoryContext } from '../memory-context.ts'
import { type CallOptions, GraphMemError, type Head } from '../spec/index.ts'
import type { Transferred } from './export-format.ts'
import { moveMarkOf } from './move-mark.ts'
import { readExport } from './read-export.ts'
import type { TextPieces } from './split-lines.ts'

/** What was imported, and the head of the memory after it. */
export interface ImportedAt extends Transferred {
  readonly head: Head
}

/**
 * Writes an export into a memory that holds nothing, in one atomic write. The recall index is made of the records and the vectors that came, so
 * nothing is embedded; times at which records were recorded and retired are kept. Holds the memory meanwhile.
 *
 * @param options.generation what the memory is written as; the one at hand by default.
 * @throws GraphMemError `NOT_EMPTY`, `GENERATION_MISMATCH`, and `INPUT_INVALID`, all before anything is written.
 */
export async function importLines(
  context: MemoryContext,
  source: TextPieces,
  options: CallOptions & { readonly generation?: string },
): Promise<ImportedAt> {
  const { graph, analyzer, embedder } = context
  refuseHeld(await graph.head(options))
  const reading = readExport(source, {
    signal: options.signal,
    dimensions: embedder.dimensions,
    checkGeneration: (generation) => checkGeneration({ version: 1, generation }, context),
  })
  const { records, vectors, summary, generation } = await reading.catch((error: unknown) => {
    // A source that was aborted too says so in words of its own.
    options.signal?.throwIfAborted()
    throw error
  })
  if (generation === undefined) return { ...summary, head: { version: 0 } }
  const segments = await segmentsOfRecords(records, { version: 1, rebuiltAt: 0, analyzer }, async (chunks) =>
    chunks.map(({ chunk }) => vectors.get(chunk.id)),
  )
  const write = () =>
    commit(
      context,
      async (head) => {
        refuseHeld(head)
        return { changes: { put: records, putSegments: segments }, generation: options.generation }
      },
      { signal: options.signal, anyGeneration: true },
    )
  const { head } = await context.writes.run(graph, write)
  return { ...summary, head }
}

export function refuseHeld(head: Head): void {
  if (head.version === 0) return
  const half =
    moveMarkOf(head).state === 'arriving' ? ' A move that was cut off left it there: finish that by calling move() again, or erase it.' : ''
  throw new GraphMemError({
    code: 'NOT_EMPTY',
    message: `Cannot import: the memory has been written to. Give another, or erase it first. Nothing was written.${half}`,
  })
}
