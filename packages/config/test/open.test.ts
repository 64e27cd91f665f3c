import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type GraphMemSettings, openCache, openGraphMem, openStore } from '@graphmem/config'
import { type Reasoner, scope } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failureOf } from './failure-of.ts'
import { folderWith } from './temp-folder.ts'

describe('openStore', () => {
  it.each<[string, GraphMemSettings, string]>([
    ['memory:', {}, 'memory'],
    ['file:./graphmem.db', {}, 'turso'],
    ['file:./memories/{userId}.db', { storeMaxOpenFiles: 3 }, 'turso'],
    ['libsql://localhost', { storeToken: 't' }, 'turso'],
    ['https://db-{userId}.example.com', { storeToken: 't' }, 'turso'],
    ['http://localhost:8080', { storeTimeoutMs: 500 }, 'turso'],
    ['file:./replica.db', { storeSyncUrl: 'libsql://localhost', storeSyncIntervalMs: 60_000, storeToken: 't' }, 'turso'],
    ['neo4j://localhost:7687', { storePassword: 'p' }, 'neo4j'],
    ['NEO4J+S://localhost', { storeUser: 'ada', storePassword: 'p', storeDatabase: 'd' }, 'neo4j'],
    ['bolt+ssc://localhost', { storePassword: 'p' }, 'neo4j'],
  ])('opens %s', async (store, details, name) => {
    const opened = await openStore({ store, ...details })
    onTestFinished(() => opened[Symbol.asyncDispose]())
    expect(opened.name).toBe(name)
  })

  it('gives back a store that is made already', async () => {
    const store = memoryStore()
    expect(await openStore({ store })).toBe(store)
  })

  it.each<[GraphMemSettings, string, string]>([
    [{}, 'store', 'is missing: where are memories kept? Give memory:'],
    [{ store: 'hunter2' }, 'store', 'is no URL of a known store'],
    [{ store: 'postgres://ada:hunter2@host' }, 'store', 'is no URL of a known store'],
    [{ store: 'memory:hunter2' }, 'store', 'has nothing after it'],
    [{ store: 'https://' }, 'store', 'is no URL with a host'],
    [{ store: 'https://ada:hunter2@host' }, 'store', 'has credentials in it'],
    [{ store: 'libsql://host?authToken=hunter2' }, 'store', 'has credentials in it'],
    [{ store: 'neo4j://ada:hunter2@host' }, 'store', 'has credentials in it'],
    [{ store: 'neo4j://host' }, 'storePassword', '`storePassword` (GRAPHMEM_STORE_PASSWORD) is missing'],
    [{ store: 'neo4j://host', storePassword: 'hunter2', storeToken: 'hunter2' }, 'storeToken', 'does not go with `neo4j:`'],
    [{ store: 'memory:', storePassword: 'hunter2' }, 'storePassword', 'does not go with `memory:`'],
    [{ store: 'libsql://host', storeUser: 'hunter2' }, 'storeUser', 'does not go with `libsql:`'],
    [{ store: 'file:a.db', storePassword: 'hunter2' }, 'storePassword', 'does not go with `file:`'],
    [{ store: 'file:a.db', storeToken: 'hunter2' }, 'storeToken', 'only where `storeSyncUrl` (GRAPHMEM_STORE_SYNC_URL) is set'],
    [{ store: 'file:a.db', storeSyncUrl: 'hunter2' }, 'storeSyncUrl', 'is no URL with a host'],
    [{ store: 'file:a.db', storeMaxOpenFiles: 3 }, 'storeMaxOpenFiles', 'it goes with `urlTemplate` only'],
    [{ store: 'libsql://host', storeMaxOpenFiles: 3 }, 'storeMaxOpenFiles', 'does not go with `libsql:`'],
    [{ store: memoryStore(), storePassword: 'hunter2' }, 'storePassword', 'does not go with a store that is made already'],
  ])('refuses %o, and prints no secret', async (settings, field, problem) => {
    const error = await failureOf(() => openStore(settings))
    expect({ code: error.code, field: error.field }).toEqual({ code: 'CONFIG_INVALID', field })
    expect(error.message).toContain(problem)
    expect(error.message).not.toContain('hunter2')
  })
})

