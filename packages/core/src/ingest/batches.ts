import type { Reasoner } from '../spec/index.ts'
import type { IngestOptions } from './ingest-input.ts'

export const defaultConcurrency = 8

/**
 * Cuts into batches, each of which is written at once. Where a model reads, by default no larger than what it reads at once: a process that is killed
 * then pays twice for no more than was under way.
 */
export function batchesOf<T>(
  all: readonly T[],
  reasoner: Reasoner,
  { batchSize, concurrency = defaultConcurrency }: Pick<IngestOptions, 'batchSize' | 'concurrency'>,
): readonly (readonly T[])[] {
  const size = batchSize ?? (reasoner.model === undefined ? 64 : concurrency)
  return Array.from({ length: Math.ceil(all.length / size) }, (_, batch) => all.slice(batch * size, (batch + 1) * size))
}
