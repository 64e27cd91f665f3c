import { describe, expect, it } from 'vitest'
import type { Embedder, EmbedOptions } from '../../src/spec/index.ts'
import { type FakeModel, fakeModel, generation, request } from './fake-model.ts'
import { failure, gateSetting, limited } from './setting.ts'

const purpose = 'extract'
const sentinel = 'xyzzy'
const never = () => new Promise<never>(() => undefined)
const unavailable = () => failure('MODEL_UNAVAILABLE', { retryable: true })

/** Throws these, one after the other, then answers. */
function failing(model: FakeModel, ...errors: readonly unknown[]): void {
  model.answerWith = async (_, call) => {
    const error = errors[call - 1]
    if (error !== undefined) throw error
    return generation()
  }
}

describe('a request that fails', () => {
  it('is made again after a back-off that is random up to a bound which doubles', async () => {
    const { clock, model, calls } = gateSetting()
    failing(model, unavailable(), limited(), failure('MODEL_TIMEOUT', { retryable: true }), unavailable())
    await clock.until(calls().generate(model, request(), { purpose }))
    expect(model.requests.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000, 15_000])
    const half = gateSetting({ random: () => 0.5 })
    failing(half.model, unavailable())
    await half.clock.until(half.calls().generate(half.model, request(), { purpose }))
    expect(half.model.requests.map(({ at }) => at)).toEqual([0, 500])
  })

  it('is made four times again at most, or as often as the limits say, and then fails as it did', async () => {
    for (const [limits, requests] of [
      [{}, 5],
      [{ retries: 1 }, 2],
      [{ retries: 0 }, 1],
    ] as const) {
      const { clock, model, calls } = gateSetting({ limits })
      const last = unavailable()
      model.answerWith = async () => {
        throw last
      }
      await expect(clock.until(calls().generate(model, request(), { purpose }))).rejects.toBe(last)
      expect(model.requests).toHaveLength(requests)
      expect(clock.timers).toBe(0)
    }
  })

  it('is not made again where that would not help', async () => {
    for (const code of ['MODEL_DENIED', 'MODEL_UNKNOWN', 'MODEL_INPUT_REFUSED'] as const) {
      const { clock, model, calls } = gateSetting()
      failing(model, failure(code))
      await expect(clock.until(calls().generate(model, request(), { purpose }))).rejects.toMatchObject({ code })
      expect(model.requests).toHaveLength(1)
    }
  })

  it('because of the form of its answer is made again at once, three times at most, whatever the retries', async () => {
    const refused = Array.from({ length: 4 }, () => failure('MODEL_SCHEMA_REFUSED'))
    for (const count of [1, 3, 4]) {
      const { clock, model, calls } = gateSetting({ limits: { retries: 0 } })
      failing(model, ...refused.slice(0, count))
      const asked = clock.until(calls().generate(model, request(), { purpose }))
      if (count < 4) await asked
      else await expect(asked).rejects.toMatchObject({ code: 'MODEL_SCHEMA_REFUSED' })
      expect(model.requests.map(({ at }) => at)).toEqual(Array.from({ length: Math.min(4, count + 1) }, () => 0))
    }
  })

  it('of an unavailable provider waits as long as that says, and others do not', async () => {
    const { clock, model, calls } = gateSetting()
    failing(model, failure('MODEL_UNAVAILABLE', { retryable: true, retryAfterMs: 9_000 }))
    const met = calls().generate(model, request('a'), { purpose })
    await clock.advance(1)
    await clock.until(calls('bob').generate(model, request('b'), { purpose }))
    await clock.until(met)
    expect(model.requests.map(({ at }) => at)).toEqual([0, 1, 9_000])
  })

  it('by something of its own says nothing of what it was about', async () => {
    const { clock, model, calls, events } = gateSetting()
    failing(model, Object.assign(new Error(sentinel), { body: sentinel }))
    const error = await clock.until(calls().generate(model, request(sentinel), { purpose })).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'MODEL_FAILED' })
    expect(JSON.stringify([error, String(error), events])).not.toContain(sentinel)
  })
})

