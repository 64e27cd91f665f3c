import type { GenerateRequest } from '@graphmem/core/spec'
import { openaiChatWire, openaiEmbeddingsWire, type RecordedRequest } from '@graphmem/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type OpenAIEmbedderOptions, type OpenAIModelOptions, openaiEmbedder, openaiModel } from '../src/index.ts'
import { leadOpenAITo, provider } from './with-provider.ts'

const request: GenerateRequest = { system: 'You read.', messages: [{ role: 'user', content: 'Who?' }], maxOutputTokens: 9 }
const answer = openaiChatWire.answer({ text: 'Zoë', finish: 'complete', usage: undefined, streamed: false, schemaName: undefined })

/** The request that a model makes; `here` in its options stands for where the provider is. */
async function asked(options: (here: string) => OpenAIModelOptions): Promise<RecordedRequest & { readonly body: unknown }> {
  const { url, requests } = await providing(answer)
  await openaiModel(options(url)).generate(request)
  return one(requests)
}

async function embedded(options: (here: string) => OpenAIEmbedderOptions): Promise<RecordedRequest> {
  const { url, requests } = await providing(openaiEmbeddingsWire.vectors([[1, 0, 0, 0]], 1))
  await openaiEmbedder(options(url)).embed(['text'])
  return one(requests)
}

async function providing(reply: typeof answer) {
  const started = await provider(reply)
  leadOpenAITo(started.url)
  return started
}

function one(requests: readonly RecordedRequest[]): RecordedRequest {
  expect(requests).toHaveLength(1)
  return requests[0] as RecordedRequest
}

const messages = [
  { role: 'system', content: 'You read.' },
  { role: 'user', content: 'Who?' },
]

describe('a request holds what the model takes, and nothing else:', () => {
  it.each(['gpt-4o-mini', 'gpt-4.1', 'gpt-3.5-turbo', 'ft:gpt-4o-mini-2024-07-18:acme::1'])('at OpenAI, %s', async (model) => {
    expect((await asked(() => ({ model, apiKey: 'k' }))).body).toEqual({
      model,
      messages,
      max_completion_tokens: 9,
      temperature: 0,
      store: false,
    })
  })

  it.each(['o3-mini', 'o4-mini', 'gpt-5-mini', 'gpt-6', 'gpt-4o-search-preview'])(
    'at OpenAI, %s, which takes no temperature',
    async (model) => {
      const { body } = await asked(() => ({ model, apiKey: 'k', reasoningEffort: 'low' }))
      expect(body).toEqual({ model, messages, max_completion_tokens: 9, store: false, reasoning_effort: 'low' })
    },
  )

  it('at Azure, a model that does not reason', async () => {
    const { body } = await asked((endpoint) => ({ model: 'gpt-4o', apiKey: 'k', azure: { endpoint, deployment: 'ours' } }))
    expect(body).toEqual({ model: 'ours', messages, max_tokens: 9, temperature: 0 })
  })

  it('at Azure, a model that does', async () => {
    const { body } = await asked((endpoint) => ({ model: 'o3-mini', apiKey: 'k', azure: { endpoint, deployment: 'ours' } }))
    expect(body).toEqual({ model: 'ours', messages, max_completion_tokens: 9 })
  })

  it('at a server that speaks as OpenAI does', async () => {
    const { body } = await asked((here) => ({ model: 'llama3.2', baseURL: `${here}/v1` }))
    expect(body).toEqual({ model: 'llama3.2', messages, max_tokens: 9, temperature: 0 })
  })

  it('of an embedder that can shorten its vectors', async () => {
    const { body } = await embedded(() => ({ model: 'text-embedding-3-small', apiKey: 'k', dimensions: 4 }))
    expect(body).toEqual({ model: 'text-embedding-3-small', input: ['text'], encoding_format: 'float', dimensions: 4 })
  })

  it('of an embedder that cannot', async () => {
    const { body } = await embedded((here) => ({ model: 'nomic', baseURL: `${here}/v1`, dimensions: 4 }))
    expect(body).toEqual({ model: 'nomic', input: ['text'], encoding_format: 'float' })
  })

  it('of an embedder that can, at a server that speaks as OpenAI does', async () => {
    const { body } = await embedded((here) => ({ model: 'qwen', baseURL: `${here}/v1`, dimensions: 4, sendDimensions: true }))
    expect(body).toEqual({ model: 'qwen', input: ['text'], encoding_format: 'float', dimensions: 4 })
  })
})

describe('a request goes', () => {
  it('to OpenAI', async () => {
    const { path, headers } = await asked(() => ({ model: 'gpt-4o-mini', apiKey: 'k' }))
    expect({ path, key: headers.authorization }).toEqual({ path: '/v1/chat/completions', key: 'Bearer k' })
  })

  it('to a deployment at Azure, of a version', async () => {
    const azure = { deployment: 'ours', apiVersion: '2024-10-21' }
    const { path, headers } = await asked((endpoint) => ({ model: 'gpt-4o', apiKey: 'k', azure: { endpoint: `${endpoint}/`, ...azure } }))
    expect(path).toBe('/openai/deployments/ours/chat/completions?api-version=2024-10-21')
    expect([headers['api-key'], headers.authorization]).toEqual(['k', undefined])
  })

  it('to a deployment at Azure, of no version', async () => {
    const { path } = await embedded((endpoint) => ({
      model: 'text-embedding-3-small',
      dimensions: 4,
      apiKey: 'k',
      azure: { endpoint, deployment: 'ours' },
    }))
    expect(path).toBe('/openai/v1/embeddings')
  })

  it('to a server that speaks as OpenAI does, without a key where there is none', async () => {
    const { path, headers } = await asked((here) => ({ model: 'llama3.2', baseURL: `${here}/api/v1/` }))
    expect(path).toBe('/api/v1/chat/completions')
    expect(headers.authorization).toBeUndefined()
  })
})

describe('a request has nothing', () => {
  it('of the environment, which the SDK reads', async () => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'AZURE_OPENAI_API_KEY'])
      vi.stubEnv(name, 'from-environment')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/from-environment')
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'authorization: Bearer from-environment\nx-more: from-environment')
    vi.stubEnv('OPENAI_LOG', 'debug')
    const log = vi.spyOn(console, 'debug')
    onTestFinished(() => {
      vi.unstubAllEnvs()
      log.mockRestore()
    })
    const recorded = await asked(() => ({ model: 'gpt-4o-mini', apiKey: 'k' }))
    expect(JSON.stringify(recorded)).not.toContain('from-environment')
    expect(log).not.toHaveBeenCalled()
  })

  it('of the machine', async () => {
    const { headers } = await asked(() => ({ model: 'gpt-4o-mini', apiKey: 'k' }))
    expect(JSON.stringify(headers)).not.toContain(process.arch)
    expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([])
  })
})

it('a redirect is not followed, and is told', async () => {
  const elsewhere = await provider(answer)
  const { url } = await provider({ status: 307, headers: { location: `${elsewhere.url}/v1/chat/completions` }, pieces: [] })
  const model = openaiModel({ model: 'llama3.2', apiKey: 'k', baseURL: `${url}/v1` })
  await expect(model.generate(request)).rejects.toMatchObject({
    code: 'MODEL_INPUT_REFUSED',
    message: expect.stringContaining('sends on to another address'),
  })
  expect(elsewhere.requests).toEqual([])
})
