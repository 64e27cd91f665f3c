import { join } from 'node:path'
import { graphMemFromEnvironment, readSettings } from '@graphmem/config'
import type { GraphStore } from '@graphmem/core'
import { describe, expect, it } from 'vitest'
import { failureOf } from './failure-of.ts'
import { folderWith } from './temp-folder.ts'

const read = (folder: string, env: Readonly<Record<string, string>> = {}) => readSettings({ env, folder })

describe('a config file', () => {
  it.each([
    ['ts', "interface A { b: number }\nexport default { store: 'memory:', maxIndexBytes: 7 } satisfies object"],
    ['mts', "export default { store: 'memory:', maxIndexBytes: 7 } as const"],
    ['js', "export default { store: 'memory:', maxIndexBytes: 7 }"],
    ['mjs', "export default { store: 'memory:', maxIndexBytes: 7 }"],
    ['json', '{ "store": "memory:", "maxIndexBytes": 7 }'],
  ])('is graphmem.config.%s', async (extension, text) => {
    const folder = folderWith({ [`graphmem.config.${extension}`]: text })
    expect(await read(folder)).toEqual({
      settings: { store: 'memory:', maxIndexBytes: 7 },
      storeFrom: join(folder, `graphmem.config.${extension}`),
    })
  })

  it('may export a function, which is called each time', async () => {
    const folder = folderWith({ 'graphmem.config.js': 'let n = 0\nexport default async () => ({ store: "memory:", maxIndexBytes: ++n })' })
    expect((await read(folder)).settings.maxIndexBytes).toBe(1)
    expect((await read(folder)).settings.maxIndexBytes).toBe(2)
  })

  it('is found above, up to the folder that is a project', async () => {
    const folder = folderWith({
      'graphmem.config.json': '{ "store": "memory:" }',
      'src/deep/here.txt': '',
      'other/package.json': '{}',
      'other/src/here.txt': '',
      'cloned/.git/HEAD': '',
    })
    expect((await read(join(folder, 'src/deep'))).settings).toEqual({ store: 'memory:' })
    expect((await read(join(folder, 'other/src'))).settings).toEqual({})
    expect((await read(join(folder, 'cloned'))).settings).toEqual({})
  })

  it('means relative paths from its own folder', async () => {
    const folder = folderWith({
      'graphmem.config.json': '{ "store": "file:./memories/{userId}.db", "embedder": "onnx:model" }',
      'src/here.txt': '',
    })
    const { store, embedder } = (await read(join(folder, 'src'))).settings
    expect(store).toBe(`file://${folder}/./memories/{userId}.db`)
    expect(embedder).toBe(`onnx:${join(folder, 'model')}`)
  })

  it('may hold adapters, which are closed with all else', async () => {
    const folder = folderWith({
      'graphmem.config.js': `
        const closed = []
        const part = (name) => ({ specVersion: 1, name, id: name, dimensions: 1, async [Symbol.asyncDispose]() { closed.push(name) } })
        export default { store: { ...part('store'), closed }, cache: part('cache'), reasoner: part('reasoner'), embedder: part('embedder') }`,
    })
    const memories = await graphMemFromEnvironment({ env: {}, folder })
    const { closed } = memories.store as GraphStore & { readonly closed: readonly string[] }
    expect(closed).toEqual([])
    await memories.close()
    await memories.close()
    expect(closed.toSorted()).toEqual(['cache', 'embedder', 'reasoner', 'store'])
  })

  it.each([
    ['ts', 'export default { storee: "hunter2" }', 'there is no setting `storee`. Did you mean `store`?'],
    ['ts', 'export default { store: 7 }', 'store: it is neither a URL nor a store'],
    ['ts', 'export default { storePassword: 7 }', 'storePassword: it is no text'],
    ['ts', 'export default { maxIndexBytes: "hunter2" }', 'maxIndexBytes: it is no number'],
    ['ts', 'export default "hunter2"', 'are no settings'],
    ['ts', 'export const store = "hunter2"', 'has no default export'],
    ['ts', 'throw new Error("hunter2")', 'does not load: Error'],
    ['ts', 'export default { store: "hunter2"', 'does not load: '],
    ['js', 'import "not-there"', 'does not load: '],
    ['json', '{ "store": "hunter2', 'is no JSON'],
  ])('is refused with what is wrong in it, and without its values: .%s %s', async (extension, text, problem) => {
    const folder = folderWith({ [`graphmem.config.${extension}`]: text })
    const { code, message } = await failureOf(() => read(folder))
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain(join(folder, `graphmem.config.${extension}`))
    expect(message).toContain(problem)
    expect(message).not.toContain('hunter2')
  })

  it('stands alone in its folder', async () => {
    const folder = folderWith({ 'graphmem.config.json': '{}', 'graphmem.config.ts': 'export default {}' })
    expect((await failureOf(() => read(folder))).message).toContain('has graphmem.config.ts and graphmem.config.json. Keep one')
  })
})