describe('openCache', () => {
  it.each([
    [{ cache: 'memory:' }, 'memory'],
    [{ cache: 'redis://localhost', cachePrefix: 'app' }, 'redis'],
    [{ cache: 'rediss://ada:a,b@one:6379,rediss://two:6379' }, 'redis'],
  ])('opens %o', async (settings, name) => {
    const cache = await openCache(settings)
    onTestFinished(async () => cache?.[Symbol.asyncDispose]())
    expect(cache?.name).toBe(name)
  })

  it('opens none where none is named', async () => {
    expect(await openCache({})).toBeUndefined()
  })

  it.each<[GraphMemSettings, string, string]>([
    [{ cache: 'memcached://hunter2' }, 'cache', 'is no URL of a known cache'],
    [{ cache: 'memory:', cachePrefix: 'app' }, 'cachePrefix', 'goes with Redis only'],
    [{ cachePrefix: 'app' }, 'cachePrefix', 'goes with Redis only'],
    [{ cache: 'redis://localhost', cachePrefix: '{' }, 'cachePrefix', 'it is not 1 to 100 letters'],
  ])('refuses %o', async (settings, field, problem) => {
    const error = await failureOf(() => openCache(settings))
    expect({ code: error.code, field: error.field }).toEqual({ code: 'CONFIG_INVALID', field })
    expect(error.message).toContain(problem)
    expect(error.message).not.toContain('hunter2')
  })
})

describe('openGraphMem', () => {
  it('remembers and answers', async () => {
    const url = `file:${join(folderWith({}), 'a b', 'graphmem.db').replaceAll(' ', '%20')}`
    const memories = await openGraphMem({ store: url, cache: 'memory:', cacheQueryTtlMs: 1000, maxIndexBytes: 1e8 })
    const alice = memories.memory({ userId: 'alice', memoryId: 'chat' })
    await alice.ingest('I work at Google')
    expect((await alice.query('Where do I work?')).answer).toBe('Google')
    await memories.close()
    expect(() => memories.memory({ userId: 'alice', memoryId: 'chat' })).toThrow('it was closed')
    await expect(memories.store.open(scope({ userId: 'alice', memoryId: 'chat' })).head()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('hands on what models may be asked, what they cost and what each user may spend', async () => {
    const reasoner: Reasoner = {
      ...localReasoner(),
      model: { specVersion: 1, id: 'fake:one', generate: () => Promise.reject(new Error('never called')) },
      extractionOf: () => ({ inputTokens: 1_000_000, outputTokens: 0, maxOutputTokens: 0 }),
    }
    const settings = { store: 'memory:', reasoner, prices: { 'fake:one': { input: 3, output: 0 } } }
    const memories = await openGraphMem({ ...settings, modelLimits: () => ({ concurrency: 1 }), budgetPerUser: { usd: 1, perMs: 1000 } })
    expect((await memories.memory({ userId: 'alice', memoryId: 'chat' }).estimate('I work at Google')).usd?.likely).toBe(3)
    await memories.close()
    for (const [wrong, field] of [
      [{ modelLimits: { concurrency: 0 } }, 'modelLimits.concurrency'],
      [{ prices: { 'fake:one': { input: 1 } } }, 'prices'],
      [{ budgetPerUser: { calls: 1 } }, 'budgetPerUser'],
    ] as const) {
      expect(await failureOf(() => openGraphMem({ ...settings, ...wrong } as GraphMemSettings))).toMatchObject({
        code: 'CONFIG_INVALID',
        field,
      })
    }
  })

  it('makes no file before the first write', async () => {
    const folder = folderWith({})
    await using memories = await openGraphMem({ store: `file:${folder}/x.db` })
    await memories.memory({ userId: 'alice', memoryId: 'chat' }).query('Where do I work?')
    expect(existsSync(join(folder, 'x.db'))).toBe(false)
  })

  it.each<[GraphMemSettings, string, string]>([
    [{ store: 'memory:', cacheTimeoutMs: 5 }, 'cacheTimeoutMs', '`cache` (GRAPHMEM_CACHE) is not'],
    [{ store: 'memory:', reasoner: 'openai:gpt' }, 'reasoner', 'is no known reasoner. There is local:'],
    [{ store: 'memory:', embedder: 'cohere:small' }, 'embedder', 'is no known embedder. There are local:, onnx:/folder, openai:'],
    [{ store: 'memory:', embedder: 'onnx:' }, 'embedder', 'it is missing'],
    [{ store: 'memory:', analyzer: 7 as never }, 'analyzer', 'it is no object'],
    [{ store: 'memory:', modelLimits: 7 as never }, 'modelLimits', 'it is neither an object nor a function'],
    [{ store: 'memory:', prices: 7 as never }, 'prices', 'it is no object'],
    [{ store: 'memory:', budgetPerUser: 7 as never }, 'budgetPerUser', 'it is no object'],
    [{ store: 'memory:', colour: 'red' } as GraphMemSettings, 'colour', 'there is no setting `colour`'],
  ])('refuses %o', async (settings, field, problem) => {
    const error = await failureOf(() => openGraphMem(settings))
    expect({ code: error.code, field: error.field }).toEqual({ code: 'CONFIG_INVALID', field })
    expect(error.message).toContain(problem)
  })

  it('closes what it opened when a later part fails', async () => {
    const store = memoryStore()
    await failureOf(() => openGraphMem({ store, embedder: 'none:' }))
    await expect(store.open(scope({ userId: 'alice', memoryId: 'chat' })).head()).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
