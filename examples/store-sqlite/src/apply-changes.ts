import { type Applied, type ApplyOptions, type GraphChanges, GraphMemError, type Head, recordKinds } from '@graphmem/core/spec'
import { headOf } from './rows.ts'
import type { MemoryStatements } from './scoped-statements.ts'

/** How many applies are remembered; the last of them is the head. */
const rememberedApplies = 100

export function readHead(memory: MemoryStatements): Required<Head> | undefined {
  const sql = 'select * from applies where user_id = :user and memory_id = :memory order by version desc limit 1'
  return memory.all(sql).map(headOf)[0]
}

/** The head, which is the one that is expected. */
export function headAt(memory: MemoryStatements, expect: Head): Head {
  const head: Head = readHead(memory) ?? { version: 0 }
  if (head.version === expect.version && head.incarnation === expect.incarnation) return head
  const message = 'Cannot write or erase: another write came between. Compute it again from the head.'
  throw new GraphMemError({ code: 'CONFLICT', retryable: true, message })
}

/** One transaction of at most nine statements, whatever is written. */
export function applyChanges(memory: MemoryStatements, changes: GraphChanges, { applyId, expect, generation }: ApplyOptions): Applied {
  const applied = memory.write(() => {
    const [done] = memory.all('select * from applies where user_id = :user and memory_id = :memory and apply_id = :applyId', { applyId })
    if (done !== undefined) return { head: headOf(done), changed: false }
    const { incarnation = crypto.randomUUID(), version } = headAt(memory, expect)
    const head = { incarnation, version: version + 1, generation }
    writeHead(memory, head, applyId)
    writeRecords(memory, changes)
    writeSegments(memory, changes)
    return { head, changed: true }
  })
  // Also when it was applied before: that process may have ended before it came here. Dropped segments alone take nothing out of a memory.
  if (Object.values(changes.remove ?? {}).some((ids) => ids.length > 0)) memory.purge()
  return applied
}

function writeHead(memory: MemoryStatements, head: Required<Head>, applyId: string): void {
  memory.run('insert into applies values (:user, :memory, :version, :applyId, :incarnation, :generation)', { ...head, applyId })
  const forgotten = head.version - rememberedApplies
  memory.run('delete from applies where user_id = :user and memory_id = :memory and version <= :forgotten', { forgotten })
}

function writeRecords(memory: MemoryStatements, { put, retire, remove }: GraphChanges): void {
  const records = recordKinds.flatMap((kind) => (put[kind] ?? []).map((record) => [kind, record.id, JSON.stringify(record)]))
  memory.run(
    `insert into records select :user, :memory, value ->> 0, value ->> 1, value ->> 2 from json_each(:records) where true
       on conflict do nothing`,
    { records: JSON.stringify(records) },
  )
  memory.run(
    `update records set body = json_set(body, '$.retiredAt', cast(:at as integer))
       where user_id = :user and memory_id = :memory and kind = 'episodes' and id in (select value from json_each(:ids))
       and body ->> '$.retiredAt' is null`,
    { at: retire?.at ?? null, ids: JSON.stringify(retire?.episodeIds ?? []) },
  )
  const removed = recordKinds.flatMap((kind) => (remove?.[kind] ?? []).map((id) => [kind, id]))
  memory.run(
    `delete from records where user_id = :user and memory_id = :memory
       and (kind, id) in (select value ->> 0, value ->> 1 from json_each(:removed))`,
    { removed: JSON.stringify(removed) },
  )
}

function writeSegments(memory: MemoryStatements, { putSegments = [], dropSegmentIds = [] }: GraphChanges): void {
  memory.run('delete from segments where user_id = :user and memory_id = :memory and id in (select value from json_each(:ids))', {
    ids: JSON.stringify(dropSegmentIds),
  })
  // The bytes of all segments are one parameter; each row takes its stretch of it, counted from 1.
  let start = 1
  const stretches = putSegments.map(({ id, firstVersion, lastVersion, bytes }) => {
    start += bytes.length
    return [id, firstVersion, lastVersion, start - bytes.length, bytes.length]
  })
  memory.run(
    `insert into segments select :user, :memory, value ->> 0, value ->> 1, value ->> 2, coalesce(substr(:bytes, value ->> 3, value ->> 4), x'')
       from json_each(:stretches) where true on conflict do nothing`,
    { bytes: Buffer.concat(putSegments.map(({ bytes }) => bytes)), stretches: JSON.stringify(stretches) },
  )
}
