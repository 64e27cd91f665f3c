import { type Embedder, GraphMem, GraphMemError, type LanguageModel, languageModelReasoner, type MemoryEvent } from '@graphmem/core'
import { ollamaEmbedder, ollamaModel } from '@graphmem/llm-ollama'
import { openaiEmbedder, openaiModel } from '@graphmem/llm-openai'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, inject, it } from 'vitest'

interface Provider {
  readonly name: string
  readonly model: LanguageModel
  readonly unknown: LanguageModel
  readonly embedder: Embedder
}

const llama = inject('llamaServer')
const ollama = inject('ollama')

const providers: readonly Provider[] = [
  ...(llama === undefined
    ? []
    : [
        {
          name: 'an OpenAI-compatible server (llama.cpp)',
          model: openaiModel({ model: llama.model, apiKey: llama.apiKey ?? 'none', baseURL: llama.url }),
          unknown: openaiModel({ model: 'none', apiKey: 'wrong', baseURL: llama.url }),
          embedder: openaiEmbedder({
            model: llama.embeddingModel,
            apiKey: llama.apiKey ?? 'none',
            baseURL: llama.url,
            dimensions: llama.dimensions,
          }),
        },
      ]),
  ...(ollama === undefined
    ? []
    : [
        {
          name: 'Ollama',
          model: ollamaModel({ model: ollama.model, url: ollama.url }),
          unknown: ollamaModel({ model: 'none', url: ollama.url }),
          embedder: ollamaEmbedder({ model: ollama.embeddingModel, url: ollama.url, dimensions: ollama.dimensions }),
        },
      ]),
]

const schema = {
  name: 'city',
  json: {
    type: 'object',
    properties: { city: { type: 'string', enum: ['Paris', 'Rome'] } },
    required: ['city'],
    additionalProperties: false,
  },
}
const request = {
  system: 'Answer in JSON: {"city": "Paris"} or {"city": "Rome"}.',
  messages: [{ role: 'user' as const, content: 'Which city has the Eiffel Tower?' }],
  maxOutputTokens: 60,
}

/** The same request, once more where the adapter asks for that: it has found out what the server takes. */
async function generate(model: LanguageModel, asked: Parameters<LanguageModel['generate']>[0], options = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await model.generate(asked, options)
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'MODEL_SCHEMA_REFUSED' || attempt === 3) throw error
    }
  }
}

describe.each(providers)('$name', { timeout: 600_000 }, ({ model, unknown, embedder }) => {
  it('answers in the form of a schema, and counts tokens', async () => {
    const { text, finish, usage } = await generate(model, { ...request, schema })
    expect(JSON.parse(text)).toEqual({ city: expect.stringMatching(/^(Paris|Rome)$/) })
    expect(finish).toBe('complete')
    expect(usage).toMatchObject({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) })
  })

  it('streams the same text that it gives', async () => {
    const pieces: string[] = []
    const { text } = await generate(model, request, { onText: (piece: string) => pieces.push(piece) })
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(1)
  })

  it('says that an answer was cut off', async () => {
    const messages = [{ role: 'user' as const, content: 'Count from one to a hundred in words.' }]
    expect((await generate(model, { system: 'You count.', messages, maxOutputTokens: 5 })).finish).toBe('length')
  })

  it('is cancelled in the middle of an answer', async () => {
    const stop = new AbortController()
    const messages = [{ role: 'user' as const, content: 'Tell a long story.' }]
    const told = generate(
      model,
      { system: 'You tell stories.', messages, maxOutputTokens: 400 },
      {
        signal: stop.signal,
        onText: () => stop.abort(new Error('enough')),
      },
    )
    await expect(told).rejects.toThrow('enough')
    expect((await generate(model, request)).text).not.toBe('')
  })

  it('tells of a model that is not there, or of a key that is not right', async () => {
    const error = await unknown.generate(request).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: expect.stringMatching(/^MODEL_(UNKNOWN|DENIED)$/), retryable: false })
  })

  it('embeds texts, near ones nearer', async () => {
    const [cat, kitten, contract] = await embedder.embed(['a small cat', 'a kitten', 'a contract of employment'])
    const product = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()) =>
      a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
    expect(product(cat, cat)).toBeCloseTo(1, 3)
    expect(product(cat, kitten)).toBeGreaterThan(product(cat, contract))
  })

  it('gives up on an answer that takes too long, and says so', async () => {
    await using graphMem = new GraphMem({
      store: memoryStore(),
      reasoner: languageModelReasoner(model),
      embedder,
      modelLimits: (id) => (id === model.id ? { timeoutMs: 1, retries: 0 } : {}),
    })
    const { episodes } = await graphMem.memory({ userId: 'alice', memoryId: 'chat' }).ingest('I live in Lisbon.')
    expect(episodes[0]?.failures).toMatchObject([{ code: 'MODEL_TIMEOUT' }])
  })

  it('remembers the story of Alice and Bob without a crash, loses no chunk, and keeps them apart', async () => {
    const events: MemoryEvent[] = []
    await using graphMem = new GraphMem({
      store: memoryStore(),
      reasoner: languageModelReasoner(model),
      embedder,
      observer: (event) => events.push(event),
      modelLimits: { concurrency: 1, timeoutMs: 300_000 },
    })
    const alice = graphMem.memory({ userId: 'alice', memoryId: 'chat', self: { name: 'Alice' } })
    const bob = graphMem.memory({ userId: 'bob', memoryId: 'chat', self: { name: 'Bob' } })
    for (const [memory, text] of [
      [alice, 'I work at Google as a senior engineer'],
      [bob, "I'm a doctor at Mayo Clinic"],
    ] as const) {
      // So small a model may answer in no usable form: the chunk is then reported, and tried again by the same call.
      const { episodes, usage } = await memory.ingest({ id: 'said', text })
      const [episode] = episodes
      const extractions = usage.items.filter(({ purpose, outcome }) => purpose === 'extract' && outcome === 'answered')
      expect(extractions.reduce((calls, item) => calls + item.calls, 0)).toBeLessThanOrEqual(1)
      if (episode?.status === 'failed') expect(episode.failures).toMatchObject([{ code: 'MODEL_ANSWER_INVALID' }])
      else expect((await memory.stats()).records.chunks).toBe(1)
    }
    const asked = await alice.query('What does Bob do?').catch((reason: unknown) => reason)
    expect(JSON.stringify(asked)).not.toContain('Mayo')
    expect(events.filter(({ type }) => type === 'model-called').length).toBeGreaterThan(2)
  })
})
