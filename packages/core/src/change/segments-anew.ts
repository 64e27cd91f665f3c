import { segmentsOfRecords, type VectorsOf } from '../index-segments/segments-of-records.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { CallOptions, RecordKind, Records, Segment } from '../spec/index.ts'

/** The recall index of a memory made anew from its records, for the version that is about to be written. Costs the memory, and holds all but its chunks. */
export async function segmentsAnew(
  { graph, analyzer }: Pick<MemoryContext, 'graph' | 'analyzer'>,
  version: number,
  vectorsOf: VectorsOf,
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
  return segmentsOfRecords(records, { version, rebuiltAt: version, analyzer }, vectorsOf)
}

async function collect<T>(records: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const record of records) all.push(record)
  return all
}
