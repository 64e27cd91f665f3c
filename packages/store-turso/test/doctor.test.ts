import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FindingCode, GraphChanges } from '@graphmem/core/spec'
import { tursoStore } from '@graphmem/store-turso'
import { tursoDoctor } from '@graphmem/store-turso/doctor'
import { build, memoryOf, segment, write } from '@graphmem/testkit'
import { createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { serverUnderTest } from './server-under-test.ts'
import { tempFolder } from './temp-folder.ts'

/** Records that all name each other, with ids that begin so. */
function sound(start = ''): Partial<GraphChanges> {
  const id = (name: string) => `${start}${name}`
  const senseId = id('s1')
  return {
    put: {
      episodes: [build.episodes(id('e1'))],
      chunks: [
        build.chunks(id('c1'), { episodeId: id('e1'), mentions: [{ senseId, span: { start: 0, end: 3 }, type: 'person' }] }),
        build.chunks(id('c2'), { episodeId: id('e1'), mentions: [] }),
      ],
      senses: [build.senses(senseId), build.senses(id('s2'))],
      decisions: [build.decisions(id('d1'), { senses: [senseId, id('s2')], chunkId: id('c1') })],
      facts: [
        build.facts(id('f1'), { subjectId: senseId, object: { senseId: id('s2') } }),
        build.facts(id('f2'), { subjectId: senseId, object: { value: 'x', valueType: 'text' } }),
      ],
      assertions: [build.assertions(id('a1'), { factId: id('f1'), chunkId: id('c1') })],
      corrections: [
        build.corrections(id('k1'), { target: { kind: 'facts', id: id('f1') } }),
        build.corrections(id('k2'), { target: { kind: 'decisions', id: id('d1') } }),
      ],
    },
    putSegments: [segment(id('g1'), 1)],
  }
}

/** A database in which Alice and Bob have the same ids, and Bob has others beside, and what is done to it by SQL. */
async function database(...plants: readonly string[]): Promise<{ readonly url: string; readonly path: string }> {
  const path = join(tempFolder(), 'all.db')
  const url = `file:${path}`
  const store = tursoStore({ url })
  await write(memoryOf(store, 'alice'), sound())
  await write(memoryOf(store, 'bob'), sound())
  await write(memoryOf(store, 'bob'), { ...sound('b-'), putSegments: [segment('b-g1', 2)] })
  await store[Symbol.asyncDispose]()
  if (plants.length > 0) {
    const client = createClient({ url })
    for (const plant of plants) await client.execute(plant)
    client.close()
  }
  return { url, path }
}

const alice = "user_id = 'alice' AND memory_id = 'chat'"

test('a sound database has no findings, and lists its memories', async () => {
  const { url } = await database()
  expect(await tursoDoctor({ url })).toEqual({
    layout: 'graphmem',
    memories: [
      { userId: 'alice', memoryId: 'chat' },
      { userId: 'bob', memoryId: 'chat' },
    ],
    findings: [],
  })
})

const columns: readonly (readonly [table: string, column: string, id: string])[] = [
  ['chunks', 'episode_id', 'c1'],
  ['decisions', 'sense_a', 'd1'],
  ['decisions', 'sense_b', 'd1'],
  ['decisions', 'chunk_id', 'd1'],
  ['facts', 'subject_id', 'f1'],
  ['facts', 'object_id', 'f1'],
  ['assertions', 'fact_id', 'a1'],
  ['assertions', 'chunk_id', 'a1'],
  ['corrections', 'target_id', 'k1'],
  ['corrections', 'target_id', 'k2'],
]
/** Bob's, by the first letter of Alice's. */
const ofBob: Readonly<Record<string, string>> = {
  episode_id: 'b-e1',
  sense_a: 'b-s1',
  sense_b: 'b-s1',
  chunk_id: 'b-c1',
  subject_id: 'b-s1',
  object_id: 'b-s1',
  fact_id: 'b-f1',
  k1: 'b-f1',
  k2: 'b-d1',
}

test.each(columns)('%s.%s of %s that leads nowhere, or to another user, is found, and nothing else', async (table, column, id) => {
  const set = (value: string) => `UPDATE ${table} SET ${column} = '${value}' WHERE ${alice} AND id = '${id}'`
  const at = [{ userId: 'alice', memoryId: 'chat', id }]
  const nowhere = await tursoDoctor(await database(set('nobody')))
  expect(nowhere.findings).toEqual([expect.objectContaining({ code: 'dangling-id', count: 1, examples: at })])
  const foreign = await tursoDoctor(await database(set(ofBob[column] ?? ofBob[id] ?? '')))
  expect(foreign.findings).toEqual([expect.objectContaining({ code: 'foreign-edge', count: 1, examples: at })])
})

const mention = (senseId: string) => `UPDATE chunks SET mentions = '["${senseId}",0,3,"person"]' WHERE ${alice} AND id = 'c1'`
const plants: readonly (readonly [name: string, code: FindingCode, sql: string])[] = [
  ['a mention of what is not there', 'dangling-id', mention('nobody')],
  ["a mention of another's", 'foreign-edge', mention('b-s1')],
  [
    'records whose memory is not there',
    'missing-owner',
    "INSERT INTO senses SELECT 'carol', memory_id, id, key, discriminator, block FROM senses WHERE user_id = 'alice' AND id = 's1'",
  ],
  [
    'a record of no user',
    'missing-owner',
    "INSERT INTO senses SELECT '', memory_id, id, key, discriminator, block FROM senses WHERE user_id = 'alice' AND id = 's1'",
  ],
  [
    'a segment of no memory',
    'missing-owner',
    "INSERT INTO segments SELECT 'carol', memory_id, id, first_version, last_version, bytes FROM segments WHERE user_id = 'alice'",
  ],
  ['a memory of no user', 'missing-owner', "INSERT INTO memories VALUES ('', 'chat', 'i', 1, 'g1')"],
  ['a segment of a version to come', 'dangling-segment', `UPDATE segments SET last_version = 9 WHERE ${alice}`],
  ['a memory without an index', 'missing-index', `DELETE FROM segments WHERE ${alice}`],
  [
    'a memory with nothing but what waits beside an index',
    'missing-index',
    `UPDATE segments SET first_version = 0, last_version = 0 WHERE ${alice}`,
  ],
  ['another generation', 'mixed-generations', "UPDATE memories SET generation = 'g2' WHERE user_id = 'bob'"],
  ['a copy that arrived', 'unfinished-move', `UPDATE memories SET generation = 'arriving g1' WHERE ${alice}`],
  ['a memory that is leaving', 'unfinished-move', `UPDATE memories SET generation = 'leaving to x g1' WHERE ${alice}`],
  ["another user's file", 'wrong-file', "INSERT INTO owner VALUES ('alice')"],
]

test.each(plants)('%s: %s, and nothing else', async (_name, code, sql) => {
  const { findings } = await tursoDoctor(await database(sql))
  expect(findings).toEqual([expect.objectContaining({ code, count: 1 })])
})

test('a finding shows five examples at most, ids and never texts', async () => {
  const secret = 'zebrasentinel'
  const hundred = '(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 100) SELECT value FROM n)'
  const plant = `INSERT INTO senses SELECT 'carol', 'chat', value, '${secret}', '${secret}', '${secret}' FROM ${hundred}`
  const { findings } = await tursoDoctor(await database(plant))
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({ count: 100 })
  expect(findings[0]?.examples).toHaveLength(5)
  expect(JSON.stringify(findings)).not.toContain(secret)
})

test('a doctor writes nothing, and looks at a database that is in use', async () => {
  const { url, path } = await database()
  const before = readFileSync(path)
  await tursoDoctor({ url })
  expect(readFileSync(path).equals(before)).toBe(true)
  const store = openStore({ url })
  const graph = memoryOf(store, 'alice')
  await write(graph, {})
  expect((await tursoDoctor({ url })).findings).toEqual([])
  await write(graph, {})
  const client = createClient({ url })
  expect((await tursoDoctor({ client })).layout).toBe('graphmem')
  client.close()
})

test('files of users are looked at each, and one under another name is found', async () => {
  const folder = tempFolder()
  const urlTemplate = `file:${folder}/m-{userId}.db`
  const store = tursoStore({ urlTemplate })
  await write(memoryOf(store, 'alice'), sound())
  await write(memoryOf(store, 'Bob@example.com'), sound())
  await store[Symbol.asyncDispose]()
  const found = await tursoDoctor({ urlTemplate })
  expect(found.findings).toEqual([])
  expect(found.memories.map(({ userId }) => userId).sort()).toEqual(['Bob@example.com', 'alice'])
  renameSync(join(folder, 'm-alice.db'), join(folder, 'm-carol.db'))
  expect((await tursoDoctor({ urlTemplate })).findings).toMatchObject([{ code: 'wrong-file', count: 1, examples: [{ userId: 'alice' }] }])
  expect((await tursoDoctor({ urlTemplate: `file:${folder}/{userId}/memory.db` })).layout).toBe('empty')
})

test('a damaged file of a user is a finding that names it, and what SQLite keeps beside a file is no user', async () => {
  const folder = tempFolder()
  const urlTemplate = `file:${folder}/{userId}`
  await using store = tursoStore({ urlTemplate })
  await write(memoryOf(store, 'alice'), sound())
  expect(readdirSync(folder)).toContain('alice-wal')
  writeFileSync(join(folder, 'bob'), 'no database at all, but a text that is long enough to be one. '.repeat(99))
  const { memories, findings } = await tursoDoctor({ urlTemplate })
  expect(memories).toEqual([{ userId: 'alice', memoryId: 'chat' }])
  expect(findings).toMatchObject([{ code: 'unreadable-file', count: 1, examples: [{ id: 'bob' }] }])
})

test('what is not there is not made, and what is no database is said to be none', async () => {
  const folder = tempFolder()
  await expect(tursoDoctor({ url: `file:${folder}/none.db` })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, 'text.db'), 'no database at all, but a text that is long enough to be one. '.repeat(99))
  await expect(tursoDoctor({ url: `file:${folder}/text.db` })).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  const controller = new AbortController()
  const reason = new Error('no')
  controller.abort(reason)
  await expect(tursoDoctor({ url: `file:${folder}/text.db` }, { signal: controller.signal })).rejects.toBe(reason)
})

