import { GraphMemError } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import { RequestFailure } from '../request-failure.ts'

/** How a database says that it is ours, and of which version. */
export interface VersionMark {
  readonly schema: string
  /** 0 where there is nothing yet. @throws GraphMemError `STORE_CORRUPT` when the database is another application's */
  read(client: Client): Promise<number>
  /** What the first tables need that no transaction does. */
  prepare(client: Client): Promise<void>
  /** What a migration to a version says besides. */
  statements(version: number): readonly string[]
}

/** "GrMm", in the header of every file of ours. */
const applicationId = 0x47724d6d

/** The mark of a file, in its header. */
export function headerMark(schema: string): VersionMark {
  return {
    schema,
    async read(client) {
      const results = await client.batch(
        [`PRAGMA ${schema}.user_version`, `PRAGMA ${schema}.application_id`, `SELECT count(*) FROM ${schema}.sqlite_master`],
        'deferred',
      )
      const [version = 0, application = 0, tables = 0] = results.map(({ rows }) => Number(rows[0]?.[0]))
      if (application === applicationId) return version
      if (tables === 0) return 0
      throw foreignTables()
    },
    async prepare(client) {
      // Readers go on while someone writes. The setting is kept in the file.
      await client.execute(`PRAGMA ${schema}.journal_mode = WAL`)
    },
    statements: (version) => [`PRAGMA ${schema}.application_id = ${applicationId}`, `PRAGMA ${schema}.user_version = ${version}`],
  }
}

/** The mark of a database on a server, in a table: a server lets nobody write the header. */
export const tableMark: VersionMark = {
  schema: 'main',
  async read(client) {
    try {
      return await versionInTable(client)
    } catch (error) {
      if (error instanceof RequestFailure) throw error
      // Which error a missing table is differs from server to server.
      const { rows } = await client.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'libsql_*' AND name NOT GLOB '_litestream_*'",
      )
      const tables = rows.map((row) => row['name'])
      if (tables.length === 0) return 0
      if (!['migrations', 'owner', 'memories'].every((table) => tables.includes(table))) throw foreignTables()
      // Someone made them just now, or something else is wrong.
      return versionInTable(client)
    }
  },
  async prepare() {},
  statements: () => [],
}

async function versionInTable(client: Client): Promise<number> {
  const { rows } = await client.execute(
    'SELECT max(version) AS version FROM main.migrations WHERE (SELECT count(*) FROM main.owner) + EXISTS (SELECT incarnation FROM main.memories) >= 0',
  )
  return Number(rows[0]?.['version'])
}

export function newerDatabase(version: number, known: number): GraphMemError {
  return new GraphMemError({
    code: 'STORE_NEWER',
    message: `Cannot open the database: its format has version ${version}, and this library knows versions up to ${known}. Update @graphmem/store-turso. Nothing was changed.`,
  })
}

function foreignTables(): GraphMemError {
  return new GraphMemError({
    code: 'STORE_CORRUPT',
    message: 'Cannot open the database: it holds tables of something else. Give the store a database of its own.',
  })
}
