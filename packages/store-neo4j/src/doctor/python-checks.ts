import type { Check } from './check.ts'

const anew = 'Ingest the texts anew with this library, under their users: what is mixed up cannot be told apart afterwards.'
const owners = 'Find out whose it is and write the user into it, or leave it behind.'
const returned = 'RETURN it.user_id AS userId, it.memory_id AS memoryId, it.id AS id'

/** The faults of a database that GraphMem for Python wrote, a statement each. Its edges and communities are found by the memory alone. */
export const pythonChecks: readonly Check[] = [
  {
    code: 'foreign-edge',
    what: 'A relationship joins entities of two users or memories, or says that it belongs to another memory.',
    remedy: anew,
    cypher: `MATCH (it:Entity)-[edge:RELATED]->(other:Entity)
      WHERE coalesce(it.user_id, '') <> coalesce(other.user_id, '') OR it.memory_id <> other.memory_id OR edge.memory_id <> it.memory_id
      ${returned}`,
  },
  {
    code: 'missing-owner',
    what: 'An entity belongs to no user.',
    remedy: owners,
    cypher: `MATCH (it:Entity) WHERE coalesce(it.user_id, '') = '' ${returned}`,
  },
  ...(['Entity', 'Community'] as const).map(
    (label): Check => ({
      code: 'missing-owner',
      what: `A node ${label} belongs to a memory that is not there.`,
      remedy: owners,
      cypher: `MATCH (it:${label}) WHERE NOT EXISTS { MATCH (memory:Memory) WHERE memory.id = it.memory_id } ${returned}`,
    }),
  ),
  {
    code: 'default-owner',
    what: 'An entity belongs to the user "default", which is what a missing user became.',
    remedy: owners,
    cypher: `MATCH (it:Entity) WHERE it.user_id = 'default' ${returned}`,
  },
  {
    code: 'shared-memory',
    what: 'A memory id is used by several users: edges and communities of one are read, and cleared, by the others.',
    remedy: anew,
    cypher: `MATCH (it:Entity) WITH it.memory_id AS memoryId, count(DISTINCT it.user_id) AS users WHERE users > 1
      RETURN null AS userId, memoryId, null AS id`,
  },
  {
    code: 'dangling-id',
    what: 'A community has an entity that is not there, neither by id nor by name.',
    remedy: 'Leave the community behind: communities are found anew.',
    cypher: `MATCH (it:Community) UNWIND it.entities AS member WITH it, member
      WHERE NOT EXISTS { MATCH (entity:Entity) WHERE entity.memory_id = it.memory_id AND (entity.id = member OR entity.name = member) }
      ${returned}`,
  },
  {
    code: 'duplicate-row',
    what: 'An entity of one user and memory is there more than once.',
    remedy: 'Keep the one that was accessed last: each save writes all of them.',
    cypher: `MATCH (it:Entity) WITH it.user_id AS userId, it.memory_id AS memoryId, it.id AS id, count(*) AS times WHERE times > 1
      RETURN userId, memoryId, id`,
  },
  {
    code: 'mixed-generations',
    what: 'A vector has another length than most: it was made by another embedder, and is never found.',
    remedy: 'Ingest the texts anew with this library: it keeps what vectors were made with.',
    cypher: `MATCH (it:Entity) WHERE it.embedding IS NOT NULL
      WITH size(it.embedding) AS length, collect(it) AS entities ORDER BY size(entities) DESC, length
      WITH collect(entities)[1..] AS fewer
      UNWIND fewer AS entities UNWIND entities AS it
      ${returned}`,
  },
]
