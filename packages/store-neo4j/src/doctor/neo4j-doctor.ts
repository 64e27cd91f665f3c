import type { CallOptions, Diagnosis } from '@graphmem/core/spec'
import neo4j from 'neo4j-driver'
import { storeError } from '../errors.ts'
import { checkedOptions, type Neo4jStoreOptions } from '../neo4j-options.ts'
import { readDatabase } from './read-database.ts'

/** As for `neo4jStore()`. */
export type Neo4jDoctorOptions = Neo4jStoreOptions

/**
 * Looks for faults in a database, this library's, one of GraphMem for Python, or of both: across all users, so it is for whoever runs the
 * database, and for no one else. Reads everything and writes nothing; the database may be in use.
 *
 * @throws GraphMemError `CONFIG_INVALID`, and what the server fails at
 */
export async function neo4jDoctor(options: Neo4jDoctorOptions, { signal }: CallOptions = {}): Promise<Diagnosis> {
  signal?.throwIfAborted()
  const checked = checkedOptions(options)
  const driver =
    'driver' in checked
      ? checked.driver
      : neo4j.driver(checked.url, neo4j.auth.basic(checked.username, checked.password), { userAgent: 'graphmem', telemetryDisabled: true })
  try {
    return await readDatabase(driver, checked.database, { signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw storeError(error, 'Cannot examine the database')
  } finally {
    if (!('driver' in checked)) await driver.close()
  }
}
