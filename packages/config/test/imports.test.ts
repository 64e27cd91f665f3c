import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { GraphMemSettings } from '@graphmem/config'
import { describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('./programs/open-watched.mjs', import.meta.url))
const drivers = [
  '@libsql/client',
  'neo4j-driver',
  'ioredis',
  'onnxruntime-node',
  'wink-nlp',
  'openai',
  '@anthropic-ai/sdk',
  'ollama/browser',
]

async function open(settings: GraphMemSettings, absent: readonly string[] = []) {
  const args = ['--conditions=graphmem-source', program, JSON.stringify(settings), JSON.stringify(absent)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { imported, message } = JSON.parse(stdout) as { readonly imported: readonly string[]; readonly message?: string }
  return { drivers: drivers.filter((driver) => imported.includes(driver)), message }
}

const local = { reasoner: 'local:', embedder: 'local:' }

describe.concurrent('opening by URL', { timeout: 60_000 }, () => {
  it.each<[GraphMemSettings, readonly string[]]>([
    [{ store: 'memory:' }, []],
    [{ store: 'file:./none.db' }, ['@libsql/client']],
    [{ store: 'neo4j://localhost', storePassword: 'p' }, ['neo4j-driver']],
    [{ store: 'memory:', cache: 'memory:' }, []],
    [{ store: 'memory:', cache: 'redis://localhost' }, ['ioredis']],
  ])('imports the driver of %o and no other', async (settings, expected) => {
    expect(await open({ ...settings, ...local })).toEqual({ drivers: [...expected, 'wink-nlp'], message: undefined })
  })

  it.each<[GraphMemSettings, readonly string[]]>([
    [{ llm: 'openai:gpt-4o-mini', llmKey: 'k' }, ['wink-nlp', 'openai']],
    [{ llm: 'azure:gpt-4o-mini', llmKey: 'k', llmUrl: 'https://resource.openai.azure.com' }, ['wink-nlp', 'openai']],
    [{ llm: 'anthropic:claude-haiku-5-5', llmKey: 'k' }, ['wink-nlp', '@anthropic-ai/sdk']],
    [{ llm: 'ollama:llama3.2' }, ['wink-nlp', 'ollama/browser']],
    [{ llm: 'local' }, ['wink-nlp']],
    [{ embedder: 'openai:text-embedding-3-small', embedderKey: 'k' }, ['wink-nlp', 'openai']],
    [{ embedder: 'ollama:nomic-embed-text', embedderDimensions: 768 }, ['wink-nlp', 'ollama/browser']],
    [
      { llm: 'anthropic:claude-haiku-5-5', llmKey: 'k', embedder: 'openai:text-embedding-3-small', embedderKey: 'k' },
      ['openai', '@anthropic-ai/sdk'],
    ],
  ])('imports the SDKs of %o and no other', async (settings, expected) => {
    const opened = await open({ store: 'memory:', ...settings })
    expect(opened).toEqual({ drivers: expected, message: undefined })
  })

  it.each<[string, GraphMemSettings]>([
    ['@graphmem/store-memory', { store: 'memory:' }],
    ['@graphmem/store-turso', { store: 'file:./none.db' }],
    ['@graphmem/store-turso', { store: 'libsql://localhost' }],
    ['@graphmem/store-neo4j', { store: 'neo4j://localhost', storePassword: 'hunter2' }],
    ['@graphmem/cache-memory', { store: 'memory:', cache: 'memory:' }],
    ['@graphmem/cache-redis', { store: 'memory:', cache: 'redis://ada:hunter2@localhost' }],
    ['@graphmem/llm-local', { store: 'memory:' }],
    ['@graphmem/embed-onnx', { store: 'memory:', embedder: 'onnx:./model' }],
    ['@graphmem/llm-openai', { store: 'memory:', llm: 'openai:gpt-4o-mini', llmKey: 'hunter2' }],
    ['@graphmem/llm-openai', { store: 'memory:', embedder: 'openai:text-embedding-3-small', embedderKey: 'hunter2' }],
    ['@graphmem/llm-anthropic', { store: 'memory:', llm: 'anthropic:claude-haiku-5-5', llmKey: 'hunter2' }],
    ['@graphmem/llm-ollama', { store: 'memory:', llm: 'ollama:llama3.2' }],
    ['@graphmem/llm-ollama', { store: 'memory:', embedder: 'ollama:nomic-embed-text', embedderDimensions: 768 }],
  ])('says how to install %s where it is not', async (name, settings) => {
    const { message } = await open(settings, [name])
    expect(message).toContain(`needs the package ${name}, which is not installed. Install it: pnpm add ${name}.`)
    expect(message).not.toContain('hunter2')
  })

  it('does not say so when the package is there and its driver is not', async () => {
    const { message } = await open({ store: 'file:./none.db', ...local }, ['@libsql/client'])
    expect(message).toContain("Cannot find package '@libsql/client'")
  })
})
