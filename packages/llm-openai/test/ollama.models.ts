import { describe, expect, inject, it } from 'vitest'
import { openaiEmbedder, openaiModel } from '../src/index.ts'

const ollama = inject('ollama')
const baseURL = `${ollama?.url ?? 'http://none.invalid'}/v1`
const model = openaiModel({ baseURL, model: ollama?.model ?? 'none' })

const question = {
  system: 'You answer as JSON.',
  messages: [{ role: 'user', content: 'Which city is the capital of France?' }],
  schema: {
    name: 'city',
    json: { type: 'object', properties: { city: { enum: ['Paris', 'Rome'] } }, required: ['city'], additionalProperties: false },
  },
  maxOutputTokens: 60,
} as const

describe.skipIf(ollama === undefined)('a real Ollama that is spoken to as OpenAI is', () => {
  it('keeps to a schema, and counts tokens', async () => {
    const { text, finish, usage } = await model.generate(question)
    expect(JSON.parse(text)).toEqual({ city: expect.stringMatching(/^(Paris|Rome)$/) })
    expect(finish).toBe('complete')
    expect(usage?.outputTokens).toBeGreaterThan(2)
  })

  it('streams the text that it answers with, and counts tokens', async () => {
    const pieces: string[] = []
    const { text, usage } = await model.generate(question, { onText: (piece) => void pieces.push(piece) })
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(text)
    expect(usage?.outputTokens).toBeGreaterThan(2)
  })

  it('has no other model', async () => {
    await expect(openaiModel({ baseURL, model: 'none' }).generate(question)).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' })
  })

  it('embeds texts, and is not taken for an embedder of other dimensions', async () => {
    const { embeddingModel = 'none', dimensions = 1 } = ollama ?? {}
    const [vector] = await openaiEmbedder({ baseURL, model: embeddingModel, dimensions }).embed(['A cat sleeps.'])
    expect(vector).toHaveLength(dimensions)
    const other = openaiEmbedder({ baseURL, model: embeddingModel, dimensions: dimensions + 1 })
    await expect(other.embed(['A cat sleeps.'])).rejects.toMatchObject({ code: 'ADAPTER_INVALID' })
  })
})