test('a database on a server is looked at as a file is', async () => {
  const { emptyDatabase, authToken } = await serverUnderTest()
  const url = await emptyDatabase()
  expect((await tursoDoctor({ url, authToken })).layout).toBe('empty')
  const store = openStore({ url, authToken })
  await write(memoryOf(store, 'alice'), sound())
  const found = async () => (await tursoDoctor({ url, authToken })).findings
  expect(await found()).toEqual([])
  await write(memoryOf(store, 'alice'), { remove: { episodes: ['e1'] } })
  expect(await found()).toMatchObject([{ code: 'dangling-id', count: 2 }])
  for (const refused of ['https://u:secret-token@127.0.0.1:9', 'wss://127.0.0.1:9']) {
    const error = await tursoDoctor({ url: refused }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'GraphMemError', field: 'url' })
    expect(String(error)).not.toContain('secret-token')
  }
  await expect(tursoDoctor({ urlTemplate: 'libsql://{userId}.example.com' })).rejects.toMatchObject({ code: 'UNSUPPORTED' })
})

/** The tables of GraphMem for Python, as its store makes them. */
const pythonTables = [
  `CREATE TABLE entities (id TEXT PRIMARY KEY, memory_id TEXT NOT NULL, user_id TEXT, name TEXT NOT NULL, entity_type TEXT, description TEXT,
     importance REAL, access_count INTEGER, accessed_at TEXT, created_at TEXT, updated_at TEXT, embedding F32_BLOB(4), metadata TEXT)`,
  `CREATE TABLE relationships (id TEXT PRIMARY KEY, memory_id TEXT NOT NULL, user_id TEXT, source_id TEXT NOT NULL, target_id TEXT NOT NULL,
     relation_type TEXT NOT NULL, description TEXT, weight REAL, confidence REAL, valid_from TEXT, valid_until TEXT, created_at TEXT, metadata TEXT)`,
  'CREATE TABLE clusters (id INTEGER, memory_id TEXT NOT NULL, user_id TEXT, summary TEXT, entity_ids TEXT, metadata TEXT, PRIMARY KEY (id, memory_id, user_id))',
  'CREATE TABLE memories (id TEXT PRIMARY KEY, user_id TEXT, created_at TEXT, updated_at TEXT, metadata TEXT)',
]
const entity = (id: string, memory: string, user: string | null, vector = "vector32('[1,2,3,4]')") =>
  `INSERT INTO entities (id, memory_id, user_id, name, embedding) VALUES ('${id}', '${memory}', ${user === null ? 'NULL' : `'${user}'`}, 'name of ${id}', ${vector})`
