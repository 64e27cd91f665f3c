import { type ErasureReceipt, type RecordKind, recordKinds } from '@graphmem/core/spec'
import type { MemoryStatements, Statements } from './scoped-statements.ts'

type Counts = Readonly<Record<RecordKind, number>>

export function countRecords(memory: MemoryStatements): Counts {
  const rows = memory.all('select kind, count(*) as n from records where user_id = :user and memory_id = :memory group by kind')
  const counts = new Map(rows.map((row) => [row['kind'], Number(row['n'])]))
  return countsOf((kind) => counts.get(kind) ?? 0)
}

/** Deletes memories in one transaction, and then what is left of them in the files. */
export function eraseMemories<S extends string>(by: Statements<S>, memories: () => readonly MemoryStatements[]): ErasureReceipt {
  const erased = by.write(() =>
    memories().map((memory) => ({
      counts: countRecords(memory),
      records: memory.run('delete from records where user_id = :user and memory_id = :memory'),
      segments: memory.run('delete from segments where user_id = :user and memory_id = :memory'),
      applies: memory.run('delete from applies where user_id = :user and memory_id = :memory'),
    })),
  )
  return {
    memories: erased.filter(({ applies }) => applies > 0).length,
    records: countsOf((kind) => erased.reduce((sum, { counts }) => sum + counts[kind], 0)),
    segments: erased.reduce((sum, { segments }) => sum + segments, 0),
    unverified: by.purge() ? [] : ['Somebody else was using the file: unused parts of it may hold the erased text until the next erasure.'],
  }
}

function countsOf(count: (kind: RecordKind) => number): Counts {
  return Object.fromEntries(recordKinds.map((kind) => [kind, count(kind)])) as Record<RecordKind, number>
}
