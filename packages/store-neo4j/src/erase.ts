import { type ErasureReceipt, GraphMemError, type Head, type Scope, scope, type UserId } from '@graphmem/core/spec'
import type { Run } from './connection.ts'
import { headOf } from './rows.ts'
import {
  type ErasedLabel,
  erasedLabels,
  eraseMemoryStatement,
  eraseSomeStatement,
  headStatement,
  lockStatement,
  lockUserStatement,
} from './scoped-statements.ts'

const batchSize = 10_000

const keptByServer =
  'Neo4j deletes records without overwriting them: their bytes stay in its store files until it uses the place again, and in its transaction log until that is pruned.'

/** Erases one memory, within a transaction: whatever is there, or nothing where it is not at the expected head. */
export async function eraseMemory(run: Run, of: Scope, expect: Head | undefined): Promise<ErasureReceipt> {
  await run([lockStatement(of)])
  if (expect !== undefined) {
    // A statement of its own, behind the lock: it reads what was written while the lock was waited for.
    const [[row] = []] = await run([headStatement(of)])
    const head: Head = row ? headOf(row) : { version: 0 }
    if (head.version !== expect.version || head.incarnation !== expect.incarnation) throw otherHead()
    // No memory, no lock: one that begins now is not to be erased.
    if (!row) return receiptOf([])
  }
  return receiptOf([await eraseLocked(run, of)])
}

/** Erases the memories that a user has at this moment, within a transaction. */
export async function eraseUser(run: Run, userId: UserId): Promise<ErasureReceipt> {
  const [memories = []] = await run([lockUserStatement(userId)])
  const counts: Counts[] = []
  for (const { memoryId } of memories) counts.push(await eraseLocked(run, scope({ userId, memoryId: String(memoryId) })))
  return receiptOf(counts)
}

type Counts = Readonly<Record<ErasedLabel | 'Memory', number>>

async function eraseLocked(run: Run, of: Scope): Promise<Counts> {
  const counts = { ...noCounts }
  let left: readonly ErasedLabel[] = erasedLabels
  while (left.length > 0) {
    const results = await run(left.map((label) => eraseSomeStatement(of, label, batchSize)))
    const deleted = results.map(countOf)
    left.forEach((label, place) => {
      counts[label] += deleted[place] ?? 0
    })
    left = left.filter((_, place) => deleted[place] === batchSize)
  }
  const [memory = []] = await run([eraseMemoryStatement(of)])
  return { ...counts, Memory: countOf(memory) }
}

const noCounts = Object.fromEntries([...erasedLabels, 'Memory'].map((label) => [label, 0])) as Counts

function countOf([row]: readonly Readonly<Record<string, unknown>>[]): number {
  return Number(row?.['count'] ?? 0)
}

function receiptOf(counts: readonly Counts[]): ErasureReceipt {
  const of = (label: keyof Counts) => counts.reduce((sum, each) => sum + each[label], 0)
  return {
    memories: of('Memory'),
    records: {
      episodes: of('Episode'),
      chunks: of('Chunk'),
      senses: of('Sense'),
      decisions: of('Decision'),
      facts: of('Fact'),
      assertions: of('Assertion'),
      corrections: of('Correction'),
    },
    segments: of('Segment'),
    unverified: of('Memory') > 0 ? [keptByServer] : [],
  }
}

function otherHead(): GraphMemError {
  return new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: 'Cannot erase: another writer came between. Read the head and call again.',
  })
}
