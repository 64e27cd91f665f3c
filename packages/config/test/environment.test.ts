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
        GRAPHMEM_LLM: 'openai:gpt-4o-mini',
        GRAPHMEM_LLM_KEY: 'key',
        GRAPHMEM_LLM_URL: 'https://host/v1',
        GRAPHMEM_EMBEDDER: 'openai:bge',
        GRAPHMEM_EMBEDDER_KEY: 'key too',
        GRAPHMEM_EMBEDDER_URL: 'https://host/v2',
        GRAPHMEM_EMBEDDER_DIMENSIONS: '768',
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
      llm: 'openai:gpt-4o-mini',
      llmKey: 'key',
      llmUrl: 'https://host/v1',
      embedder: 'openai:bge',
      embedderKey: 'key too',
      embedderUrl: 'https://host/v2',
      embedderDimensions: 768,
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

  it('is refused where it means nothing here, with what to do instead', async () => {
    const { code, message } = await refusalOf({ GRAPHMEM_STORE: 'memory:', GRAPHMEM_USER_ID: 'hunter2' })
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain('GRAPHMEM_USER_ID is a variable of the Python library.')
    expect(message).not.toContain('hunter2')
  })

  it.each<[Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    [{ LLM_PROVIDER: 'openai' }, { llm: 'openai:gpt-4o-mini' }],
    [{ LLM_MODEL: 'gpt-4.1' }, { llm: 'openai:gpt-4.1' }],
    [
      { LLM_PROVIDER: 'openai_compatible', LLM_MODEL: 'llama', LLM_API_BASE: 'https://host/v1', LLM_API_KEY: 'k' },
      { llm: 'openai:llama', llmUrl: 'https://host/v1', llmKey: 'k' },
    ],
    [
      { LLM_PROVIDER: 'azure_openai', LLM_API_BASE: 'https://r' },
      { llm: 'azure:gpt-4o-mini', llmUrl: 'https://r' },
    ],
    [{ LLM_PROVIDER: 'anthropic', LLM_MODEL: 'claude-haiku-5-5' }, { llm: 'anthropic:claude-haiku-5-5' }],
    [{ LLM_PROVIDER: 'ollama', LLM_MODEL: 'llama3.2' }, { llm: 'ollama:llama3.2' }],
    [
      { LLM: 'anthropic:claude-haiku-5-5', LLM_API_KEY: 'k' },
      { llm: 'anthropic:claude-haiku-5-5', llmKey: 'k' },
    ],
    [{ EMBEDDING_PROVIDER: 'openai' }, { embedder: 'openai:text-embedding-3-small' }],
    [
      { EMBEDDING_MODEL: 'text-embedding-3-large', EMBEDDING_API_KEY: 'k', EMBEDDING_API_BASE: 'https://host/v1' },
      { embedder: 'openai:text-embedding-3-large', embedderKey: 'k', embedderUrl: 'https://host/v1' },
    ],
    [{ EMBEDDING_PROVIDER: 'local' }, { embedder: 'local:' }],
  ])('name models: %o', async (env, expected) => {
    const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [`GRAPHMEM_${name}`, value]))
    expect(await settingsOf(variables)).toEqual(expected)
  })

  it.each<[Readonly<Record<string, string>>, string, string]>([
    [{ LLM_PROVIDER: 'hunter2' }, 'GRAPHMEM_LLM_PROVIDER', 'is none of openai, azure_openai, openai_compatible, anthropic, ollama'],
    [{ LLM_PROVIDER: 'anthropic' }, 'GRAPHMEM_LLM_MODEL', 'which model of anthropic?'],
    [{ LLM_PROVIDER: 'openai_compatible', LLM_MODEL: 'llama' }, 'GRAPHMEM_LLM_API_BASE', 'does not say where'],
    [{ EMBEDDING_PROVIDER: 'ollama' }, 'GRAPHMEM_EMBEDDING_PROVIDER', 'is none of openai, azure_openai, openai_compatible, local'],
    [
      { EMBEDDING_PROVIDER: 'local', EMBEDDING_MODEL: 'all-MiniLM-L6-v2' },
      'GRAPHMEM_EMBEDDING_MODEL',
      'Set GRAPHMEM_EMBEDDER=onnx:/folder',
    ],
  ])('are refused where they name no model: %o', async (env, field, problem) => {
    const error = await refusalOf(Object.fromEntries(Object.entries(env).map(([name, value]) => [`GRAPHMEM_${name}`, value])))
    expect({ code: error.code, field: error.field }).toEqual({ code: 'CONFIG_INVALID', field })
    expect(error.message).toContain(problem)
    expect(error.message).not.toContain('hunter2')
  })

  it('may stand beside the new name with the same value', async () => {
    const env = { GRAPHMEM_STORE: 'neo4j://host', GRAPHMEM_NEO4J_URI: 'neo4j://host' }
    expect(await settingsOf(env)).toEqual({ store: 'neo4j://host' })
  })

  it.each([
    [{ GRAPHMEM_STORE: 'memory:', GRAPHMEM_NEO4J_URI: 'neo4j://host' }, 'GRAPHMEM_STORE and GRAPHMEM_NEO4J_URI'],
    [{ GRAPHMEM_NEO4J_URI: 'neo4j://host', GRAPHMEM_TURSO_DB_PATH: '/a.db' }, 'GRAPHMEM_NEO4J_URI and GRAPHMEM_TURSO_DB_PATH'],
    [{ GRAPHMEM_LLM: 'openai:a', GRAPHMEM_LLM_MODEL: 'b' }, 'GRAPHMEM_LLM and GRAPHMEM_LLM_MODEL'],
    [{ GRAPHMEM_LLM_KEY: 'hunter2', GRAPHMEM_LLM_API_KEY: 'hunter3' }, 'GRAPHMEM_LLM_KEY and GRAPHMEM_LLM_API_KEY'],
    [{ GRAPHMEM_STORE_PASSWORD: 'hunter2', GRAPHMEM_NEO4J_PASSWORD: 'hunter3' }, 'GRAPHMEM_STORE_PASSWORD and GRAPHMEM_NEO4J_PASSWORD'],
  ])('is refused beside another name with another value: %o', async (env, both) => {
    const { code, message } = await refusalOf(env as Readonly<Record<string, string>>)
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain(`${both} name the same setting, and differ`)
    expect(message).not.toContain('hunter')
  })
})

