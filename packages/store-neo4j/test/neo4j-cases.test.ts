import { neo4jStore } from '@graphmem/store-neo4j'
import { runStoreCase } from '@graphmem/testkit'
import { expect, test } from 'vitest'
import { neo4jCases } from './neo4j-cases.ts'
import { describeOnServer, server, wipe } from './test-server.ts'

describeOnServer('beside the kit', () => {
  for (const each of neo4jCases) {
    test(each.behaviour, async () => {
      await wipe()
      const open = () => neo4jStore(server)
      expect(await runStoreCase(each, () => ({ store: open(), reopen: open }), 'alone')).toBe('passed')
    })
  }
})
