import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { amongOthers } from './among-others.ts'
import { ingestRate } from './ingest-rate.ts'
import { laboratory } from './laboratory.ts'
import { memorySizes } from './memory-sizes.ts'
import { oneMoreSentence } from './one-more-sentence.ts'
import { statementCounts } from './statement-counts.ts'

export async function speedBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using lab = await laboratory(options.note)
  return [
    ...(await statementCounts(lab)),
    ...(await ingestRate(lab)),
    ...(await oneMoreSentence(lab)),
    ...(await amongOthers(lab)),
    ...(await memorySizes(lab, options.quick ? [1000, 10_000] : [1000, 10_000, 100_000])),
  ]
}
