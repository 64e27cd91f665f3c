import {
  type ApplyOptions,
  type CallOptions,
  type GraphChanges,
  type Head,
  type RecordKind,
  recordKinds,
  type Scope,
  toStoredText,
  type UserId,
} from '@graphmem/core/spec'
import { rowMappings } from './rows.ts'
import { zippedSegments } from './zipped-segments.ts'

declare const brand: unique symbol

/** A statement about records. Made only in this module, and only with its scope in it. */
export interface ScopedStatement {
  readonly [brand]: 'ScopedStatement'
  readonly sql: string
  readonly args: Readonly<Record<string, Argument>>
}

type Argument = string | number | Uint8Array

/** SQL with a place for its scope: text without one does not compile. */
type ScopedSql = `${string}{scope}${string}` | `${string}{scopeColumns}${string}{scopeValues}${string}`

/** SQL about all memories of a user. */
type UserSql = `${string}{user}${string}`

/** Binds a statement to one memory. */
export function scoped(scope: Scope, sql: ScopedSql, args: Readonly<Record<string, Argument>> = {}): ScopedStatement {
  const bound = sql
    .replaceAll('{scope}', 'user_id = :userId AND memory_id = :memoryId')
    .replaceAll('{scopeColumns}', 'user_id, memory_id')
    .replaceAll('{scopeValues}', ':userId, :memoryId')
  return statement(bound, { ...args, userId: scope.userId, memoryId: scope.memoryId })
}

/** Binds a statement to one user. */
export function ofUser(userId: UserId, sql: UserSql): ScopedStatement {
  return statement(sql.replaceAll('{user}', 'user_id = :userId'), { userId })
}

function statement(sql: string, args: ScopedStatement['args']): ScopedStatement {
  const made: Omit<ScopedStatement, typeof brand> = { sql, args }
  return made as ScopedStatement
}

export function headStatement(scope: Scope): ScopedStatement {
  return scoped(scope, 'SELECT incarnation, version, generation FROM memories WHERE {scope}')
}

/** The head which an apply of this id led to. */
export function appliedStatement(scope: Scope, applyId: string): ScopedStatement {
  return scoped(scope, 'SELECT incarnation, version, generation FROM applies WHERE {scope} AND apply_id = :applyId', {
    applyId: toStoredText(applyId),
  })
}

const rememberedApplies = 1000

/**
 * All statements of an apply, always as many. The first one fails where the memory is not at the expected head, or the apply was done
 * before, and nothing after it happens: a version that cannot be found is NULL, which its column does not take.
 */
export function applyStatements(
  scope: Scope,
  changes: GraphChanges,
  next: Required<Head>,
  options: Omit<ApplyOptions, keyof CallOptions>,
): readonly ScopedStatement[] {
  const { put, retire = { episodeIds: [], at: 0 }, remove = {}, putSegments = [], dropSegmentIds = [] } = changes
  const head = { incarnation: next.incarnation, version: next.version, generation: toStoredText(next.generation) }
  const zipped = zippedSegments(putSegments)
  return [
    scoped(
      scope,
      `INSERT INTO applies ({scopeColumns}, version, apply_id, incarnation, generation)
       SELECT {scopeValues}, (
         SELECT :version WHERE :expected = coalesce((SELECT incarnation || ' ' || version FROM memories WHERE {scope}), '')
       ), :applyId, :incarnation, :generation`,
      { ...head, applyId: toStoredText(options.applyId), expected: expectedText(options.expect) },
    ),
    scoped(
      scope,
      `INSERT INTO memories ({scopeColumns}, incarnation, version, generation)
       VALUES ({scopeValues}, :incarnation, :version, :generation)
       ON CONFLICT DO UPDATE SET version = excluded.version, generation = excluded.generation`,
      head,
    ),
    scoped(scope, 'DELETE FROM applies WHERE {scope} AND version <= :forgotten', { forgotten: next.version - rememberedApplies }),
    ...recordKinds.map((kind) => putStatement(scope, kind, put)),
    scoped(
      scope,
      'UPDATE episodes SET retired_at = :at WHERE {scope} AND retired_at IS NULL AND id IN (SELECT value FROM json_each(:ids))',
      { at: retire.at, ids: idList(retire.episodeIds) },
    ),
    ...recordKinds.map((kind) =>
      scoped(scope, `DELETE FROM ${kind} WHERE {scope} AND id IN (SELECT value FROM json_each(:ids))`, { ids: idList(remove[kind] ?? []) }),
    ),
    scoped(scope, 'DELETE FROM segments WHERE {scope} AND id IN (SELECT value FROM json_each(:ids))', { ids: idList(dropSegmentIds) }),
    scoped(
      scope,
      `INSERT INTO segments ({scopeColumns}, id, first_version, last_version, bytes)
       SELECT {scopeValues}, value ->> 0, value ->> 1, value ->> 2, coalesce(substr(:bytes, value ->> 3, value ->> 4), x'')
       FROM json_each(:rows) WHERE true ON CONFLICT DO NOTHING`,
      zipped,
    ),
  ]
}