describe('layers', () => {
  const file =
    '{ "store": "neo4j://a", "storeUser": "ada", "storePassword": "of a", "cache": "redis://a", "cachePrefix": "a", "maxIndexBytes": 7 }'

  it('lay the environment over the file, setting by setting', async () => {
    const { settings, storeFrom } = await read(folderWith({ 'graphmem.config.json': file }), {
      GRAPHMEM_STORE_PASSWORD: 'newer',
      GRAPHMEM_MAX_INDEX_BYTES: '8',
    })
    expect(settings).toEqual({ ...JSON.parse(file), storePassword: 'newer', maxIndexBytes: 8 })
    expect(storeFrom).toMatch(/graphmem\.config\.json$/)
  })

  it('give no password to a store that another layer names', async () => {
    const { settings, storeFrom } = await read(folderWith({ 'graphmem.config.json': file }), { GRAPHMEM_STORE: 'neo4j://b' })
    expect(settings).toEqual({ store: 'neo4j://b', cache: 'redis://a', cachePrefix: 'a', maxIndexBytes: 7 })
    expect(storeFrom).toBe('GRAPHMEM_STORE')
  })

  it('give no key to a model that another layer names', async () => {
    const models = '{ "llm": "openai:a", "llmKey": "of a", "embedder": "openai:b", "embedderKey": "of b", "embedderDimensions": 8 }'
    const env = { GRAPHMEM_LLM: 'anthropic:c', GRAPHMEM_EMBEDDER: 'openai:d', GRAPHMEM_EMBEDDER_KEY: 'of d' }
    const { settings } = await read(folderWith({ 'graphmem.config.json': models }), env)
    expect(settings).toEqual({ llm: 'anthropic:c', embedder: 'openai:d', embedderKey: 'of d' })
  })

  it('give a key of the environment to the model of the file', async () => {
    const env = { GRAPHMEM_LLM_KEY: 'k', OPENAI_API_KEY: 'other' }
    const { settings } = await read(folderWith({ 'graphmem.config.json': '{ "llm": "openai:a", "embedder": "openai:b" }' }), env)
    expect(settings).toEqual({ llm: 'openai:a', llmKey: 'k', embedder: 'openai:b', embedderKey: 'other' })
  })

  it('take a model for a reasoner, and a reasoner for a model, that a lower one names', async () => {
    const ofModel = folderWith({ 'graphmem.config.json': '{ "llm": "openai:a", "llmKey": "of a" }' })
    expect((await read(ofModel, { GRAPHMEM_REASONER: 'local:' })).settings).toEqual({ reasoner: 'local:' })
    const ofReasoner = folderWith({ 'graphmem.config.json': '{ "reasoner": "local:" }' })
    expect((await read(ofReasoner, { GRAPHMEM_LLM: 'openai:a' })).settings).toEqual({ llm: 'openai:a' })
  })

  it('give what is given before all', async () => {
    const env = { GRAPHMEM_STORE: 'neo4j://b', GRAPHMEM_STORE_PASSWORD: 'of b', GRAPHMEM_MAX_INDEX_BYTES: '8' }
    const { settings, storeFrom } = await readSettings({
      env,
      folder: folderWith({ 'graphmem.config.json': file }),
      given: { store: 'memory:' },
    })
    expect(settings).toEqual({ store: 'memory:', cache: 'redis://a', cachePrefix: 'a', maxIndexBytes: 8 })
    expect(storeFrom).toBe('given')
  })

  it('take a password of the environment for a store that the command line names, where the environment names none', async () => {
    const { settings } = await readSettings({
      env: { GRAPHMEM_STORE_PASSWORD: 'p' },
      folder: folderWith({}),
      given: { store: 'neo4j://c' },
    })
    expect(settings).toEqual({ store: 'neo4j://c', storePassword: 'p' })
  })

  it.each([
    ['libsql://b', {}, { GRAPHMEM_STORE_TOKEN: 'of a' }],
    ['libsql://b', { storeToken: 'of b' }, { GRAPHMEM_STORE: 'libsql://a', GRAPHMEM_STORE_TOKEN: 'of a' }],
    ['file:b.db', {}, { GRAPHMEM_STORE_PASSWORD: 'of a', GRAPHMEM_STORE_MAX_OPEN_FILES: '3' }],
    ['neo4j://b', { storePassword: 'of b' }, { GRAPHMEM_STORE_USER: 'of a', GRAPHMEM_STORE_DATABASE: 'of a' }],
    ['libsql://b', {}, { GRAPHMEM_TURSO_URL: 'libsql://a', GRAPHMEM_TURSO_AUTH_TOKEN: 'of a' }],
    ['file:b.db', {}, { GRAPHMEM_NEO4J_PASSWORD: 'of a' }],
  ])('say nothing of another store that is given beside theirs: %s %o', async (store, ofStore, env) => {
    const files = ['{ "storePassword": "of a", "storeToken": "of a", "maxIndexBytes": 7 }', file]
    for (const text of files) {
      const { settings } = await readSettings({
        env: env as Readonly<Record<string, string>>,
        folder: folderWith({ 'graphmem.config.json': text }),
        given: { store, ...ofStore },
        givesAnotherStore: true,
      })
      const { cache, cachePrefix, ...rest } = settings
      expect(rest).toEqual({ store, ...ofStore, maxIndexBytes: 7 })
      expect({ cache, cachePrefix }).toEqual(text === file ? { cache: 'redis://a', cachePrefix: 'a' } : {})
    }
  })
})
