import { describe, expect, inject, it } from 'vitest'
import { startOllama } from '../src/ollama.ts'
import { answerOf, ask } from './ask.ts'
import { citySchema, question } from './city.ts'

const server = inject('ollama')

type Vector = readonly number[]

interface Turn {
  readonly message: { readonly content: string }
  readonly eval_count: number
}

describe.skipIf(server === undefined)('Ollama', () => {
  it('lists its models', async () => {
    const { models } = await answerOf<{ readonly models: readonly { readonly name: string }[] }>(server, '/api/tags')
    const names = models.map(({ name }) => name.replace(/:latest$/, ''))
    expect(names).toEqual(expect.arrayContaining([server?.model, server?.embeddingModel]))
  })

  it('does not know a model that it does not have', async () => {
    expect((await ask(server, '/api/chat', { model: 'none', messages: [question] })).status).toBe(404)
  })

  it('answers in the JSON of a schema, and counts tokens', async () => {
    const options = { temperature: 0, num_predict: 100 }
    const body = { model: server?.model, messages: [question], format: citySchema, stream: false, options }
    const { message, eval_count } = await answerOf<Turn>(server, '/api/chat', body)
    expect(JSON.parse(message.content)).toEqual({ city: expect.stringMatching(/^(Paris|Rome)$/) })
    expect(eval_count).toBeGreaterThan(0)
  })

  it('streams', async () => {
    const body = { model: server?.model, messages: [question], options: { temperature: 0, num_predict: 8 } }
    const lines = (await (await ask(server, '/api/chat', body)).text()).trim().split('\n')
    expect(lines.length).toBeGreaterThan(3)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ done: true })
  })

  it('embeds, with texts of like meaning near each other', async () => {
    const input = ['A cat sleeps on the sofa.', 'A kitten naps on the couch.', 'The bank raised its interest rates.']
    const body = { model: server?.embeddingModel, input }
    const [cat, kitten, bank] = (await answerOf<{ readonly embeddings: readonly [Vector, Vector, Vector] }>(server, '/api/embed', body))
      .embeddings
    expect(cat.length).toBe(server?.dimensions)
    expect(dot(cat, kitten)).toBeGreaterThan(dot(cat, bank))
  })

  it('goes away when it is disposed of', async () => {
    const own = await startOllama()
    expect((await ask(own, '/api/tags')).status).toBe(200)
    await own[Symbol.asyncDispose]()
    await expect(ask(own, '/api/tags')).rejects.toThrow('fetch failed')
  })
})

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}
