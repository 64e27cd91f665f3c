import { GraphMemError } from '@graphmem/core/spec'
import type { Row } from '../rows.ts'
import { migration1 } from './migration-1.ts'

/** Each brings a database from the version of its place to the next. Forward only: what was released is never edited. */
const migrations: readonly (readonly string[])[] = [migration1]

export interface MigrationContext {
  /** What the server calls itself: `Neo4j/5.26.0`. */
  server(): Promise<string>
  /** Runs one statement as a transaction. */
  run(cypher: string, parameters: Row): Promise<readonly Row[]>
}

const oldest = { major: 5, minor: 26 }

const maxAttempts = 50

/**
 * Brings a database up to date. A change of the schema is a transaction of its own in Neo4j: each is made if it is not there, and the version
 * is written last, so that a migration that was broken off, or that several processes do at once, is completed.
 *
 * @throws GraphMemError `UNSUPPORTED` when the server is too old, `STORE_NEWER`; the database is untouched then
 */
export async function migrate({ server, run }: MigrationContext): Promise<void> {
  const agent = await server()
  const [, major = 0, minor = 0] = (/^Neo4j\/(\d+)\.(\d+)/.exec(agent) ?? []).map(Number)
  if (major > 0 && (major < oldest.major || (major === oldest.major && minor < oldest.minor))) {
    throw new GraphMemError({
      code: 'UNSUPPORTED',
      message: `Cannot open the database: the server is ${agent}, and Neo4j ${oldest.major}.${oldest.minor} or later is needed.`,
    })
  }
  const [found] = await run("MATCH (format:GraphMemFormat {name: 'graphmem'}) RETURN format.version AS version", {})
  const version = Number(found?.['version'] ?? 0)
  if (version > migrations.length) {
    throw new GraphMemError({
      code: 'STORE_NEWER',
      message: `Cannot open the database: its format has version ${version}, and this library knows versions up to ${migrations.length}. Update @graphmem/store-neo4j. Nothing was changed.`,
    })
  }
  for (let next = version + 1; next <= migrations.length; next += 1) {
    for (const cypher of migrations[next - 1] ?? []) await besideOthers(() => run(cypher, {}))
    await run("MERGE (format:GraphMemFormat {name: 'graphmem'}) SET format.version = $version", { version: BigInt(next) })
  }
}

/** `IF NOT EXISTS` does not see what another process is making at the moment: it then fails, or each waits for the other and one is sent away. */
async function besideOthers(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await change()
      return
    } catch (error) {
      if (attempt === maxAttempts || !isByOthers(error)) throw error
    }
  }
}

function isByOthers(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^Neo\.TransientError\.Transaction\.|^Neo\.ClientError\.Schema\.\w*AlreadyExists$/.test(code)
}
