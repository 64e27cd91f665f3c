import { tursoStore } from '@graphmem/store-turso'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { describe } from 'vitest'
import { serverUnderTest } from './server-under-test.ts'

const server = await serverUnderTest()
const { authToken } = server

describe(server.isDouble ? 'on a double of a libSQL server' : 'on a libSQL server', () => {
  describeGraphStore('turso, one database for all on a server', {
    async create() {
      const url = await server.emptyDatabase()
      const open = () => tursoStore({ url, authToken })
      return { store: open(), reopen: open }
    },
  })

  describe.skipIf(!server.isDouble)('where databases are made when they are asked for', () => {
    describeGraphStore('turso, one database a user on a server', {
      create() {
        const urlTemplate = server.emptyDatabases()
        const open = () => tursoStore({ urlTemplate, authToken })
        return { store: open(), reopen: open }
      },
    })
  })
})
