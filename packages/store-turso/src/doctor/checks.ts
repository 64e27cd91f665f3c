import { recordKinds } from '@graphmem/core/spec'
import { valuesOfMention } from '../flat-lists.ts'
import type { Check } from './check.ts'

/** A column by which one record names another of its memory. */
interface Reference {
  readonly from: string
  readonly ref: string
  readonly to: string
  /** What the reference is found in, beside the table. */
  readonly within?: string
  readonly where?: string
}

const references: readonly Reference[] = [
  { from: 'chunks', ref: 'it.episode_id', to: 'episodes' },
  {
    from: 'chunks',
    ref: 'mention.value',
    to: 'senses',
    within: 'json_each(it.mentions) AS mention',
    where: `mention.key % ${valuesOfMention} = 0`,
  },
  { from: 'decisions', ref: 'it.sense_a', to: 'senses' },
  { from: 'decisions', ref: 'it.sense_b', to: 'senses' },
  { from: 'decisions', ref: 'it.chunk_id', to: 'chunks' },
  { from: 'facts', ref: 'it.subject_id', to: 'senses' },
  { from: 'facts', ref: 'it.object_id', to: 'senses' },
  { from: 'assertions', ref: 'it.fact_id', to: 'facts' },
  { from: 'assertions', ref: 'it.chunk_id', to: 'chunks' },
  { from: 'corrections', ref: 'it.target_id', to: 'facts', where: "it.target_kind = 'facts'" },
  { from: 'corrections', ref: 'it.target_id', to: 'decisions', where: "it.target_kind = 'decisions'" },
]

const restore = 'Restore the memory from an export or a backup, or forget what it was ingested from and ingest that again.'
const marked = "(generation LIKE 'arriving %' OR generation LIKE 'leaving to %')"

/** All faults that a database of this library may have, a statement each. */
export const checks: readonly Check[] = [
  ...references.flatMap(referenceChecks),
  ...[...recordKinds, 'segments', 'applies'].map(
    (table): Check => ({
      code: 'missing-owner',
      what: `A row of ${table} belongs to no user, or to a memory that is not there.`,
      remedy: 'Delete the row, after a look at where it came from: this library never leaves one.',
      sql: `SELECT user_id, memory_id, ${table === 'applies' ? 'apply_id' : 'id'} AS id FROM ${table} AS it
        WHERE user_id = '' OR memory_id = '' OR NOT EXISTS (
          SELECT 1 FROM memories WHERE memories.user_id = it.user_id AND memories.memory_id = it.memory_id
        )`,
    }),
  ),
  {
    code: 'missing-owner',
    what: 'A memory has no user, or no id.',
    remedy: 'Delete its rows, after a look at where they came from: this library never leaves any.',
    sql: "SELECT user_id, memory_id, NULL AS id FROM memories WHERE user_id = '' OR memory_id = ''",
  },
  {
    code: 'dangling-segment',
    what: 'A part of the recall index is of versions that its memory has not reached.',
    remedy: 'reindex() makes the index anew from the stored text.',
    sql: `SELECT segments.user_id, segments.memory_id, id FROM segments JOIN memories USING (user_id, memory_id)
      WHERE last_version > version OR first_version > last_version`,
  },
  {
    code: 'missing-index',
    what: 'A memory with passages has no recall index.',
    remedy: 'reindex() makes the index anew from the stored text.',
    sql: `SELECT user_id, memory_id, NULL AS id FROM memories
      WHERE EXISTS (SELECT 1 FROM chunks WHERE chunks.user_id = memories.user_id AND chunks.memory_id = memories.memory_id)
      AND NOT EXISTS (
        SELECT 1 FROM segments WHERE segments.user_id = memories.user_id AND segments.memory_id = memories.memory_id AND last_version > 0
      )`,
  },
  {
    code: 'mixed-generations',
    what: 'Memories of the database were made by different embedders or text analyses; these are the fewer.',
    remedy: 'Open them with the embedder and analyzer they were made with, or reembed() them with those of the others.',
    sql: `SELECT user_id, memory_id, NULL AS id FROM memories
      WHERE NOT ${marked} AND generation <> (
        SELECT generation FROM memories WHERE NOT ${marked} GROUP BY generation ORDER BY count(*) DESC, generation LIMIT 1
      )`,
  },
  {
    code: 'unfinished-move',
    what: 'A move of the memory was cut off; it is refused until the move is finished.',
    remedy: 'Call move() again, from the same store to the same store.',
    sql: `SELECT user_id, memory_id, NULL AS id FROM memories WHERE ${marked}`,
  },
  {
    code: 'wrong-file',
    what: 'A memory is in a file that belongs to another user.',
    remedy: "Move the memory to its own user's file, by SQL, after a look at how it came there: this library refuses to open it.",
    sql: 'SELECT user_id, memory_id, NULL AS id FROM memories WHERE EXISTS (SELECT 1 FROM owner WHERE owner.user_id <> memories.user_id)',
  },
]

function referenceChecks({ from, ref, to, within, where = 'true' }: Reference): readonly Check[] {
  const name = `${from}, ${ref.replace(/^it\.|.* '|'$/g, '')}`
  const broken = (elsewhere: 'IN' | 'NOT IN'): Check['sql'] => `SELECT it.user_id, it.memory_id, it.id
    FROM ${from} AS it ${within === undefined ? '' : `, ${within}`}
    WHERE ${where} AND ${ref} IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ${to} WHERE ${to}.user_id = it.user_id AND ${to}.memory_id = it.memory_id AND ${to}.id = ${ref})
      AND ${ref} ${elsewhere} (SELECT id FROM ${to})`
  return [
    {
      code: 'dangling-id',
      what: `A record names another that is not there (${name}).`,
      remedy: restore,
      sql: broken('NOT IN'),
    },
    {
      code: 'foreign-edge',
      what: `A record names another that is in other memories only (${name}).`,
      remedy: restore,
      sql: broken('IN'),
    },
  ]
}
