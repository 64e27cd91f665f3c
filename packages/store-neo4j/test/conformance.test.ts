import { neo4jStore } from '@graphmem/store-neo4j'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { describeOnServer, server, wipe } from './test-server.ts'

describeOnServer('conformance', () => {
  describeGraphStore('neo4j', {
    async create() {
      await wipe()
      const open = () => neo4jStore(server)
      return { store: open(), reopen: open }
    },
  })
})
