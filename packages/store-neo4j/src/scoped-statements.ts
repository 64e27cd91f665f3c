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
import { lookupText, nodeMappings, type Row, segmentNode } from './rows.ts'

declare const brand: unique symbol

/** A statement about records. Made only in this module, and only with its scope in it. */
export interface ScopedStatement {
  readonly [brand]: 'ScopedStatement'
  readonly cypher: string
  readonly parameters: { readonly scope: Row; readonly given?: Row }
}

/** Cypher with a place for its scope, among the properties of every node and relationship: text without one does not compile. */
type ScopedCypher = `${string}{scope}${string}`

/** Cypher about all memories of a user. */
type UserCypher = `${string}{user}${string}`

/**
 * Binds a statement to one memory. All it is given is in one map, because Neo4j plans a statement anew for each length that a text or a list
 * among its parameters may have.
 */
export function scoped(scope: Scope, cypher: ScopedCypher, given: Row = {}): ScopedStatement {
  const bound = cypher.replaceAll('{scope}', 'userId: $scope.userId, memoryId: $scope.memoryId')
  return statement(bound, { scope: { userId: scope.userId, memoryId: scope.memoryId }, given })
}

/** Binds a statement to one user. */
export function ofUser(userId: UserId, cypher: UserCypher): ScopedStatement {
  return statement(cypher.replaceAll('{user}', 'userId: $scope.userId'), { scope: { userId } })
}

function statement(cypher: string, parameters: ScopedStatement['parameters']): ScopedStatement {
  const made: Omit<ScopedStatement, typeof brand> = { cypher: cypher.trim().replace(/\s+/g, ' '), parameters }
  return made as ScopedStatement
}

/** The relationships that a person browses, each kept as ids in a property of the node it starts from. */
const relationships: readonly {
  readonly from: RecordKind
  readonly type: string
  readonly to: RecordKind
  readonly property: string
  readonly isList?: true
}[] = [
  { from: 'chunks', type: 'PART_OF', to: 'episodes', property: 'episodeId' },
  { from: 'chunks', type: 'MENTIONS', to: 'senses', property: 'senseIds', isList: true },
  { from: 'decisions', type: 'JUDGES', to: 'senses', property: 'senseIds', isList: true },
  { from: 'facts', type: 'ABOUT', to: 'senses', property: 'subjectId' },
  { from: 'facts', type: 'OBJECT', to: 'senses', property: 'objectId' },
  { from: 'assertions', type: 'STATES', to: 'facts', property: 'factId' },
  { from: 'assertions', type: 'SAID_IN', to: 'chunks', property: 'chunkId' },
]

/** Whether what was read before, in the same statement, may be a part of an apply that is just being committed. */
const isUnsettled = 'coalesce(memory.settledVersion <> memory.version, true)'

const unsettled = `EXISTS { MATCH (memory:Memory {{scope}}) WHERE ${isUnsettled} }`

export function headStatement(scope: Scope): ScopedStatement {
  return scoped(
    scope,
    `MATCH (memory:Memory {{scope}})
     RETURN memory.incarnation AS incarnation, memory.version AS version, memory.generation AS generation, ${isUnsettled} AS unsettled`,
  )
}

/**
 * Says that all of the last apply can be read. Neo4j shows a transaction that is being committed bit by bit, the memory before the records,
 * and keeps the memory's lock until all is there: this waits for the lock.
 */
export function settleStatement(scope: Scope): ScopedStatement {
  return scoped(scope, 'MATCH (memory:Memory {{scope}}) SET memory.settledVersion = memory.version')
}

/** The head which an apply of this id led to. */
export function appliedStatement(scope: Scope, applyId: string): ScopedStatement {
  return scoped(
    scope,
    `MATCH (apply:Apply {{scope}, id: $given.applyId})
     RETURN apply.incarnation AS incarnation, apply.version AS version, apply.generation AS generation`,
    { applyId: toStoredText(applyId) },
  )
}

const rememberedApplies = 1000

/**
 * All statements of an apply, always as many. The first takes the lock of the memory, which is why the second reads its head anew: that one
 * divides by zero where the memory is not at the expected head, or was erased while the first waited, or the apply was done before, and
 * nothing after it happens.
 */