function putStatement<K extends RecordKind>(scope: Scope, kind: K, put: GraphChanges['put']): ScopedStatement {
  const { columns, toRow } = rowMappings[kind]
  const rows = (put[kind] ?? []).map((record) => toRow(record))
  return scoped(
    scope,
    `INSERT INTO ${kind} ({scopeColumns}, ${columns.join(', ')})
     SELECT {scopeValues}, ${columns.map((_, place) => `value ->> ${place}`).join(', ')}
     FROM json_each(:rows) WHERE true ON CONFLICT DO NOTHING`,
    { rows: JSON.stringify(rows) },
  )
}

/** A head as the guard compares it; nothing stored is equal to that of an impossible head. */
function expectedText({ incarnation, version }: Head): string {
  return incarnation === undefined && version === 0 ? '' : `${incarnation} ${version}`
}

export function getStatement(scope: Scope, kind: RecordKind, ids: readonly string[]): ScopedStatement {
  return scoped(
    scope,
    `SELECT ${columnsOf(kind)} FROM json_each(:ids) AS wanted CROSS JOIN ${kind}
     WHERE {scope} AND ${kind}.id = wanted.value ORDER BY wanted.key`,
    { ids: idList(ids) },
  )
}

/** The records that follow an id, the first of them for the empty one. */
export function pageStatement(scope: Scope, kind: RecordKind, afterId: string, size: number): ScopedStatement {
  return scoped(scope, `SELECT ${columnsOf(kind)} FROM ${kind} WHERE {scope} AND id > :after ORDER BY id LIMIT :size`, {
    after: toStoredText(afterId),
    size,
  })
}

export function episodesOfKeysStatement(scope: Scope, keys: readonly string[]): ScopedStatement {
  return lookupStatement(scope, 'episodes', 'key', keys)
}

export function sensesOfBlocksStatement(scope: Scope, blocks: readonly string[]): ScopedStatement {
  return lookupStatement(scope, 'senses', 'block', blocks)
}

/** Looks up by the column's index, one value after another: left to itself, the planner walks the whole memory in the order of ids. */
function lookupStatement(scope: Scope, kind: RecordKind, column: string, values: readonly string[]): ScopedStatement {
  return scoped(
    scope,
    `SELECT ${columnsOf(kind)} FROM (SELECT DISTINCT value FROM json_each(:values)) AS wanted
     CROSS JOIN ${kind} INDEXED BY ${kind}_by_${column}
     WHERE {scope} AND ${kind}.${column} = wanted.value ORDER BY ${kind}.id`,
    { values: idList(values) },
  )
}

const inVersionOrder = 'ORDER BY first_version, last_version, id'

export function segmentInfosStatement(scope: Scope): ScopedStatement {
  return scoped(scope, `SELECT id, first_version, last_version, length(bytes) AS size_bytes FROM segments WHERE {scope} ${inVersionOrder}`)
}

export function segmentsStatement(scope: Scope, sinceVersion: number): ScopedStatement {
  return scoped(
    scope,
    `SELECT id, first_version, last_version, bytes FROM segments WHERE {scope} AND last_version > :since ${inVersionOrder}`,
    { since: sinceVersion },
  )
}

export function countStatement(scope: Scope): ScopedStatement {
  return scoped(
    scope,
    `SELECT
       (SELECT count(*) FROM episodes WHERE {scope}) AS episodes,
       (SELECT count(*) FROM chunks WHERE {scope}) AS chunks,
       (SELECT count(*) FROM senses WHERE {scope}) AS senses,
       (SELECT count(*) FROM decisions WHERE {scope}) AS decisions,
       (SELECT count(*) FROM facts WHERE {scope}) AS facts,
       (SELECT count(*) FROM assertions WHERE {scope}) AS assertions,
       (SELECT count(*) FROM corrections WHERE {scope}) AS corrections`,
  )
}

export function listStatement(userId: UserId): ScopedStatement {
  return ofUser(userId, 'SELECT memory_id FROM memories WHERE {user} ORDER BY memory_id')
}

/** What an erasure deletes, in this order. */
export const erasedTables: readonly ('memories' | RecordKind | 'segments' | 'applies')[] = [
  'memories',
  ...recordKinds,
  'segments',
  'applies',
]

/** Fails where the memory is not at the expected head, by a row that its table does not take; else writes nothing. Guards, as the first of an erasure, the rest. */
export function expectStatement(scope: Scope, expect: Head): ScopedStatement {
  return scoped(
    scope,
    `INSERT INTO memories (user_id)
     SELECT NULL WHERE :expected <> coalesce((SELECT incarnation || ' ' || version FROM memories WHERE {scope}), '')`,
    { expected: expectedText(expect) },
  )
}

export function eraseStatements(scope: Scope): readonly ScopedStatement[] {
  return erasedTables.map((table) => scoped(scope, `DELETE FROM ${table} WHERE {scope}`))
}

export function eraseUserStatements(userId: UserId): readonly ScopedStatement[] {
  return erasedTables.map((table) => ofUser(userId, `DELETE FROM ${table} WHERE {user}`))
}

function columnsOf(kind: RecordKind): string {
  return rowMappings[kind].columns.map((column) => `${kind}.${column}`).join(', ')
}

function idList(ids: readonly string[]): string {
  return JSON.stringify(ids.map(toStoredText))
}
