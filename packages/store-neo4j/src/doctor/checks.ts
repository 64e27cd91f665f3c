import { recordKinds } from '@graphmem/core/spec'
import { nodeMappings } from '../rows.ts'
import type { Check } from './check.ts'

/** A property by which one record names others of its memory, and the relationship that says the same. */
interface Reference {
  readonly from: string
  readonly ref: string
  readonly to: string
  readonly isList?: true
  readonly where?: string
}

const references: readonly Reference[] = [
  { from: 'Chunk', ref: 'episodeId', to: 'Episode' },
  { from: 'Chunk', ref: 'senseIds', to: 'Sense', isList: true },
  { from: 'Decision', ref: 'senseIds', to: 'Sense', isList: true },
  { from: 'Decision', ref: 'chunkId', to: 'Chunk' },
  { from: 'Fact', ref: 'subjectId', to: 'Sense' },
  { from: 'Fact', ref: 'objectId', to: 'Sense' },
  { from: 'Assertion', ref: 'factId', to: 'Fact' },
  { from: 'Assertion', ref: 'chunkId', to: 'Chunk' },
  { from: 'Correction', ref: 'targetId', to: 'Fact', where: "it.targetKind = 'facts'" },
  { from: 'Correction', ref: 'targetId', to: 'Decision', where: "it.targetKind = 'decisions'" },
]

const labels = [...recordKinds.map((kind) => nodeMappings[kind].label), 'Segment', 'Apply']
const anyLabel = labels.join('|')
const restore = 'Restore the memory from an export or a backup, or forget what it was ingested from and ingest that again.'
const look = 'Delete it, after a look at where it came from: this library never leaves one.'
const reindex = 'reindex() makes the index anew from the stored text.'
const returned = 'RETURN it.userId AS userId, it.memoryId AS memoryId'
const marked = "(it.generation STARTS WITH 'arriving ' OR it.generation STARTS WITH 'leaving to ')"

/** All faults that a database of this library may have, a statement each. */
export const checks: readonly Check[] = [
  ...references.flatMap(referenceChecks),
  {
    code: 'foreign-edge',
    what: 'A relationship joins two memories, or says that it belongs to another.',
    remedy: look,
    cypher: `MATCH (it:${anyLabel})-[edge]->(other:${anyLabel})
      WHERE it.userId <> other.userId OR it.memoryId <> other.memoryId
        OR coalesce(edge.userId <> it.userId, true) OR coalesce(edge.memoryId <> it.memoryId, true)
      ${returned}, it.id AS id`,
  },
  ...labels.map(
    (label): Check => ({
      code: 'missing-owner',
      what: `A node ${label} belongs to no user, or to a memory that is not there.`,
      remedy: look,
      cypher: `MATCH (it:${label})
        WHERE coalesce(it.userId, '') = '' OR coalesce(it.memoryId, '') = ''
          OR NOT EXISTS { MATCH (:Memory {userId: it.userId, memoryId: it.memoryId}) }
        ${returned}, it.id AS id`,
    }),
  ),
  {
    code: 'dangling-segment',
    what: 'A memory names a part of its recall index that is not there.',
    remedy: reindex,
    cypher: `MATCH (it:Memory) UNWIND it.segmentIds AS id WITH it, id
      WHERE NOT EXISTS { MATCH (:Segment {userId: it.userId, memoryId: it.memoryId, id: id}) }
      ${returned}, id`,
  },
  {
    code: 'dangling-segment',
    what: 'A part of the recall index is one that its memory does not name.',
    remedy: reindex,
    cypher: `MATCH (it:Segment) MATCH (memory:Memory {userId: it.userId, memoryId: it.memoryId})
      WHERE NOT it.id IN coalesce(memory.segmentIds, []) ${returned}, it.id AS id`,
  },
  {
    code: 'dangling-segment',
    what: 'A part of the recall index is of versions that its memory has not reached.',
    remedy: reindex,
    cypher: `MATCH (it:Segment) MATCH (memory:Memory {userId: it.userId, memoryId: it.memoryId})
      WHERE it.lastVersion > memory.version OR it.firstVersion > it.lastVersion ${returned}, it.id AS id`,
  },
  {
    code: 'missing-index',
    what: 'A memory with passages has no recall index.',
    remedy: reindex,
    cypher: `MATCH (it:Memory)
      WHERE EXISTS { MATCH (chunk:Chunk {userId: it.userId, memoryId: it.memoryId}) WHERE chunk.id IS NOT NULL }
        AND all(id IN coalesce(it.segmentIds, [])
          WHERE EXISTS { MATCH (:Segment {userId: it.userId, memoryId: it.memoryId, id: id, lastVersion: 0}) })
      ${returned}, null AS id`,
  },
  {
    code: 'mixed-generations',
    what: 'Memories of the database were made by different embedders or text analyses; these are the fewer.',
    remedy: 'Open them with the embedder and analyzer they were made with, or reembed() them with those of the others.',
    cypher: `MATCH (it:Memory) WHERE NOT ${marked}
      WITH it.generation AS generation, collect(it) AS memories ORDER BY size(memories) DESC, generation
      WITH collect(memories)[1..] AS fewer
      UNWIND fewer AS memories UNWIND memories AS it
      ${returned}, null AS id`,
  },
  {
    code: 'unfinished-move',
    what: 'A move of the memory was cut off; it is refused until the move is finished.',
    remedy: 'Call move() again, from the same store to the same store.',
    cypher: `MATCH (it:Memory) WHERE ${marked} ${returned}, null AS id`,
  },
]

function referenceChecks({ from, ref, to, isList, where = 'true' }: Reference): readonly Check[] {
  const broken = (elsewhere: '' | 'NOT'): Check['cypher'] => `MATCH (it:${from}) WHERE ${where} AND it.${ref} IS NOT NULL
    ${isList === true ? `UNWIND it.${ref} AS ref WITH DISTINCT it, ref` : `WITH it, it.${ref} AS ref`}
    WHERE NOT EXISTS { MATCH (:${to} {userId: it.userId, memoryId: it.memoryId, id: ref}) }
      AND ${elsewhere} EXISTS { MATCH (other:${to}) WHERE other.id = ref }
    ${returned}, it.id AS id`
  return [
    {
      code: 'dangling-id',
      what: `A record names another that is not there (${from}, ${ref}).`,
      remedy: restore,
      cypher: broken('NOT'),
    },
    {
      code: 'foreign-edge',
      what: `A record names another that is in other memories only (${from}, ${ref}).`,
      remedy: restore,
      cypher: broken(''),
    },
  ]
}
