import { readSettings } from '@graphmem/config'
import { describe, expect, it } from 'vitest'
import { failureOf } from './failure-of.ts'
import { folderWith } from './temp-folder.ts'

const settingsOf = async (env: Readonly<Record<string, string>>) => (await readSettings({ env, folder: folderWith({}) })).settings
const refusalOf = (env: Readonly<Record<string, string>>) => failureOf(() => settingsOf(env))

describe('the environment', () => {
  it('names each setting by a variable of the same name', async () => {
    expect(
      await settingsOf({
        GRAPHMEM_STORE: 'neo4j://host',
        GRAPHMEM_STORE_USER: 'ada',
        GRAPHMEM_STORE_PASSWORD: 'secret',
        GRAPHMEM_STORE_DATABASE: 'memories',
        GRAPHMEM_STORE_TOKEN: 'token',
        GRAPHMEM_STORE_SYNC_URL: 'libsql://host',
        GRAPHMEM_STORE_MAX_OPEN_FILES: '8',
        GRAPHMEM_CACHE: 'redis://host',
        GRAPHMEM_CACHE_PREFIX: 'app',
        GRAPHMEM_CACHE_QUERY_TTL_MS: '1000',
        GRAPHMEM_CACHE_SEARCH_TTL_MS: '2000',
        GRAPHMEM_CACHE_TIMEOUT_MS: '100',
        GRAPHMEM_REASONER: 'local:',
        GRAPHMEM_EMBEDDER: 'onnx:/model',
        GRAPHMEM_MAX_INDEX_BYTES: '1e9',
      }),
    ).toEqual({
      store: 'neo4j://host',
      storeUser: 'ada',
      storePassword: 'secret',
      storeDatabase: 'memories',
      storeToken: 'token',
      storeSyncUrl: 'libsql://host',
      storeMaxOpenFiles: 8,
      cache: 'redis://host',
      cachePrefix: 'app',
      cacheQueryTtlMs: 1000,
      cacheSearchTtlMs: 2000,
      cacheTimeoutMs: 100,
      reasoner: 'local:',
      embedder: 'onnx:/model',
      maxIndexBytes: 1e9,
    })
  })

  it('is read for what begins with GRAPHMEM_ and is neither of a program nor of tests', async () => {
    const env = {
      PATH: '/bin',
      GRAPHMEM_USER: 'alice',
      GRAPHMEM_DEBUG: '1',
      GRAPHMEM_DATASETS: '/data',
      GRAPHMEM_TEST_NEO4J_URL: 'bolt://h',
    }
    expect(await settingsOf(env)).toEqual({})
  })

  it('takes an empty variable for one that is not set', async () => {
    expect(await settingsOf({ GRAPHMEM_STORE: 'memory:', GRAPHMEM_STORE_PASSWORD: '' })).toEqual({ store: 'memory:' })
  })

  it.each([
    ['GRAPHMEM_STOER', 'GRAPHMEM_STORE'],
    ['GRAPHMEM_STORE_PASWORD', 'GRAPHMEM_STORE_PASSWORD'],
    ['GRAPHMEM_CACHE_SERCH_TTL_MS', 'GRAPHMEM_CACHE_SEARCH_TTL_MS'],
    ['GRAPHMEM_CASHE', 'GRAPHMEM_CACHE'],
  ])('does not know %s, and asks whether %s was meant', async (variable, meant) => {
    const { code, field, message } = await refusalOf({ [variable]: 'hunter2' })
    expect({ code, field }).toEqual({ code: 'CONFIG_INVALID', field: variable })
    expect(message).toContain(`there is no setting ${variable}. Did you mean ${meant}?`)
    expect(message).not.toContain('hunter2')
  })

  it('lists what there is when nothing is near', async () => {
    expect((await refusalOf({ GRAPHMEM_TELEPHONE: '1' })).message).toContain('The settings are GRAPHMEM_STORE, GRAPHMEM_STORE_TOKEN')
  })

  it('does not take a weight or a clock, which are no text', async () => {
    expect((await refusalOf({ GRAPHMEM_CLOCK: '12' })).field).toBe('GRAPHMEM_CLOCK')
  })

  it.each([
    ['GRAPHMEM_STORE_MAX_OPEN_FILES', 'many'],
    ['GRAPHMEM_STORE_MAX_OPEN_FILES', '0'],
    ['GRAPHMEM_CACHE_TIMEOUT_MS', '1.5'],
    ['GRAPHMEM_MAX_INDEX_BYTES', '-1'],
  ])('refuses %s=%s, naming the variable and not the value', async (variable, value) => {
    const { code, message } = await refusalOf({ [variable]: value })
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain(`${variable}: it is`)
    expect(message).not.toContain('many')
  })
})

