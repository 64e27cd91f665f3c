import type { Client } from '@libsql/client'
import { migration1 } from './migration-1.ts'
import { newerDatabase, type VersionMark } from './version-mark.ts'

/** Each brings a database from the version of its place to the next. Forward only: what was released is never edited. */
const migrations: readonly (readonly string[])[] = [migration1]

/**
 * Brings a database up to date. Each migration is one transaction under the write lock, and fails as a whole where another process has done
 * it in the meantime: its first table exists, or its number is taken. `from` is the version it has, where that is known.
 *
 * @throws GraphMemError `STORE_NEWER`, `STORE_CORRUPT` when the database is another application's; it is untouched then
 */
export async function migrate(client: Client, mark: VersionMark, from?: number): Promise<void> {
  for (let version = from ?? (await versionOf(client, mark)); version < migrations.length; ) {
    if (version === 0) await mark.prepare(client)
    try {
      await client.batch([...statementsTo(version + 1, mark)], 'write')
      version += 1
    } catch (error) {
      const now = await versionOf(client, mark)
      if (now === version) throw error
      version = now
    }
  }
}

/** 0 where there is nothing yet. @throws GraphMemError as {@link migrate} */
export async function versionOf(client: Client, mark: VersionMark): Promise<number> {
  const version = await mark.read(client)
  if (version > migrations.length) throw newerDatabase(version, migrations.length)
  return version
}

function statementsTo(version: number, { schema, statements }: VersionMark): readonly string[] {
  return [
    ...(migrations[version - 1] ?? []).map((sql) => sql.replaceAll('{schema}', schema)),
    `INSERT INTO ${schema}.migrations (version) VALUES (${version})`,
    ...statements(version),
  ]
}
