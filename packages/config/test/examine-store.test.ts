import { join } from 'node:path'
import { examineStore, type GraphMemSettings, openStore } from '@graphmem/config'
import { scope } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { expect, it } from 'vitest'
import { failureOf } from './failure-of.ts'
import { folderWith } from './temp-folder.ts'

it.each<[GraphMemSettings, string, string]>([
  [{}, 'CONFIG_INVALID', 'store'],
  [{ store: memoryStore() }, 'CONFIG_INVALID', 'store'],
  [{ store: 'memory:' }, 'UNSUPPORTED', 'store'],
  [{ store: 'neo4j://localhost' }, 'CONFIG_INVALID', 'storePassword'],
  [{ store: 'libsql://ada:hunter2@host' }, 'CONFIG_INVALID', 'store'],
  [{ store: 'file:a.db', storePassword: 'hunter2' }, 'CONFIG_INVALID', 'storePassword'],
  [{ store: 'neo4jx://localhost' }, 'CONFIG_INVALID', 'store'],
  [{ store: 'libsql://{userId}.example.com' }, 'UNSUPPORTED', 'urlTemplate'],
])('a doctor refuses %o, and prints no secret', async (settings, code, field) => {
  const error = await failureOf(() => examineStore(settings))
  expect({ code: error.code, field: error.field }).toEqual({ code, field })
  expect(error.message).not.toContain('hunter2')
})

it('a doctor examines the files that a setting names', async () => {
  const folder = folderWith({})
  for (const store of [`file:${join(folder, 'all.db')}`, `file:${join(folder, 'users', '{userId}.db')}`]) {
    const opened = await openStore({ store })
    const graph = opened.open(scope({ userId: 'alice', memoryId: 'chat' }))
    await graph.apply({ put: {} }, { applyId: 'a', expect: await graph.head(), generation: 'g1' })
    await opened[Symbol.asyncDispose]()
    const { memories, findings } = await examineStore({ store })
    expect({ memories, findings }).toEqual({ memories: [{ userId: 'alice', memoryId: 'chat' }], findings: [] })
  }
})
