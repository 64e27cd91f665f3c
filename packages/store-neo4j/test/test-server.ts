import { neo4jAccess } from '@graphmem/services/neo4j-access'
import neo4j, { type Driver } from 'neo4j-driver'
import { describe, inject } from 'vitest'
import './server.ts'

/** The server of the tests, as options of a store. */
export const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')

/** As `describe`, and skipped by name where there is no server. */
export const describeOnServer: (name: string, define: () => void) => void = (name, define) =>
  describe.skipIf(inject('neo4jUrl') === '')(`${name} (on a Neo4j)`, define)

let driver: Driver | undefined

/** A driver that all tests of a file share. */
export function sharedDriver(): Driver {
  driver ??= neo4j.driver(server.url, neo4j.auth.basic(server.username, server.password))
  return driver
}

/** Empties the database, but for what says its format: in several transactions, because one has to fit into the server's memory. */
export async function wipe(): Promise<void> {
  const session = sharedDriver().session()
  await session.run('MATCH (it) WHERE NOT it:GraphMemFormat CALL (it) { DETACH DELETE it } IN TRANSACTIONS OF 5000 ROWS')
  await session.close()
}