export function applyStatements(
  scope: Scope,
  changes: GraphChanges,
  next: Required<Head>,
  options: Omit<ApplyOptions, keyof CallOptions>,
): readonly ScopedStatement[] {
  const { put, retire = { episodeIds: [], at: 0 }, remove = {}, putSegments = [], dropSegmentIds = [] } = changes
  const head = { incarnation: next.incarnation, version: BigInt(next.version), generation: toStoredText(next.generation) }
  const applyId = toStoredText(options.applyId)
  const segments = { label: 'Segment', key: 'segments' } as const
  return [
    scoped(scope, 'MERGE (memory:Memory {{scope}}) SET memory.applyId = $given.applyId', { applyId }),
    scoped(
      scope,
      `OPTIONAL MATCH (memory:Memory {{scope}})
       OPTIONAL MATCH (apply:Apply {{scope}, id: $given.applyId})
       WITH memory, [id IN coalesce(memory.segmentIds, []) WHERE NOT id IN $given.dropped] AS kept,
         $given.version / CASE
           WHEN memory IS NOT NULL AND apply IS NULL AND coalesce(memory.incarnation + ' ' + toString(memory.version), '') = $given.expected THEN 1 ELSE 0
         END AS version
       SET memory.incarnation = $given.incarnation, memory.version = version, memory.generation = $given.generation,
         memory.segmentIds = kept + [id IN $given.added WHERE NOT id IN kept]
       CREATE (:Apply {{scope}, id: $given.applyId, incarnation: $given.incarnation, version: version, generation: $given.generation})`,
      {
        ...head,
        applyId,
        expected: expectedText(options.expect),
        dropped: dropSegmentIds.map(toStoredText),
        added: putSegments.map(({ id }) => toStoredText(id)),
      },
    ),
    scoped(scope, 'MATCH (apply:Apply {{scope}}) WHERE apply.version <= $given.forgotten DELETE apply', {
      forgotten: BigInt(next.version - rememberedApplies),
    }),
    scoped(scope, oneAfterAnother(recordKinds.map((kind) => putCypher(nodeMappings[kind].label, kind))), putNodes(put)),
    scoped(
      scope,
      oneAfterAnother(relationships.map(relateCypher)),
      idsOf(recordKinds, (kind) => (put[kind] ?? []).map(({ id }) => id)),
    ),
    scoped(
      scope,
      oneAfterAnother([
        'UNWIND $given.retired AS id MATCH (it:Episode {{scope}, id: id}) WHERE it.retiredAt IS NULL SET it.retiredAt = $given.retiredAt',
        ...recordKinds.map((kind) => removeCypher(nodeMappings[kind].label, kind)),
        removeCypher(segments.label, segments.key),
      ]),
      {
        ...idsOf(recordKinds, (kind) => remove[kind] ?? []),
        segments: dropSegmentIds.map(toStoredText),
        retired: retire.episodeIds.map(toStoredText),
        retiredAt: BigInt(retire.at),
      },
    ),
    scoped(scope, putCypher(segments.label, segments.key), { segments: putSegments.map(segmentNode) }),
  ]
}

/** Several pieces of Cypher as one statement: what a statement costs is mostly its message. */
function oneAfterAnother(pieces: readonly ScopedCypher[]): ScopedCypher {
  return pieces.map((piece) => `CALL () { ${piece} }`).join(' ') as ScopedCypher
}

function putCypher(label: string, parameter: string): ScopedCypher {
  return `UNWIND $given.${parameter} AS node MERGE (it:${label} {{scope}, id: node.id}) ON CREATE SET it += node`
}

function removeCypher(label: string, parameter: string): ScopedCypher {
  return `UNWIND $given.${parameter} AS id MATCH (it:${label} {{scope}, id: id}) DETACH DELETE it`
}

function relateCypher({ from, type, to, property, isList }: (typeof relationships)[number]): ScopedCypher {
  return `UNWIND $given.${from} AS id
     MATCH (one:${nodeMappings[from].label} {{scope}, id: id})
     ${isList ? `UNWIND one.${property} AS otherId` : `WITH one, one.${property} AS otherId`}
     MATCH (other:${nodeMappings[to].label} {{scope}, id: otherId})
     MERGE (one)-[:${type} {{scope}}]->(other)`
}

function putNodes(put: GraphChanges['put']): Row {
  const nodesOf = <K extends RecordKind>(kind: K) => (put[kind] ?? []).map((record) => nodeMappings[kind].toNode(record))
  return Object.fromEntries(recordKinds.map((kind) => [kind, nodesOf(kind)]))
}

function idsOf(kinds: readonly RecordKind[], idsOfKind: (kind: RecordKind) => readonly string[]): Row {
  return Object.fromEntries(kinds.map((kind) => [kind, idsOfKind(kind).map(toStoredText)]))
}

/** A head as the guard compares it; nothing stored is equal to that of an impossible head. */
function expectedText({ incarnation, version }: Head): string {
  return incarnation === undefined && version === 0 ? '' : `${incarnation} ${version}`
}

export function getStatement(scope: Scope, kind: RecordKind, ids: readonly string[]): ScopedStatement {
  return scoped(
    scope,
    `UNWIND range(0, size($given.ids) - 1) AS place
     MATCH (it:${nodeMappings[kind].label} {{scope}, id: $given.ids[place]})
     WITH it, place ORDER BY place
     WITH collect(properties(it)) AS records
     RETURN records, ${unsettled} AS unsettled`,
    { ids: ids.map(toStoredText) },
  )
}

/** The records that follow an id, the first of them for the empty one. */
export function pageStatement(scope: Scope, kind: RecordKind, afterId: string, size: number): ScopedStatement {
  return scoped(
    scope,
    `MATCH (it:${nodeMappings[kind].label} {{scope}}) WHERE it.id > $given.after
     WITH it ORDER BY it.id LIMIT $given.size
     WITH collect(properties(it)) AS records
     RETURN records, ${unsettled} AS unsettled`,
    { after: toStoredText(afterId), size: BigInt(size) },
  )
}

