import { startLibsql } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { type Client, createClient } from '@libsql/client'
import { afterAll } from 'vitest'

/** A libSQL server for the tests of a file: a double of one, unless `GRAPHMEM_TEST_LIBSQL_URL` names a real one, which the tests empty. */
export interface ServerUnderTest {
  readonly isDouble: boolean
  readonly url: string
  readonly authToken: string
  /** The URL of an empty database for all users: a new one of the double's, or the one of the real server, emptied. */
  emptyDatabase(): Promise<string>
  /** A template of a database a user, none of which has been used before. For a double only. */
  emptyDatabases(): string
  /** A client of a database, to look into it. */
  client(url: string): Client
}

export async function serverUnderTest(): Promise<ServerUnderTest> {
  const service = await startLibsql()
  afterAll(() => service[Symbol.asyncDispose]())
  const { url, authToken } = libsqlAccess(service.url)
  const isDouble = process.env['GRAPHMEM_TEST_LIBSQL_URL'] === undefined
  const newName = () => `t${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  const client = (of: string) => createClient({ url: of, authToken })
  return {
    isDouble,
    url,
    authToken,
    async emptyDatabase() {
      if (isDouble) return `${url}/${newName()}/`
      const { rows } = await client(url).execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_*'")
      await client(url).batch(
        rows.map((row) => `DROP TABLE "${row['name']}"`),
        'write',
      )
      return url
    },
    emptyDatabases: () => `${url}/${newName()}-{userId}`,
    client,
  }
}
