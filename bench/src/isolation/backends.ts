import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryCache } from '@graphmem/cache-memory'
import { redisCache } from '@graphmem/cache-redis'
import { type Cache, type GraphStore, regional } from '@graphmem/core'
import { startLibsql } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { startRedis } from '@graphmem/services/redis'
import { startRedisCluster } from '@graphmem/services/redis-cluster'
import { type Service, ServiceMissing } from '@graphmem/services/service'
import { memoryStore } from '@graphmem/store-memory'
import { neo4jStore } from '@graphmem/store-neo4j'
import { tursoStore } from '@graphmem/store-turso'
import neo4j from 'neo4j-driver'

/** Something that several tenants share. */
export interface Backend {
  readonly name: string
  /** Whether a server of its own does most of the work, and others may run meanwhile. */
  readonly waits?: true
  /** Starts what it needs. @throws ServiceMissing */
  readonly start: () => Promise<RunningBackend>
}

export interface RunningBackend extends AsyncDisposable {
  /** What it ran on. */
  readonly about: string
  /** Makes what is under test, fresh and empty. */
  readonly open: () => Promise<Opened>
}

/** A store, or a cache over a store in memory. */
export interface Opened extends AsyncDisposable {
  readonly store: GraphStore
  readonly cache?: Cache
}

/** Every backend there is; a new one is a line. */
export const backends: readonly Backend[] = [
  storeInProcess('memory', 'maps in the process', () => memoryStore()),
  storeInFolder('turso-file', 'one libSQL file', (folder) => tursoStore({ url: `file:${join(folder, 'all.db')}` })),
  storeInFolder('turso-user-files', 'a libSQL file a user', (folder) => tursoStore({ urlTemplate: `file:${join(folder, '{userId}.db')}` })),
  storeInFolder('regional', 'maps in the process for some users, a libSQL file for others', (folder) =>
    regional({ eu: memoryStore(), us: tursoStore({ url: `file:${join(folder, 'us.db')}` }) }, (userId) =>
      userId.length % 2 === 0 ? 'eu' : 'us',
    ),
  ),
  storeOnLibsql('turso-remote', 'one database', (url, authToken) => tursoStore({ url: `${url}/`, authToken })),
  storeOnLibsql('turso-remote-users', 'a database a user', (url, authToken) => tursoStore({ urlTemplate: `${url}-{userId}`, authToken })),
  { name: 'neo4j', waits: true, start: onNeo4j },
  cacheInProcess('cache-memory', 'maps in the process, over a store in memory', () => memoryCache()),
  cacheOn('cache-redis', startRedis, ({ url }, prefix) => redisCache({ url, prefix })),
  cacheOn('cache-redis-cluster', startRedisCluster, ({ url }, prefix) => redisCache({ nodes: [url], prefix })),
]

const nothing = async () => undefined

function storeInProcess(name: string, about: string, make: () => GraphStore): Backend {
  return { name, start: async () => ({ about, open: async () => opened(make()), [Symbol.asyncDispose]: nothing }) }
}

function storeInFolder(name: string, about: string, make: (folder: string) => GraphStore): Backend {
  return {
    name,
    start: async () => ({
      about,
      async open() {
        // In memory where the system has such folders: what a disk does is not asked here.
        const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'graphmem-isolation-'))
        return opened(make(folder), undefined, () => rm(folder, { recursive: true, force: true }))
      },
      [Symbol.asyncDispose]: nothing,
    }),
  }
}

/** Each time on databases that nobody has used; a real server, which the environment names, has one, and the probes clear away what they wrote. */
function storeOnLibsql(name: string, about: string, make: (url: string, authToken: string) => GraphStore): Backend {
  return {
    name,
    async start() {
      const server = await startLibsql()
      const { url: root, authToken } = libsqlAccess(server.url)
      const isDouble = process.env['GRAPHMEM_TEST_LIBSQL_URL'] === undefined
      if (!isDouble && name.endsWith('users'))
        throw new ServiceMissing('A libSQL server of many databases', 'the one that is named has one')
      return {
        about: `${about} of a ${server.name}`,
        open: async () => opened(make(isDouble ? `${root}/t${randomUUID().slice(0, 8)}` : root, authToken)),
        [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
      }
    },
  }
}

async function onNeo4j(): Promise<RunningBackend> {
  const server = await startNeo4j()
  const { url, username, password } = neo4jAccess(server.url)
  const driver = neo4j.driver(url, neo4j.auth.basic(username, password))
  return {
    about: server.name,
    async open() {
      await driver.executeQuery('MATCH (it) WHERE NOT it:GraphMemFormat CALL (it) { DETACH DELETE it }')
      return opened(neo4jStore({ driver }))
    },
    async [Symbol.asyncDispose]() {
      await driver.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

function cacheInProcess(name: string, about: string, make: () => Cache): Backend {
  return { name, start: async () => ({ about, open: async () => opened(memoryStore(), make()), [Symbol.asyncDispose]: nothing }) }
}

function cacheOn(name: string, startService: () => Promise<Service>, make: (service: Service, prefix: string) => Cache): Backend {
  return {
    name,
    async start() {
      const service = await startService()
      let number = 0
      return {
        about: `${service.name}, over a store in memory`,
        async open() {
          number += 1
          return opened(memoryStore(), make(service, `isolation:${process.pid}-${number}`))
        },
        [Symbol.asyncDispose]: async () => service[Symbol.asyncDispose](),
      }
    },
  }
}

function opened(store: GraphStore, cache?: Cache, cleanup: () => Promise<unknown> = nothing): Opened {
  return {
    store,
    ...(cache && { cache }),
    async [Symbol.asyncDispose]() {
      await cache?.[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await cleanup()
    },
  }
}