describe('a request that gets no answer', () => {
  it('is given up after a minute, or after the time of its limits, and its connection closed', async () => {
    for (const [timeoutMs, limits] of [
      [60_000, { retries: 0 }],
      [5_000, { retries: 0, timeoutMs: 5_000 }],
    ] as const) {
      const { clock, model, calls } = gateSetting({ limits })
      model.answerWith = never
      await expect(clock.until(calls().generate(model, request(), { purpose }))).rejects.toMatchObject({
        code: 'MODEL_TIMEOUT',
        retryable: true,
      })
      expect(clock.now()).toBe(timeoutMs)
      expect(model.requests[0]?.signal?.aborted).toBe(true)
      expect(clock.timers).toBe(0)
    }
  })

  it('gives its place to others', async () => {
    const { clock, model, calls } = gateSetting({ limits: { concurrency: 1, retries: 0 } })
    model.answerWith = async (_, call) => (call === 1 ? never() : generation())
    const stalled = calls().generate(model, request('stalled'), { purpose })
    const next = calls().generate(model, request('next'), { purpose })
    await expect(clock.until(stalled)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' })
    await clock.until(next)
  })

  it('is given up at once when it is called off, with the caller’s reason, and its connection closed', async () => {
    const { clock, model, calls } = gateSetting()
    model.answerWith = never
    const stop = new AbortController()
    const reason = { why: 'called off' }
    const asked = calls().generate(model, request(), { purpose, signal: stop.signal })
    await clock.advance(1)
    stop.abort(reason)
    await expect(asked).rejects.toBe(reason)
    await clock.advance(0)
    expect(model.requests[0]?.signal?.aborted).toBe(true)
    expect(clock.timers).toBe(0)
  })

  it('is given up while it backs off', async () => {
    const { clock, model, calls } = gateSetting()
    failing(model, unavailable())
    const stop = new AbortController()
    const asked = calls().generate(model, request(), { purpose, signal: stop.signal })
    await clock.advance(1)
    stop.abort(new Error('called off'))
    await expect(asked).rejects.toBe(stop.signal.reason)
    await clock.advance(0)
    expect([model.requests.length, clock.timers]).toEqual([1, 0])
  })

  it('is not made when it was called off before', async () => {
    const { model, calls } = gateSetting()
    const reason = new Error('called off')
    await expect(calls().generate(model, request(), { purpose, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(model.requests).toEqual([])
  })
})

describe('equal requests under way at once', () => {
  it('of one memory are one, on the bill of who asked first', async () => {
    const { clock, model, models } = gateSetting()
    const operations = Array.from({ length: 5 }, () => models().begin({ models: [] }))
    const answers = await clock.until(Promise.all(operations.map((calls) => calls.generate(model, request(), { purpose }))))
    expect(model.requests).toHaveLength(1)
    expect(new Set(answers).size).toBe(1)
    expect(operations.map(({ bill }) => bill.calls)).toEqual([1, 0, 0, 0, 0])
  })

  it('of two users or of two memories are two', async () => {
    const { clock, model, models } = gateSetting()
    const scopes = [
      ['alice', 'chat'],
      ['alice', 'notes'],
      ['bob', 'chat'],
    ] as const
    await clock.until(
      Promise.all(
        scopes.map((ids) =>
          models(...ids)
            .begin({ models: [] })
            .generate(model, request(), { purpose }),
        ),
      ),
    )
    expect(model.requests).toHaveLength(3)
  })

  it('are several where anything in them differs, or the model', async () => {
    const { clock, model, calls } = gateSetting()
    const another = fakeModel()
    const one = calls()
    const plain = request()
    await clock.until(
      Promise.all([
        one.generate(model, plain, { purpose }),
        one.generate(model, plain, { purpose: 'repair' }),
        one.generate(model, { ...plain, system: 'another' }, { purpose }),
        one.generate(model, { ...plain, maxOutputTokens: 33 }, { purpose }),
        one.generate(
          model,
          { ...plain, messages: [...plain.messages, { role: 'assistant', content: '' }, ...plain.messages] },
          { purpose },
        ),
        one.generate(model, { ...plain, schema: { name: 'a', json: {} } }, { purpose }),
        one.generate(another, plain, { purpose }),
      ]),
    )
    expect([model.requests.length, another.requests.length]).toEqual([6, 1])
  })

  it('one after the other are several', async () => {
    const { clock, model, calls } = gateSetting()
    for (let n = 0; n < 2; n += 1) await clock.until(calls().generate(model, request(), { purpose }))
    expect(model.requests).toHaveLength(2)
  })

  it('go on for the others when the first is called off', async () => {
    const { clock, model, calls } = gateSetting()
    const answer = Promise.withResolvers<ReturnType<typeof generation>>()
    model.answerWith = () => answer.promise
    const stop = new AbortController()
    const first = calls().generate(model, request(), { purpose, signal: stop.signal })
    const second = calls().generate(model, request(), { purpose })
    await clock.advance(1)
    stop.abort(new Error('called off'))
    await expect(first).rejects.toBe(stop.signal.reason)
    answer.resolve(generation())
    expect((await clock.until(second)).text).toBe('an answer')
    expect(model.requests).toHaveLength(1)
  })

  it('that are streamed are each their own', async () => {
    const { clock, model, calls } = gateSetting()
    model.answerWith = async (_, __, { onText }) => {
      onText?.('an ')
      onText?.('answer')
      return generation()
    }
    const heard: string[][] = [[], []]
    await clock.until(
      Promise.all(heard.map((pieces) => calls().generate(model, request(), { purpose, onText: (piece) => pieces.push(piece) }))),
    )
    expect(heard).toEqual([
      ['an ', 'answer'],
      ['an ', 'answer'],
    ])
  })
})

it('a stream that breaks once a piece was handed on is not begun again, and counts by estimate', async () => {
  const { clock, model, calls } = gateSetting()
  model.answerWith = async (_, __, { onText }) => {
    onText?.('an ')
    throw unavailable()
  }
  const one = calls()
  await expect(clock.until(one.generate(model, request(), { purpose, onText: () => undefined }))).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
  })
  expect(model.requests).toHaveLength(1)
  expect(one.bill.items).toMatchObject([{ outcome: 'failed', estimated: true, outputTokens: 32 }])
})

describe('a bill', () => {
  const prices = { 'fake:one': { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 10 } }

  it('is empty when no model was called', () => {
    expect(gateSetting().calls().bill).toEqual({ calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, items: [] })
  })

  it('has every request, by purpose, model and outcome, with what it took and cost', async () => {
    const { clock, model, calls } = gateSetting({ prices })
    failing(model, unavailable(), limited(0))
    const one = calls()
    await clock.until(one.generate(model, request('a'), { purpose }))
    model.answerWith = async () => generation({ inputTokens: 1_000, cachedInputTokens: 600, cacheWriteTokens: 100, outputTokens: 50 })
    await clock.until(one.generate(model, request('b'), { purpose }))
    await clock.until(one.generate(model, request('c'), { purpose: 'repair' }))
    const nothing = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, usd: 0, estimated: false }
    const dear = (300 * 1 + 600 * 0.1 + 100 * 1.25 + 50 * 10) / 1_000_000
    const { items, ...sums } = one.bill
    expect(items).toEqual([
      {
        purpose,
        model: 'fake:one',
        outcome: 'answered',
        calls: 2,
        inputTokens: 1_010,
        cachedInputTokens: 600,
        outputTokens: 55,
        usd: expect.closeTo((10 * 1 + 5 * 10) / 1_000_000 + dear, 12),
        estimated: false,
      },
      { purpose, model: 'fake:one', outcome: 'retried', calls: 2, ...nothing },
      {
        purpose: 'repair',
        model: 'fake:one',
        outcome: 'answered',
        calls: 1,
        inputTokens: 1_000,
        cachedInputTokens: 600,
        outputTokens: 50,
        usd: expect.closeTo(dear, 12),
        estimated: false,
      },
    ])
    expect(sums).toEqual({
      calls: 5,
      inputTokens: 2_010,
      outputTokens: 105,
      usd: expect.closeTo((10 * 1 + 5 * 10) / 1_000_000 + 2 * dear, 12),
    })
  })

  it('says that a price is not known, which is not nothing', async () => {
    const { clock, model, calls } = gateSetting()
    const one = calls()
    await clock.until(one.generate(model, request(), { purpose }))
    expect([one.bill.usd, one.bill.items[0]?.usd]).toEqual([undefined, undefined])
  })

  it('counts by estimate what came without a count, and says so', async () => {
    const { clock, model, calls } = gateSetting({ prices, limits: { retries: 0 } })
    model.answerWith = async (_, call) => (call === 1 ? { ...generation(), usage: undefined } : never())
    const [answered, stalled] = [calls(), calls()]
    await clock.until(answered.generate(model, request(), { purpose }))
    // 70 bytes and frames of input, and the nine letters of the answer.
    expect(answered.bill.items).toMatchObject([{ outcome: 'answered', inputTokens: 24, outputTokens: 3, estimated: true }])
    await clock.until(stalled.generate(model, request(), { purpose })).catch(() => undefined)
    // The model was at work: how much of the answer it made nobody knows.
    expect(stalled.bill.items).toMatchObject([{ outcome: 'failed', inputTokens: 24, outputTokens: 32, estimated: true }])
    expect(answered.bill.usd).toBeCloseTo((24 + 30) / 1_000_000, 12)
  })

  it('is told request by request, without a text', async () => {
    const { clock, model, calls, events } = gateSetting({ prices })
    failing(model, limited(2_000))
    await clock.until(calls().generate(model, request(sentinel), { purpose }))
    const told = { type: 'model-called', purpose, model: 'fake:one', durationMs: 0, cachedInputTokens: 0, estimated: false }
    expect(events).toEqual([
      { ...told, attempt: 1, outcome: 'retried', code: 'MODEL_LIMITED', inputTokens: 0, outputTokens: 0, usd: 0 },
      { ...told, attempt: 2, outcome: 'answered', inputTokens: 10, outputTokens: 5, usd: expect.closeTo(6e-5, 12) },
    ])
    expect(JSON.stringify(events)).not.toContain(sentinel)
  })
})

describe('the texts of a remote embedder', () => {
  function fakeEmbedder(maxTexts: number): Embedder & { readonly requests: (readonly string[])[]; fail: unknown } {
    const embedder = {
      specVersion: 1 as const,
      id: 'fake:vectors',
      dimensions: 1,
      remote: { maxTexts },
      requests: [] as (readonly string[])[],
      fail: undefined as unknown,
      async embed(texts: readonly string[], { onUsage }: EmbedOptions = {}) {
        embedder.requests.push(texts)
        if (embedder.fail !== undefined) throw embedder.fail
        onUsage?.({ inputTokens: texts.length, outputTokens: 0 })
        return texts.map((text) => Float32Array.of(Number(text)))
      },
    }
    return embedder
  }
  const texts = Array.from({ length: 10 }, (_, n) => `${n}`)

  it('go in as few requests as it takes, in their order, and are billed', async () => {
    const { clock, calls } = gateSetting({ prices: { 'fake:vectors': { input: 1, output: 0 } } })
    const embedder = fakeEmbedder(4)
    const one = calls()
    const vectors = await clock.until(one.embed(embedder, texts))
    expect(vectors.map(([number]) => number)).toEqual(texts.map(Number))
    expect(embedder.requests.map(({ length }) => length)).toEqual([4, 4, 2])
    expect(one.bill).toMatchObject({
      calls: 3,
      inputTokens: 10,
      usd: expect.closeTo(1e-5, 12),
      items: [{ purpose: 'embed', model: 'fake:vectors', calls: 3 }],
    })
  })

  it('are not asked for any further when one request fails, and what was asked is on the bill', async () => {
    const { clock, calls } = gateSetting({ limits: { concurrency: 1 } })
    const embedder = fakeEmbedder(1)
    embedder.fail = failure('MODEL_DENIED')
    const one = calls()
    await expect(
      clock.until(
        one.embed(
          embedder,
          Array.from({ length: 100 }, (_, n) => `${n}`),
        ),
      ),
    ).rejects.toBe(embedder.fail)
    expect(embedder.requests.length).toBeLessThanOrEqual(8)
    expect(one.bill.calls).toBe(embedder.requests.length)
  })
})
