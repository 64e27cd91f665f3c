import { memoryOf, write } from '@graphmem/testkit'
import neo4j from 'neo4j-driver'
import { beforeEach, expect, test } from 'vitest'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { describeOnServer, server, sharedDriver, wipe } from './test-server.ts'

describeOnServer('what the server refuses', () => {
  beforeEach(wipe)

  test('is CONFIG_INVALID for a wrong password, and does not repeat it', async () => {
    const error = await failureOf(() => memoryOf(openStore({ ...server, password: 'secret-password' }), 'alice').head())
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', field: 'password', retryable: false })
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain('secret-password')
  })

  test('is CONFIG_INVALID for a database that there is not', async () => {
    const graph = memoryOf(openStore({ ...server, database: 'nowhere' }), 'alice')
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'CONFIG_INVALID', field: 'database' })
  })

  test('is CONFIG_INVALID for a certificate that it has not', async () => {
    const graph = memoryOf(openStore({ ...server, url: server.url.replace('bolt:', 'bolt+s:') }), 'alice')
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'CONFIG_INVALID', field: 'url' })
  })

  test('is STORE_FAILED and retryable where nobody listens', async () => {
    const graph = memoryOf(openStore({ ...server, url: 'bolt://127.0.0.1:1' }), 'alice')
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_FAILED', retryable: true })
  })

  test('is STORE_BUSY and retryable when the pool has no connection left, and the next call works', async () => {
    const driver = neo4j.driver(server.url, neo4j.auth.basic(server.username, server.password), {
      maxConnectionPoolSize: 1,
      connectionAcquisitionTimeout: 100,
    })
    const graph = memoryOf(openStore({ driver }), 'alice')
    await write(graph, {})
    const session = driver.session()
    const transaction = await session.beginTransaction()
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_BUSY', retryable: true })
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_BUSY', retryable: true })
    await transaction.rollback()
    await session.close()
    expect((await write(graph, {})).head.version).toBe(2)
    await driver.close()
  })

  test('is STORE_NEWER for a format of a later version, which stays as it is', async () => {
    const set = 'MATCH (format:GraphMemFormat) SET format.version = $version RETURN format.version AS version'
    await memoryOf(openStore(server), 'alice').head()
    const { records } = await sharedDriver().executeQuery('MATCH (format:GraphMemFormat) RETURN format.version AS version')
    const version = Number(records[0]?.get('version'))
    await sharedDriver().executeQuery(set, { version: neo4j.int(version + 1) })
    try {
      const graph = memoryOf(openStore(server), 'alice')
      expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_NEWER' })
      expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_NEWER' })
    } finally {
      await sharedDriver().executeQuery(set, { version: neo4j.int(version) })
    }
  })

  test('leaves a driver of the caller open when the store is closed, and says CLOSED when its owner has closed it', async () => {
    const driver = neo4j.driver(server.url, neo4j.auth.basic(server.username, server.password))
    const store = openStore({ driver })
    await write(memoryOf(store, 'alice'), {})
    await store[Symbol.asyncDispose]()
    expect(await failureOf(() => memoryOf(store, 'alice').head())).toMatchObject({ code: 'CLOSED' })
    const another = memoryOf(openStore({ driver }), 'alice')
    expect((await another.head()).version).toBe(1)
    await driver.close()
    expect(await failureOf(() => another.head())).toMatchObject({ code: 'CLOSED' })
  })
})
