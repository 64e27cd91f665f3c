import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hadolint } from '../src/hadolint.ts'
import { startLlamaServer } from '../src/llama-server.ts'
import { startOllama } from '../src/ollama.ts'
import { ServiceMissing } from '../src/service.ts'

describe('where there are no tools to build it, and nothing is built', () => {
  let cache = ''

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'graphmem-cache-'))
    vi.stubEnv('XDG_CACHE_HOME', cache)
    vi.stubEnv('PATH', cache)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(cache, { recursive: true })
  })

  it('the server of llama-cpp-python says that it is missing, and what to install', async () => {
    const error = await startLlamaServer().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceMissing)
    expect(String(error)).toContain('install Python 3.9 or later, with pip, or name a server in GRAPHMEM_TEST_OPENAI_URL')
  })

  it('hadolint says that it is missing, and what to install', async () => {
    const error = await hadolint().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceMissing)
    expect(String(error)).toContain('install Python 3.9 or later, with pip')
  })

  it('Ollama says that it is missing, and what to install', async () => {
    const error = await startOllama().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceMissing)
    expect(String(error)).toContain('install Go 1.24 or later, or name one in GRAPHMEM_TEST_OLLAMA_URL')
  })
})