export function episodesOfKeysStatement(scope: Scope, keys: readonly string[]): ScopedStatement {
  return lookupStatement(scope, 'episodes', 'key', keys)
}

export function sensesOfBlocksStatement(scope: Scope, blocks: readonly string[]): ScopedStatement {
  return lookupStatement(scope, 'senses', 'block', blocks)
}

function lookupStatement(scope: Scope, kind: RecordKind, property: 'key' | 'block', values: readonly string[]): ScopedStatement {
  return scoped(
    scope,
    `UNWIND $given.wanted AS wanted
     MATCH (it:${nodeMappings[kind].label} {{scope}, ${property}Start: wanted.start}) WHERE it.${property} = wanted.whole
     WITH it ORDER BY it.id
     WITH collect(properties(it)) AS records
     RETURN records, ${unsettled} AS unsettled`,
    { wanted: [...new Set(values)].map((value) => ({ start: lookupText(value), whole: toStoredText(value) })) },
  )
}

/**
 * The segments that the memory names. One that is not there, or only in part, was replaced while they were read: what a statement of Neo4j
 * reads is not of one moment.
 */
export function segmentInfosStatement(scope: Scope): ScopedStatement {
  return segmentsStatementOf(scope, 'segment.sizeBytes AS sizeBytes', { since: -1n })
}

/** As {@link segmentInfosStatement}, with the bytes. */
export function segmentsStatement(scope: Scope, sinceVersion: number): ScopedStatement {
  return segmentsStatementOf(scope, 'segment.bytes AS bytes', { since: BigInt(sinceVersion) })
}

function segmentsStatementOf(scope: Scope, value: `${string} AS ${string}`, given: Row): ScopedStatement {
  return scoped(
    scope,
    `MATCH (memory:Memory {{scope}})
     UNWIND memory.segmentIds AS id
     OPTIONAL MATCH (segment:Segment {{scope}, id: id})
     WITH id, segment WHERE coalesce(segment.lastVersion > $given.since, true)
     WITH id, segment.firstVersion AS firstVersion, segment.lastVersion AS lastVersion, ${value}
     RETURN *, firstVersion IS NULL OR lastVersion IS NULL OR ${value.split(' AS ')[1]} IS NULL AS unsettled
     ORDER BY firstVersion, lastVersion, id`,
    given,
  )
}

export function countStatement(scope: Scope): ScopedStatement {
  return scoped(
    scope,
    `RETURN
       COUNT { MATCH (it:Episode {{scope}}) WHERE it.id IS NOT NULL } AS episodes,
       COUNT { MATCH (it:Chunk {{scope}}) WHERE it.id IS NOT NULL } AS chunks,
       COUNT { MATCH (it:Sense {{scope}}) WHERE it.id IS NOT NULL } AS senses,
       COUNT { MATCH (it:Decision {{scope}}) WHERE it.id IS NOT NULL } AS decisions,
       COUNT { MATCH (it:Fact {{scope}}) WHERE it.id IS NOT NULL } AS facts,
       COUNT { MATCH (it:Assertion {{scope}}) WHERE it.id IS NOT NULL } AS assertions,
       COUNT { MATCH (it:Correction {{scope}}) WHERE it.id IS NOT NULL } AS corrections,
       ${unsettled} AS unsettled`,
  )
}

export function listStatement(userId: UserId): ScopedStatement {
  return ofUser(
    userId,
    'MATCH (memory:Memory {{user}}) WHERE memory.memoryId IS NOT NULL RETURN memory.memoryId AS memoryId ORDER BY memoryId',
  )
}

/** Takes the lock of a memory that is to be erased: who writes it waits, and then finds it gone. */
export function lockStatement(scope: Scope): ScopedStatement {
  return scoped(scope, "MATCH (memory:Memory {{scope}}) SET memory.applyId = '' RETURN memory.memoryId AS memoryId")
}

/** Takes the locks of all memories of a user. */
export function lockUserStatement(userId: UserId): ScopedStatement {
  return ofUser(
    userId,
    "MATCH (memory:Memory {{user}}) WHERE memory.memoryId IS NOT NULL SET memory.applyId = '' RETURN memory.memoryId AS memoryId",
  )
}

/** What an erasure deletes, in this order: those with few relationships first. */
export const erasedLabels = ['Assertion', 'Decision', 'Correction', 'Chunk', 'Fact', 'Sense', 'Episode', 'Segment', 'Apply'] as const

export type ErasedLabel = (typeof erasedLabels)[number]

/** Deletes some of a memory's nodes, and says how many. */
export function eraseSomeStatement(scope: Scope, label: ErasedLabel, size: number): ScopedStatement {
  return scoped(
    scope,
    `MATCH (it:${label} {{scope}}) WHERE it.id IS NOT NULL WITH it LIMIT $given.size DETACH DELETE it RETURN count(*) AS count`,
    { size: BigInt(size) },
  )
}

export function eraseMemoryStatement(scope: Scope): ScopedStatement {
  return scoped(scope, 'MATCH (memory:Memory {{scope}}) DETACH DELETE memory RETURN count(*) AS count')
}
