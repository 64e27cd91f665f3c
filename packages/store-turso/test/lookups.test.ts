import { scope } from '@graphmem/core/spec'
import { createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { migrate } from '../src/migrations/migrate.ts'
import { headerMark } from '../src/migrations/version-mark.ts'
import { episodesOfKeysStatement, getStatement, sensesOfBlocksStatement } from '../src/scoped-statements.ts'

const mine = scope({ userId: 'alice', memoryId: 'chat' })

for (const { name, statement, by } of [
  { name: 'senses of blocks', statement: sensesOfBlocksStatement(mine, ['a', 'b']), by: 'block=?' },
  { name: 'episodes of keys', statement: episodesOfKeysStatement(mine, ['a', 'b']), by: 'key=?' },
  { name: 'chunks of ids', statement: getStatement(mine, 'chunks', ['a', 'b']), by: 'id=?' },
]) {
  test(`${name} are found by an index that begins with the scope, so that an old memory costs no more than a new one`, async () => {
    const client = createClient({ url: ':memory:' })
    await migrate(client, headerMark('main'))
    const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${statement.sql}`, args: { ...statement.args } })
    const plan = rows.map((row) => String(row['detail']))
    expect(plan.some((step) => step.startsWith('SEARCH') && step.includes(`(user_id=? AND memory_id=? AND ${by})`))).toBe(true)
    client.close()
  })
}
