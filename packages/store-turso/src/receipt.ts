import type { ErasureReceipt } from '@graphmem/core/spec'
import type { Erased } from './databases.ts'
import { erasedTables } from './scoped-statements.ts'

export function receiptOf({ counts, unverified }: Erased): ErasureReceipt {
  const of = (table: (typeof erasedTables)[number]): number => counts[erasedTables.indexOf(table)] ?? 0
  return {
    memories: of('memories'),
    records: {
      episodes: of('episodes'),
      chunks: of('chunks'),
      senses: of('senses'),
      decisions: of('decisions'),
      facts: of('facts'),
      assertions: of('assertions'),
      corrections: of('corrections'),
    },
    segments: of('segments'),
    unverified,
  }
}
