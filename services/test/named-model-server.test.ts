import { afterEach, describe, expect, it, vi } from 'vitest'
import { startLlamaServer } from '../src/llama-server.ts'
import { startOllama } from '../src/ollama.ts'

afterEach(() => vi.unstubAllEnvs())

describe('a server of models that the environment names', () => {
  it('is used instead of one of ours', async () => {
    vi.stubEnv('GRAPHMEM_TEST_OPENAI_URL', 'http://a%2Fkey@host:8000/v1/?model=large&embeddingModel=vectors&dimensions=1024')
    const access = { url: 'http://host:8000/v1', apiKey: 'a/key', model: 'large', embeddingModel: 'vectors', dimensions: 1024 }
    expect(await startLlamaServer()).toMatchObject(access)
  })

  it('needs no key, and no path', async () => {
    vi.stubEnv('GRAPHMEM_TEST_OLLAMA_URL', 'http://127.0.0.1:11434?model=smollm2:135m&embeddingModel=all-minilm&dimensions=384')
    expect(await startOllama()).toMatchObject({ url: 'http://127.0.0.1:11434', apiKey: '', model: 'smollm2:135m' })
  })

  it('has to be named with its models', async () => {
    vi.stubEnv('GRAPHMEM_TEST_OLLAMA_URL', 'http://127.0.0.1:11434?model=smollm2:135m')
    await expect(startOllama()).rejects.toThrow('GRAPHMEM_TEST_OLLAMA_URL names no embeddingModel')
  })
})
