import { userId } from '@graphmem/core/spec'
import { databaseName } from '@graphmem/store-turso'
import { build, hostileIds, memoryOf, write } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { type OwnedDatabase, ownerCases } from './server-owner-cases.ts'
import { serverUnderTest } from './server-under-test.ts'
import { watchedServer } from './watched-server.ts'

const { isDouble, url, authToken, emptyDatabases, client } = await serverUnderTest()

describe.skipIf(!isDouble)('a database a user (on a double of a libSQL server)', () => {
  test('holds one user each, whatever the id', async () => {
    const urlTemplate = emptyDatabases()
    const store = openStore({ urlTemplate, authToken })
    for (const id of hostileIds) await write(memoryOf(store, id), { put: { senses: [build.senses('s1')] } })
    for (const id of hostileIds) {
      expect(await store.user(userId(id)).list()).toEqual(['chat'])
      const { rows } = await client(`${urlTemplate.replace('{userId}', databaseName(id))}/`).execute(
        'SELECT DISTINCT memories.user_id, owner.user_id AS owner FROM memories, owner',
      )
      expect(rows.map((row) => ({ ...row }))).toEqual([{ user_id: id, owner: id }])
    }
  })

  test('stays when its user is erased, with nothing in it but whose it is, and the receipt says so', async () => {
    const urlTemplate = emptyDatabases()
    const store = openStore({ urlTemplate, authToken })
    await write(memoryOf(store, 'alice'), { put: { senses: [build.senses('s1')] } })
    const { records, unverified } = await store.user(userId('alice')).erase()
    expect(records.senses).toBe(1)
    expect(unverified).toEqual([expect.stringContaining('overwrites'), expect.stringContaining('stays on its server')])
    const at = client(`${urlTemplate.replace('{userId}', 'alice')}/`)
    expect((await at.execute('SELECT user_id FROM owner')).rows).toHaveLength(1)
    expect((await at.execute('SELECT 1 FROM memories UNION ALL SELECT 1 FROM senses UNION ALL SELECT 1 FROM applies')).rows).toEqual([])
    expect((await write(memoryOf(store, 'alice'), {})).head.version).toBe(1)
  })

  /** Statements, changed on their way to a database that every user's name leads to. */
  async function databaseWith(mutate: (sql: string) => string): Promise<OwnedDatabase> {
    const name = `o${crypto.randomUUID().slice(0, 8)}`
    const rewriteBody = (body: string) =>
      JSON.stringify(JSON.parse(body), (key, value: unknown) => (key === 'sql' && typeof value === 'string' ? mutate(value) : value))
    const rewritePath = (path: string) => path.replace(/^\/[^/]+\//, `/${name}/`)
    const watched = await watchedServer(url, { rewriteBody, rewritePath })
    return { url: `${watched.url}/any`, urlTemplate: `${watched.url}/{userId}`, authToken }
  }

  test.each(ownerCases)('$behaviour', async ({ run }) => {
    await run(await databaseWith((sql) => sql))
  })

  const lookup = 'SELECT user_id FROM owner'
  test.each([
    ['the claim looks for an owner', 'NOT EXISTS (SELECT 1 FROM owner)', 'true'],
    ['the claim looks for memories', 'NOT EXISTS (SELECT 1 FROM memories WHERE user_id <> :userId)', 'true'],
    ['the claim looks for memories of others', 'user_id <> :userId', ':userId IS NULL'],
    ['the claim looks for memories of others only', 'user_id <> :userId', ':userId IS NOT NULL'],
    ['the claim is of the user', 'SELECT :userId', "SELECT 'alice' || substr(:userId, 1, 0)"],
    ['the owner is looked up', lookup, `${lookup} WHERE false`],
  ])('the cases above fail unless %s', async (_, part, replacement) => {
    let mutated = false
    const outcomes: boolean[] = []
    for (const { run } of ownerCases) {
      const database = await databaseWith((sql) => {
        if (!sql.includes(part)) return sql
        mutated = true
        return sql.replace(part, replacement)
      })
      outcomes.push(
        await run(database).then(
          () => true,
          () => false,
        ),
      )
    }
    expect(mutated).toBe(true)
    expect(outcomes).toContain(false)
  })
})
