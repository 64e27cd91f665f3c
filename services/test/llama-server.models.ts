import { describe, expect, inject, it } from 'vitest'
import { startLlamaServer } from '../src/llama-server.ts'
import { answerOf, ask } from './ask.ts'
import { citySchema, question } from './city.ts'

const server = inject('llamaServer')

interface Completion {
  readonly choices: readonly [{ readonly message: { readonly content: string } }]
  readonly usage: { readonly completion_tokens: number }
}

describe.skipIf(server === undefined)('the OpenAI-compatible server', () => {
  it('lists its models', async () => {
    const { data } = await answerOf<{ readonly data: readonly { readonly id: string }[] }>(server, '/models')
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining([server?.model, server?.embeddingModel]))
  })

  it('refuses a wrong key', async () => {
    const response = await ask(server && { ...server, apiKey: 'wrong' }, '/models')
    expect(response.status).toBe(401)
  })

  it('answers in the JSON of a schema, and counts tokens', async () => {
    const format = { type: 'json_object', schema: citySchema }
    const body = { model: server?.model, messages: [question], response_format: format, temperature: 0, max_tokens: 100 }
    const { choices, usage } = await answerOf<Completion>(server, '/chat/completions', body)
    expect(JSON.parse(choices[0].message.content)).toEqual({ city: expect.stringMatching(/^(Paris|Rome)$/) })
    expect(usage.completion_tokens).toBeGreaterThan(0)
  })

  it('streams', async () => {
    const body = { model: server?.model, messages: [question], stream: true, temperature: 0, max_tokens: 8 }
    const lines = (await (await ask(server, '/chat/completions', body)).text()).split('\n').filter((line) => line.startsWith('data: '))
    expect(lines.at(-1)).toBe('data: [DONE]')
    expect(lines.length).toBeGreaterThan(3)
  })

  it('embeds', async () => {
    const body = { model: server?.embeddingModel, input: ['a cat', 'a dog'], encoding_format: 'float' }
    const { data } = await answerOf<{ readonly data: readonly { readonly embedding: readonly number[] }[] }>(server, '/embeddings', body)
    expect(data.map(({ embedding }) => embedding.length)).toEqual([server?.dimensions, server?.dimensions])
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding)
  })

  it('goes away when it is disposed of', async () => {
    const own = await startLlamaServer()
    expect((await ask(own, '/models')).status).toBe(200)
    await own[Symbol.asyncDispose]()
    await expect(ask(own, '/models')).rejects.toThrow('fetch failed')
  })
})
