import { memoryOf, write } from '@graphmem/testkit'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { describeOnServer, server, sharedDriver, wipe } from './test-server.ts'

async function schemaNames(): Promise<readonly string[]> {
  const { records } = await sharedDriver().executeQuery(
    'SHOW INDEXES YIELD name, state WHERE name STARTS WITH "graphmem" RETURN name ORDER BY name',
  )
  return records.map((record) => String(record.get('name')))
}

/** A database as if no store had ever been there. */
async function unmade(): Promise<void> {
  await wipe()
  await sharedDriver().executeQuery('MATCH (format:GraphMemFormat) DELETE format')
  const { records } = await sharedDriver().executeQuery(
    'SHOW INDEXES YIELD name, owningConstraint WHERE name STARTS WITH "graphmem" RETURN name, owningConstraint IS NOT NULL AS isConstraint',
  )
  for (const record of records) {
    await sharedDriver().executeQuery(`DROP ${record.get('isConstraint') === true ? 'CONSTRAINT' : 'INDEX'} ${record.get('name')}`)
  }
}

describeOnServer('a new database', () => {
  test('is made by whichever of many stores comes first, and all of them can use it', async () => {
    await memoryOf(openStore(server), 'alice').head()
    const made = await schemaNames()
    await unmade()
    expect(await schemaNames()).toEqual([])
    const users = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
    const applied = await Promise.all(users.map((user) => write(memoryOf(openStore(server), user), {})))
    expect(applied.map(({ head }) => head.version)).toEqual(users.map(() => 1))
    expect(await schemaNames()).toEqual(made)
  })
})