const edge = (source: string, target: string) =>
  `INSERT INTO relationships (id, memory_id, user_id, source_id, target_id, relation_type) VALUES ('${source}-${target}', 'chat', 'alice', '${source}', '${target}', 'knows')`
const cluster = (id: number, members: string, user = "'alice'") =>
  `INSERT INTO clusters (id, memory_id, user_id, entity_ids) VALUES (${id}, 'chat', ${user}, '${members}')`
const pythonSound = [
  ...["('chat', 'alice')", "('notes', 'bob')"].map((row) => `INSERT INTO memories (id, user_id) VALUES ${row}`),
  entity('google', 'chat', 'alice'),
  entity('alice', 'chat', 'alice'),
  entity('acme', 'notes', 'bob'),
  edge('alice', 'google'),
  cluster(1, '["google", "name of alice"]'),
]

async function pythonDatabase(...sql: readonly string[]): Promise<{ readonly url: string }> {
  const url = `file:${join(tempFolder(), 'python.db')}`
  const client = createClient({ url })
  for (const statement of [...pythonTables, ...pythonSound, ...sql]) await client.execute(statement)
  client.close()
  return { url }
}

test('a sound database of the Python library has no findings', async () => {
  expect(await tursoDoctor(await pythonDatabase())).toEqual({ layout: 'python', memories: [], findings: [] })
})

