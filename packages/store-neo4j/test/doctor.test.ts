import type { FindingCode, GraphChanges } from '@graphmem/core/spec'
import { neo4jDoctor } from '@graphmem/store-neo4j/doctor'
import { build, memoryOf, segment, write } from '@graphmem/testkit'
import { beforeEach, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { describeOnServer, server, sharedDriver, wipe } from './test-server.ts'

/** Records that all name each other, with ids that begin so. */
function sound(start = ''): Partial<GraphChanges> {
  const id = (name: string) => `${start}${name}`
  const senseId = id('s1')
  return {
    put: {
      episodes: [build.episodes(id('e1'))],
      chunks: [build.chunks(id('c1'), { episodeId: id('e1'), mentions: [{ senseId, span: { start: 0, end: 3 }, type: 'person' }] })],
      senses: [build.senses(senseId), build.senses(id('s2'))],
      decisions: [build.decisions(id('d1'), { senses: [senseId, id('s2')], chunkId: id('c1') })],
      facts: [build.facts(id('f1'), { subjectId: senseId, object: { senseId: id('s2') } })],
      assertions: [build.assertions(id('a1'), { factId: id('f1'), chunkId: id('c1') })],
      corrections: [
        build.corrections(id('k1'), { target: { kind: 'facts', id: id('f1') } }),
        build.corrections(id('k2'), { target: { kind: 'decisions', id: id('d1') } }),
      ],
    },
    putSegments: [segment(id('g1'), 1)],
  }
}

async function found(...plants: readonly string[]): Promise<readonly string[]> {
  for (const plant of plants) await sharedDriver().executeQuery(plant)
  const { findings } = await neo4jDoctor({ driver: sharedDriver() })
  return findings.map(({ code, count }) => `${code} ${count}`)
}

const ofAlice = "{userId: 'alice', memoryId: 'chat'}"
const alices = (label: string, id: string) => `MATCH (it:${label} {userId: 'alice', memoryId: 'chat', id: '${id}'})`

describeOnServer('the doctor', () => {
  beforeEach(wipe)

  async function database(): Promise<void> {
    const store = openStore(server)
    await write(memoryOf(store, 'alice'), sound())
    await write(memoryOf(store, 'bob'), sound())
    await write(memoryOf(store, 'bob'), { ...sound('b-'), putSegments: [segment('b-g1', 2)] })
  }

  test('finds nothing in a sound database, or an empty one, and lists the memories', async () => {
    expect((await neo4jDoctor(server)).findings).toEqual([])
    await database()
    expect(await neo4jDoctor(server)).toEqual({
      layout: 'graphmem',
      findings: [],
      memories: [
        { userId: 'alice', memoryId: 'chat' },
        { userId: 'bob', memoryId: 'chat' },
      ],
    })
  })

  const properties: readonly (readonly [label: string, property: string, id: string, ofBob: string, isList?: true])[] = [
    ['Chunk', 'episodeId', 'c1', 'b-e1'],
    ['Chunk', 'senseIds', 'c1', 'b-s1', true],
    ['Decision', 'senseIds', 'd1', 'b-s1', true],
    ['Decision', 'chunkId', 'd1', 'b-c1'],
    ['Fact', 'subjectId', 'f1', 'b-s1'],
    ['Fact', 'objectId', 'f1', 'b-s1'],
    ['Assertion', 'factId', 'a1', 'b-f1'],
    ['Assertion', 'chunkId', 'a1', 'b-c1'],
    ['Correction', 'targetId', 'k1', 'b-f1'],
    ['Correction', 'targetId', 'k2', 'b-d1'],
  ]
  test('finds each property that leads nowhere, or to another user, and nothing else', async () => {
    await database()
    for (const [label, property, id, ofBob, isList] of properties) {
      const plant = async (value: string) => {
        const { records } = await sharedDriver().executeQuery(`${alices(label, id)} RETURN it.${property} AS before`)
        const set = `${alices(label, id)} SET it.${property} = $value`
        await sharedDriver().executeQuery(set, { value: isList ? [value] : value })
        const codes = await found()
        await sharedDriver().executeQuery(set, { value: records[0]?.get('before') })
        return codes
      }
      expect(await plant('nobody'), `${label}.${property}`).toEqual(['dangling-id 1'])
      expect(await plant(ofBob), `${label}.${property}`).toEqual(['foreign-edge 1'])
    }
    expect(await found()).toEqual([])
  })

  const plants: readonly (readonly [name: string, code: FindingCode, cypher: string])[] = [
    [
      'a relationship to another user',
      'foreign-edge',
      `${alices('Fact', 'f1')} MATCH (other:Sense {userId: 'bob', id: 'b-s1'}) CREATE (it)-[:ABOUT ${ofAlice}]->(other)`,
    ],
    ['a relationship of another user', 'foreign-edge', `${alices('Fact', 'f1')}-[edge:ABOUT]->() SET edge.userId = 'bob'`],
    ['a node of no memory', 'missing-owner', "CREATE (:Sense {userId: 'carol', memoryId: 'chat', id: 'x'})"],
    ['a node of no user', 'missing-owner', "CREATE (:Sense {memoryId: 'chat', id: 'x'})"],
    ['a segment that is not there', 'dangling-segment', `${alices('Segment', 'g1')} DELETE it`],
    [
      'a segment that is not named',
      'dangling-segment',
      `CREATE (:Segment {userId: 'alice', memoryId: 'chat', id: 'x', firstVersion: 1, lastVersion: 1})`,
    ],
    ['a segment of a version to come', 'dangling-segment', `${alices('Segment', 'g1')} SET it.lastVersion = 9`],
    ['another generation', 'mixed-generations', "MATCH (it:Memory {userId: 'bob'}) SET it.generation = 'g2'"],
    ['a copy that arrived', 'unfinished-move', "MATCH (it:Memory {userId: 'bob'}) SET it.generation = 'arriving g1'"],
    ['a memory that is leaving', 'unfinished-move', "MATCH (it:Memory {userId: 'bob'}) SET it.generation = 'leaving to x g1'"],
  ]
  test.each(plants)('finds %s as %s, and nothing else', async (_name, code, cypher) => {
    await database()
    expect(await found(cypher)).toEqual([`${code} 1`])
  })

  test('finds a memory without an index', async () => {
    await database()
    expect(await found(`MATCH (memory:Memory ${ofAlice}) SET memory.segmentIds = []`, `${alices('Segment', 'g1')} DELETE it`)).toEqual([
      'missing-index 1',
    ])
    await database()
    expect(await found(`${alices('Segment', 'g1')} SET it.firstVersion = 0, it.lastVersion = 0`)).toEqual(['missing-index 1'])
  })

  const entity = (id: string, memory: string, user: string | undefined, vector = '[1.0, 2.0]') =>
    `CREATE (:Entity {id: '${id}', name: 'name of ${id}', memory_id: '${memory}', embedding: ${vector}${user === undefined ? '' : `, user_id: '${user}'`}})`
  const edge = (source: string, target: string, memory = 'chat') =>
    `MATCH (s:Entity {id: '${source}'}), (t:Entity {id: '${target}'}) CREATE (s)-[:RELATED {id: 'r', memory_id: '${memory}'}]->(t)`
  const pythonSound = [
    "CREATE (:Memory {id: 'chat'}), (:Memory {id: 'notes'})",
    ...[entity('google', 'chat', 'ann'), entity('ann', 'chat', 'ann'), entity('acme', 'notes', 'ben')],
    edge('ann', 'google'),
    "CREATE (:Community {id: 1, memory_id: 'chat', entities: ['google', 'name of ann']})",
  ]
  const pythonPlants: readonly (readonly [name: string, code: FindingCode, cypher: string])[] = [
    ['an edge to another user', 'foreign-edge', edge('ann', 'acme')],
    ['an edge of another memory', 'foreign-edge', edge('ann', 'google', 'notes')],
    ['an entity of no user', 'missing-owner', entity('x', 'chat', undefined)],
    ['an entity of no memory', 'missing-owner', entity('x', 'gone', 'ann')],
    ['a community of no memory', 'missing-owner', "CREATE (:Community {id: 2, memory_id: 'gone', entities: []})"],
    ['an entity of the user "default"', 'default-owner', `${entity('x', 'd', 'default')}, (:Memory {id: 'd'})`],
    ['a memory id that two users share', 'shared-memory', entity('x', 'chat', 'ben')],
    ['a community of what is not there', 'dangling-id', "CREATE (:Community {id: 2, memory_id: 'chat', entities: ['nobody']})"],
    ['an entity that is there twice', 'duplicate-row', entity('google', 'chat', 'ann')],
    ['a vector of another length', 'mixed-generations', entity('x', 'chat', 'ann', '[1.0]')],
  ]
  test('finds the faults of the Python library, each alone, also beside sound memories of ours', async () => {
    await database()
    expect(await found(...pythonSound)).toEqual([])
    for (const [name, code, cypher] of pythonPlants) {
      await sharedDriver().executeQuery('MATCH (it:Entity|Community) DETACH DELETE it')
      await sharedDriver().executeQuery('MATCH (it:Memory) WHERE it.id IS NOT NULL DELETE it')
      expect(await found(...pythonSound, cypher), name).toEqual([`${code} 1`])
    }
  })

  test('writes nothing, and tells no text', async () => {
    await database()
    await sharedDriver().executeQuery("CREATE (:Sense {userId: 'carol', memoryId: 'chat', id: 'x', key: 'zebrasentinel'})")
    const all = async () => JSON.stringify((await sharedDriver().executeQuery('MATCH (it) RETURN it ORDER BY elementId(it)')).records)
    const before = await all()
    const diagnosis = await neo4jDoctor(server)
    expect(JSON.stringify(diagnosis)).not.toContain('zebrasentinel')
    expect(diagnosis.findings).toMatchObject([{ examples: [{ userId: 'carol', memoryId: 'chat', id: 'x' }] }])
    expect(await all()).toBe(before)
  })
})