describe('the variables of the Python library', () => {
  it('name Neo4j, its credentials and Redis', async () => {
    expect(
      await settingsOf({
        GRAPHMEM_NEO4J_URI: 'neo4j+s://host',
        GRAPHMEM_NEO4J_USERNAME: 'ada',
        GRAPHMEM_NEO4J_PASSWORD: 'secret',
        GRAPHMEM_NEO4J_DATABASE: 'neo4j',
        GRAPHMEM_REDIS_URL: 'redis://host',
      }),
    ).toEqual({ store: 'neo4j+s://host', storeUser: 'ada', storePassword: 'secret', storeDatabase: 'neo4j', cache: 'redis://host' })
  })

  it('name a libSQL file by its path, and what it is a replica of', async () => {
    expect(
      await settingsOf({
        GRAPHMEM_TURSO_DB_PATH: '/data/my memory.db',
        GRAPHMEM_TURSO_URL: 'libsql://host',
        GRAPHMEM_TURSO_AUTH_TOKEN: 't',
      }),
    ).toEqual({ store: 'file:///data/my%20memory.db', storeSyncUrl: 'libsql://host', storeToken: 't' })
  })

  it('name a remote libSQL database where there is no file', async () => {
    expect(await settingsOf({ GRAPHMEM_TURSO_URL: 'libsql://host' })).toEqual({ store: 'libsql://host' })
  })

  it.each(['USER_ID', 'LLM_PROVIDER', 'LLM_MODEL', 'LLM_API_KEY', 'LLM_API_BASE'].map((name) => `GRAPHMEM_${name}`))(
    'is refused where it means nothing here, with what to do instead: %s',
    async (variable) => {
      const { code, message } = await refusalOf({ GRAPHMEM_STORE: 'memory:', [variable]: 'hunter2' })
      expect(code).toBe('CONFIG_INVALID')
      expect(message).toContain(`${variable} is a variable of the Python library.`)
      expect(message).not.toContain('hunter2')
    },
  )

  it.each(['PROVIDER', 'MODEL', 'API_KEY', 'API_BASE'])('sends GRAPHMEM_EMBEDDING_%s to GRAPHMEM_EMBEDDER', async (name) => {
    expect((await refusalOf({ [`GRAPHMEM_EMBEDDING_${name}`]: 'x' })).message).toContain('Set GRAPHMEM_EMBEDDER')
  })

  it('may stand beside the new name with the same value', async () => {
    const env = { GRAPHMEM_STORE: 'neo4j://host', GRAPHMEM_NEO4J_URI: 'neo4j://host' }
    expect(await settingsOf(env)).toEqual({ store: 'neo4j://host' })
  })

  it.each([
    [{ GRAPHMEM_STORE: 'memory:', GRAPHMEM_NEO4J_URI: 'neo4j://host' }, 'GRAPHMEM_STORE and GRAPHMEM_NEO4J_URI'],
    [{ GRAPHMEM_NEO4J_URI: 'neo4j://host', GRAPHMEM_TURSO_DB_PATH: '/a.db' }, 'GRAPHMEM_NEO4J_URI and GRAPHMEM_TURSO_DB_PATH'],
    [{ GRAPHMEM_STORE_PASSWORD: 'hunter2', GRAPHMEM_NEO4J_PASSWORD: 'hunter3' }, 'GRAPHMEM_STORE_PASSWORD and GRAPHMEM_NEO4J_PASSWORD'],
  ])('is refused beside another name with another value: %o', async (env, both) => {
    const { code, message } = await refusalOf(env as Readonly<Record<string, string>>)
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain(`${both} name the same setting, and differ`)
    expect(message).not.toContain('hunter')
  })
})