const pythonPlants: readonly (readonly [name: string, code: FindingCode, ...sql: readonly string[]])[] = [
  ['an end that is not there', 'dangling-id', edge('alice', 'nobody')],
  ["another user's end", 'foreign-edge', edge('alice', 'acme')],
  ["a start of another user's", 'foreign-edge', edge('acme', 'alice')],
  ["a community with another user's entity", 'foreign-edge', cluster(2, '["acme"]')],
  ['a community of what is not there', 'dangling-id', cluster(2, '["nobody"]')],
  ['an entity of no user', 'missing-owner', entity('x', 'chat', null)],
  ['an entity of no memory', 'missing-owner', entity('x', 'gone', 'alice')],
  [
    'an entity of the user "default"',
    'default-owner',
    "INSERT INTO memories VALUES ('d', 'default', '', '', '')",
    entity('x', 'd', 'default'),
  ],
  ['a memory id that two users share', 'shared-memory', entity('x', 'chat', 'bob')],
  ['a vector as text', 'unreadable-vector', entity('x', 'chat', 'alice', "'[1, 2, 3, 4]'")],
  ['a vector of another length', 'mixed-generations', entity('x', 'chat', 'alice', "vector32('[1,2]')")],
]

test.each(pythonPlants)('in a database of the Python library, %s is found as %s, and nothing else', async (_name, code, ...sql) => {
  const { findings } = await tursoDoctor(await pythonDatabase(...sql))
  expect(findings).toEqual([expect.objectContaining({ code, count: 1 })])
})

test('in a database of the Python library, a community that was saved twice without a user is found', async () => {
  const { findings } = await tursoDoctor(await pythonDatabase(cluster(2, '[]', 'NULL'), cluster(2, '[]', 'NULL')))
  expect(findings.map(({ code, count }) => `${code} ${count}`).sort()).toEqual(['duplicate-row 1', 'missing-owner 2'])
})
