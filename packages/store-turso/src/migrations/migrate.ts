import { GraphMemError } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import { migration1 } from './migration-1.ts'

/** Each brings a database from the version of its place to the next. Forward only: what was released is never edited. */
const migrations: readonly (readonly string[])[] = [migration1]

/** "GrMm", in the header of every file of ours. */
const applicationId = 0x47724d6d

/**
 * Brings a database up to date. Each migration is one transaction under the write lock, and fails as a whole where another process has done
 * it in the meantime: its first table exists, or its number is taken.
 *
 * @throws GraphMemError `STORE_NEWER`, `STORE_CORRUPT` when the database is another application's; it is untouched then
 */
export async function migrate(client: Client, schema: string): Promise<void> {
  for (let version = await versionOf(client, schema); version < migrations.length; ) {
    // Readers go on while someone writes. The setting is kept in the file.
    if (version === 0) await client.execute(`PRAGMA ${schema}.journal_mode = WAL`)
    try {
      await client.batch([...statementsTo(version + 1, schema)], 'write')
      version += 1
    } catch (error) {
      const now = await versionOf(client, schema)
      if (now === version) throw error
      version = now
    }
  }
}

function statementsTo(version: number, schema: string): readonly string[] {
  return [
    ...(migrations[version - 1] ?? []).map((sql) => sql.replaceAll('{schema}', schema)),
    `INSERT INTO ${schema}.migrations (version) VALUES (${version})`,
    `PRAGMA ${schema}.application_id = ${applicationId}`,
    `PRAGMA ${schema}.user_version = ${version}`,
  ]
}

async function versionOf(client: Client, schema: string): Promise<number> {
  const results = await client.batch(
    [`PRAGMA ${schema}.user_version`, `PRAGMA ${schema}.application_id`, `SELECT count(*) FROM ${schema}.sqlite_master`],
    'deferred',
  )
  const [version = 0, application = 0, tables = 0] = results.map(({ rows }) => Number(rows[0]?.[0]))
  if (application !== applicationId) {
    if (tables === 0) return 0
    throw new GraphMemError({
      code: 'STORE_CORRUPT',
      message: 'Cannot open the database: it holds tables of something else. Give the store a database of its own.',
    })
  }
  if (version > migrations.length) {
    throw new GraphMemError({
      code: 'STORE_NEWER',
      message: `Cannot open the database: its format has version ${version}, and this library knows versions up to ${migrations.length}. Update @graphmem/store-turso. Nothing was changed.`,
    })
  }
  return version
}