describe('the variables of providers', () => {
  const theirs = {
    OPENAI_API_KEY: 'openai-key',
    ANTHROPIC_API_KEY: 'anthropic-key',
    AZURE_OPENAI_API_KEY: 'azure-key',
    AZURE_OPENAI_ENDPOINT: 'https://resource',
    OLLAMA_HOST: 'gpu',
  }

  it.each<[Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    [{ GRAPHMEM_LLM: 'openai:a' }, { llmKey: 'openai-key' }],
    [
      { GRAPHMEM_LLM: 'openai:a', OPENAI_BASE_URL: 'https://proxy/v1' },
      { llmKey: 'openai-key', llmUrl: 'https://proxy/v1' },
    ],
    [{ GRAPHMEM_LLM: 'anthropic:a' }, { llmKey: 'anthropic-key' }],
    [{ GRAPHMEM_LLM: 'azure:a' }, { llmKey: 'azure-key', llmUrl: 'https://resource' }],
    [{ GRAPHMEM_LLM: 'ollama:a' }, { llmUrl: 'http://gpu:11434' }],
    [{ GRAPHMEM_EMBEDDER: 'openai:a' }, { embedderKey: 'openai-key' }],
    [
      { GRAPHMEM_LLM: 'anthropic:a', GRAPHMEM_EMBEDDER: 'openai:a' },
      { llmKey: 'anthropic-key', embedderKey: 'openai-key' },
    ],
  ])('stand in for ours: %o', async (env, expected) => {
    expect(await settingsOf({ ...theirs, ...env })).toMatchObject(expected)
  })

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, unknown>>]>([
    [
      'a key is set',
      { GRAPHMEM_LLM: 'openai:a', GRAPHMEM_LLM_KEY: 'ours', OPENAI_BASE_URL: 'https://proxy' },
      { llm: 'openai:a', llmKey: 'ours' },
    ],
    ['a URL is set', { GRAPHMEM_LLM: 'openai:a', GRAPHMEM_LLM_URL: 'https://ours' }, { llm: 'openai:a', llmUrl: 'https://ours' }],
    ['none of its models is named', { GRAPHMEM_LLM: 'local', GRAPHMEM_EMBEDDER: 'onnx:/model' }, { llm: 'local', embedder: 'onnx:/model' }],
    ['nothing is set', {}, {}],
    ['they are empty', { GRAPHMEM_LLM: 'openai:a', OPENAI_API_KEY: '' }, { llm: 'openai:a' }],
  ])('say nothing where %s: no key goes to a server it is not for', async (_, env, expected) => {
    expect(await settingsOf({ ...theirs, ...env })).toEqual(expected)
  })

  it.each([
    ['gpu:8080', 'http://gpu:8080'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    [':8080', 'http://127.0.0.1:8080'],
    ['http://gpu', 'http://gpu'],
    ['https://ollama.example.com', 'https://ollama.example.com'],
  ])('OLLAMA_HOST may be %s', async (host, llmUrl) => {
    expect(await settingsOf({ GRAPHMEM_LLM: 'ollama:a', OLLAMA_HOST: host })).toEqual({ llm: 'ollama:a', llmUrl })
  })
})
