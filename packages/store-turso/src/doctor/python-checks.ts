import type { Check } from './check.ts'

const anew = 'Ingest the texts anew with this library, under their users: what is mixed up cannot be told apart afterwards.'
const owners = 'Find out whose it is and write the user into it, or leave it behind.'

/** The faults of a database that GraphMem for Python wrote, a statement each. Its tables have one key for all tenants. */
export const pythonChecks: readonly Check[] = [
  ...(['source_id', 'target_id'] as const).flatMap((end): readonly Check[] => [
    {
      code: 'dangling-id',
      what: `A relationship has an end that is not there (${end}).`,
      remedy: 'Leave the relationship behind.',
      sql: `SELECT user_id, memory_id, id FROM relationships WHERE ${end} NOT IN (SELECT id FROM entities)`,
    },
    {
      code: 'foreign-edge',
      what: `A relationship has an end that belongs to another user or memory (${end}).`,
      remedy: anew,
      sql: `SELECT it.user_id, it.memory_id, it.id FROM relationships AS it JOIN entities ON entities.id = it.${end}
        WHERE entities.memory_id <> it.memory_id OR coalesce(entities.user_id, '') <> coalesce(it.user_id, '')`,
    },
  ]),
  {
    code: 'foreign-edge',
    what: 'A community has an entity that belongs to another user or memory.',
    remedy: anew,
    sql: `SELECT it.user_id, it.memory_id, it.id FROM clusters AS it, json_each(it.entity_ids) AS member JOIN entities ON entities.id = member.value
      WHERE entities.memory_id <> it.memory_id OR coalesce(entities.user_id, '') <> coalesce(it.user_id, '')`,
  },
  {
    code: 'dangling-id',
    what: 'A community has an entity that is not there, neither by id nor by name.',
    remedy: 'Leave the community behind: communities are found anew.',
    sql: `SELECT it.user_id, it.memory_id, it.id FROM clusters AS it, json_each(it.entity_ids) AS member
      WHERE member.value NOT IN (SELECT id FROM entities) AND member.value NOT IN (SELECT name FROM entities)`,
  },
  ...(['entities', 'relationships', 'clusters'] as const).flatMap((table): readonly Check[] => [
    {
      code: 'missing-owner',
      what: `A row of ${table} belongs to no user, and is read by all.`,
      remedy: owners,
      sql: `SELECT user_id, memory_id, id FROM ${table} WHERE coalesce(user_id, '') = ''`,
    },
    {
      code: 'missing-owner',
      what: `A row of ${table} belongs to a memory that is not there.`,
      remedy: owners,
      sql: `SELECT user_id, memory_id, id FROM ${table} WHERE memory_id NOT IN (SELECT id FROM memories)`,
    },
    {
      code: 'default-owner',
      what: `A row of ${table} belongs to the user "default", which is what a missing user became.`,
      remedy: owners,
      sql: `SELECT user_id, memory_id, id FROM ${table} WHERE user_id = 'default'`,
    },
  ]),
  {
    code: 'shared-memory',
    what: 'A memory id is used by several users: communities of one are read by the others.',
    remedy: anew,
    sql: `SELECT NULL AS user_id, memory_id, NULL AS id FROM entities WHERE coalesce(user_id, '') <> ''
      GROUP BY memory_id HAVING count(DISTINCT user_id) > 1`,
  },
  {
    code: 'duplicate-row',
    what: 'A community without a user is there once for each time it was saved.',
    remedy: 'Leave the communities behind: they are found anew.',
    sql: `SELECT user_id, memory_id, id FROM clusters GROUP BY user_id, memory_id, id HAVING count(*) > 1`,
  },
  {
    code: 'unreadable-vector',
    what: 'A vector is kept as JSON, at which loading the memory fails and gives an empty one.',
    remedy:
      'Do not save with that library again: the empty memory would take the place of this one. Ingest the texts anew with this library.',
    sql: "SELECT user_id, memory_id, id FROM entities WHERE typeof(embedding) = 'text'",
  },
  {
    code: 'mixed-generations',
    what: 'A vector has another length than most: it was made by another embedder, and is never found.',
    remedy: 'Ingest the texts anew with this library: it keeps what vectors were made with.',
    sql: `SELECT user_id, memory_id, id FROM entities WHERE typeof(embedding) = 'blob' AND length(embedding) <> (
        SELECT length(embedding) FROM entities WHERE typeof(embedding) = 'blob' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
      )`,
  },
]
