import { type ErasureReceipt, recordKinds } from '@graphmem/core/spec'
import { countRecords, type Memory, newMemory } from './memory.ts'

/** What went with these memories. */
export function receiptOf(erased: readonly Memory[]): ErasureReceipt {
  const records = countRecords(newMemory())
  for (const memory of erased) {
    const counts = countRecords(memory)
    for (const kind of recordKinds) records[kind] += counts[kind]
  }
  const segments = erased.reduce((sum, memory) => sum + memory.segments.size, 0)
  return { memories: erased.length, records, segments, unverified: [] }
}
