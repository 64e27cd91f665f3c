import type { GraphMemError } from '@graphmem/core/spec'
import { type Neo4jStoreOptions, neo4jStore } from '@graphmem/store-neo4j'
import neo4j from 'neo4j-driver'
import { expect, test } from 'vitest'

const driver = neo4j.driver('bolt://127.0.0.1:9', neo4j.auth.basic('neo4j', 'secret-password'))
const login = { username: 'neo4j', password: 'secret-password' }
const url = 'neo4j://localhost:7687'

test.each<[string, unknown, Partial<GraphMemError>]>([
  ['when they are missing', undefined, { field: 'options' }],
  ['without a place', {}, { field: 'url' }],
  ['with two places', { url, ...login, driver }, { field: 'url' }],
  ['with an unknown name', { url, ...login, user: 'neo4j' }, { field: 'user' }],
  ['without a user', { url, password: 'secret-password' }, { field: 'username' }],
  ['without a password', { url, username: 'neo4j' }, { field: 'password' }],
  ['with the credentials in the URL', { url: 'neo4j://neo4j:secret-password@localhost', ...login }, { field: 'url' }],
  ['with another scheme', { url: 'http://localhost:7474', ...login }, { field: 'url' }],
  ['with no URL', { url: 'localhost', ...login }, { field: 'url' }],
  ['with no name of a database', { url, ...login, database: '' }, { field: 'database' }],
  ['with a driver that is none', { driver: {} }, { field: 'driver' }],
  ['with a driver and a password', { driver, password: 'secret-password' }, { field: 'password' }],
])('options are refused %s', (_, options, expected) => {
  let thrown: unknown
  try {
    neo4jStore(options as Neo4jStoreOptions)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ name: 'GraphMemError', code: 'CONFIG_INVALID', ...expected })
  expect(String(thrown)).not.toContain('secret-password')
})
