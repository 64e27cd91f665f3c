import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { amongOthers } from './among-others.ts'
import { byBackend } from './by-backend.ts'
import { byPassages } from './by-passages.ts'
import { cachedAnswers } from './cached-answers.ts'
import { indexingRate } from './indexing-rate.ts'
import { laboratory } from './laboratory.ts'
import { oneMoreSentence } from './one-more-sentence.ts'
import { statementCounts } from './statement-counts.ts'

export async function speedBench(options: BenchOptions): Promise<readonly BenchRow[]> {
  await using lab = await laboratory(options.note)
  return [
    ...(await statementCounts(lab)),
    ...(await byBackend(lab)),
    ...(await cachedAnswers(lab)),
    ...(await indexingRate(lab)),
    ...(await oneMoreSentence(lab)),
    ...(await amongOthers(lab)),
    ...(await byPassages(lab, options.quick)),
  ]
}
