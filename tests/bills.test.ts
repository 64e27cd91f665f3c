import { memoryCache } from '@graphmem/cache-memory'
import { type Bill, type GraphMemOptions, type MemoryEvent, totalBill } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { type Setting, settingOf } from './on-every-store.ts'
import { failure, modelId, type PayingReasoner, payingReasoner } from './paying-reasoner.ts'
import { everythingOf } from './rejection.ts'
import { embedderId, type RemoteEmbedder, remoteEmbedder } from './remote-embedder.ts'

const documents = Array.from({ length: 20 }, (_, n) => ({ id: `d${n}`, text: `Bob${n} works at Google.` }))
const prices = { [modelId]: { input: 10, output: 100 }, [embedderId]: { input: 1, output: 0 } }
const question = 'Where does Bob1 work?'
const empty: Bill = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, items: [] }

function paying(
  options: Partial<GraphMemOptions> = {},
  maxTexts?: number,
): Setting & { readonly paid: PayingReasoner; readonly vectors: RemoteEmbedder } {
  const [paid, vectors] = [payingReasoner(), remoteEmbedder(maxTexts)]
  return { ...settingOf(memoryStore(), { reasoner: paid, embedder: vectors, prices, ...options }), paid, vectors }
}

type ModelCalled = Extract<MemoryEvent, { readonly type: 'model-called' }>

/** What the observer heard, as a bill. */
function told(events: Setting['events']): Bill {
  const bills = events.flatMap((event): readonly Bill[] => {
    if (event.type !== 'model-called') return []
    const { type: _, userId, memoryId, attempt, durationMs, code, ...item } = event as ModelCalled & { userId: string; memoryId: string }
    return [{ ...empty, items: [{ ...item, calls: 1 }] }]
  })
  return totalBill(bills)
}

describe('a bill', () => {
  it('of an ingest, a recall and a query says what each took, as the observer heard it', async () => {
    const { memory, events } = paying()
    const ingested = (await memory().ingest({ documents })).usage
    // Batches of eight, eight and four.
    expect(ingested.items).toMatchObject([
      { purpose: 'embed', model: embedderId, outcome: 'answered', calls: 3, inputTokens: 200, outputTokens: 0 },
      { purpose: 'extract', model: modelId, outcome: 'answered', calls: 20, inputTokens: 800, outputTokens: 200 },
    ])
    expect(ingested.usd).toBeCloseTo((200 * 1 + 800 * 10 + 200 * 100) / 1_000_000, 12)
    const recalled = (await memory().recall(question)).usage
    expect(recalled.items).toMatchObject([{ purpose: 'embed', calls: 1 }])
    const queried = (await memory().query(question)).usage
    expect(queried.items).toMatchObject([
      { purpose: 'answer', model: modelId, calls: 1 },
      { purpose: 'embed', calls: 1 },
    ])
    const all = totalBill([ingested, recalled, queried])
    const { usd, ...heard } = told(events)
    expect(heard).toEqual({ ...all, usd: undefined, items: heard.items })
    expect(usd).toBeCloseTo(all.usd ?? Number.NaN, 12)
  })

  it('is empty without a model', async () => {
    const { memory } = settingOf(memoryStore())
    expect((await memory().ingest({ documents })).usage).toEqual(empty)
    expect((await memory().query(question)).usage).toEqual(empty)
    expect((await memory().reindex()).usage).toEqual(empty)
    expect(await memory().estimate('Carol works at Meta.')).toMatchObject({
      newChunks: 1,
      calls: 0,
      usd: { likely: 0, most: 0 },
      items: [],
    })
  })

  it('of an answer from the cache is empty, and of one that joins an equal call', async () => {
    const { memory, paid } = paying({ cache: memoryCache() })
    await memory().ingest({ documents })
    const both = await Promise.all([memory().query(question), memory().query(question)])
    expect(both.map(({ usage }) => usage.calls)).toEqual([2, 0])
    expect(both[1]).toEqual({ ...both[0], usage: empty, timings: expect.anything() })
    const cached = await memory().query(question)
    expect([cached.timings.cached, cached.usage]).toEqual([true, empty])
    expect(cached.answer).toBe('Google')
    expect(paid.model.answered.filter((asked) => asked === question)).toHaveLength(1)
  })

  it('of a question whose equal had no budget left is its own', async () => {
    const { memory } = paying({ cache: memoryCache() })
    await memory().ingest({ documents })
    const [poor, rich] = await Promise.allSettled([memory().query(question, { budget: { calls: 1 } }), memory().query(question)])
    expect(poor).toMatchObject({ status: 'rejected', reason: { code: 'BUDGET_EXCEEDED' } })
    expect(rich).toMatchObject({ status: 'fulfilled', value: { answer: 'Google' } })
    const priceless = paying({ cache: memoryCache(), prices: {} })
    await priceless.memory().ingest({ documents })
    const [inDollars, without] = await Promise.allSettled([
      priceless.memory().query(question, { budget: { usd: 1 } }),
      priceless.memory().query(question),
    ])
    expect(inDollars).toMatchObject({ status: 'rejected', reason: { code: 'PRICE_UNKNOWN' } })
    expect(without).toMatchObject({ status: 'fulfilled', value: { answer: 'Google' } })
  })
})

describe('an estimate', () => {
  it('is what the ingest then takes, calls no model, and writes nothing', async () => {
    for (const options of [{}, { concurrency: 3 }, { batchSize: 20 }]) {
      const store = countingStore(memoryStore())
      const [paid, vectors] = [payingReasoner(), remoteEmbedder(5)]
      const { memory, clock } = settingOf(store, { reasoner: paid, embedder: vectors, prices })
      clock.step = 0
      await memory().ingest({ documents: documents.slice(0, 7) })
      const before = [paid.model.requests.length, vectors.requests.length]
      store.calls.length = 0
      const estimate = await memory().estimate({ documents }, options)
      expect([paid.model.requests.length, vectors.requests.length]).toEqual(before)
      expect(store.calls).not.toContain('apply')
      const { usage } = await memory().ingest({ documents }, options)
      expect(estimate).toMatchObject({ episodes: 20, newChunks: 13, knownChunks: 7, calls: usage.calls })
      const [embed, extract] = estimate.items
      expect(estimate.items.map(({ purpose, model, calls }) => [purpose, model, calls])).toEqual(
        usage.items.map(({ purpose, model, calls }) => [purpose, model, calls]),
      )
      expect(extract).toMatchObject({ tokens: { likely: 13 * 50, most: 13 * (40 + 64) } })
      // "Bob19 works at Google." is 22 letters: six tokens.
      expect(embed?.tokens).toEqual({
        likely: 13 * 6,
        most: 13 * 16 + documents.slice(7).reduce((bytes, { text }) => bytes + text.length, 0),
      })
      expect(estimate.tokens.likely).toBe(13 * 56)
      expect(estimate.usd?.likely).toBeCloseTo((13 * 6 * 1 + 13 * 40 * 10 + 13 * 10 * 100) / 1_000_000, 12)
      expect(estimate.usd?.most).toBeGreaterThanOrEqual(usage.usd ?? Number.NaN)
    }
  })

  it('has no price where one is not known, and says what an ingest would', async () => {
    const { memory } = paying({ prices: {} })
    const estimate = await memory().estimate({ documents })
    expect([estimate.usd, estimate.items.map(({ usd }) => usd)]).toEqual([undefined, [undefined, undefined]])
    await memory().ingest({ documents })
    expect(await memory().estimate({ documents })).toMatchObject({ newChunks: 0, calls: 0, tokens: { likely: 0, most: 0 }, items: [] })
    const changed = { documents: [{ id: 'd0', text: 'Carol works at Meta.' }] }
    await expect(memory().estimate(changed)).rejects.toMatchObject({ code: 'EPISODE_CHANGED' })
    expect(await memory().estimate(changed, { replace: true })).toMatchObject({ newChunks: 1, calls: 2 })
    await expect(memory().estimate({} as never)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('a provider that fails', () => {
  const codes = (result: { readonly episodes: readonly { readonly failures: readonly { readonly code: string }[] }[] }) =>
    result.episodes.flatMap(({ failures }) => failures.map(({ code }) => code))

  it('by limits, by silence, by cuts or by refusals leaves each chunk done or failed with its reason, and the same call again does only those', async () => {
    const { memory, paid, vectors } = paying({ modelLimits: (id) => ({ retries: 0, ...(id === modelId ? { timeoutMs: 1 } : {}) }) })
    const trouble = (call: number) => {
      if (call % 5 === 1) throw failure('MODEL_LIMITED', 0)
      if (call % 5 === 3) throw failure('MODEL_UNAVAILABLE')
      if (call % 7 === 4) throw failure('MODEL_INPUT_REFUSED')
    }
    paid.model.before = (_, call) => {
      trouble(call)
      return call % 5 === 4 ? new Promise<void>(() => undefined) : undefined
    }
    vectors.before = (_, call) => {
      if (call === 2) throw failure('MODEL_DENIED')
    }
    let left = 20
    for (let round = 0; left > 0; round += 1) {
      const requests = paid.model.requests.length
      const result = await memory().ingest({ documents })
      expect(result.added + result.unchanged + result.failed).toBe(20)
      expect(codes(result)).toHaveLength(result.failed)
      if (round === 0) {
        const expected = ['MODEL_LIMITED', 'MODEL_UNAVAILABLE', 'MODEL_INPUT_REFUSED', 'MODEL_TIMEOUT', 'MODEL_DENIED']
        expect(new Set(codes(result))).toEqual(new Set(expected))
      }
      expect(paid.model.requests.length - requests).toBeLessThanOrEqual(left)
      expect(result.chunks).toBe(left - result.failed)
      left = result.failed
      expect(round).toBeLessThan(20)
    }
    expect(paid.model.answered.toSorted()).toEqual(documents.map(({ text }) => text).toSorted())
  })

  it('for a while is waited for', async () => {
    const { memory, paid, vectors } = paying()
    paid.model.before = (_, call) => {
      if (call % 3 !== 0) throw failure('MODEL_LIMITED', 0)
    }
    const { failed, usage } = await memory().ingest({ documents })
    expect(usage.calls).toBe(paid.model.requests.length + vectors.requests.length)
    expect(usage.items.map(({ outcome }) => outcome)).toContain('retried')
    // Four times again each, at most.
    expect(usage.calls).toBeLessThanOrEqual(3 + 100)
    expect(paid.model.answered).toHaveLength(20 - failed)
  })

  it('to give vectors wastes no reading', async () => {
    const { memory, paid, vectors } = paying()
    vectors.before = () => {
      throw failure('MODEL_DENIED')
    }
    const result = await memory().ingest({ documents })
    expect([result.failed, codes(result)]).toEqual([20, documents.map(() => 'MODEL_DENIED')])
    expect(paid.model.requests).toEqual([])
    expect((await memory().stats()).version).toBe(0)
  })

  it('tells nothing of what it was about: not in an error, an event or a failure', async () => {
    const [text, key] = ['xyzzy', 'sk-plugh']
    const telling = () => Object.assign(new Error(`${text} ${key}`), { body: text, headers: { authorization: key }, cause: new Error(key) })
    for (const error of [telling, () => failure('MODEL_LIMITED', 0), () => failure('MODEL_DENIED')]) {
      const { memory, paid, vectors, events } = paying({ modelLimits: { retries: 1 } })
      const all: unknown[] = [await memory().ingest({ id: 'a', text: `Bob ${text} works at Google.` })]
      paid.model.before = () => {
        throw error()
      }
      all.push(await memory().ingest({ id: 'b', text: `Dan ${text} works at Google.` }, { budget: { tokens: 100_000 } }))
      const asked: (() => Promise<unknown>)[] = [
        () => memory().query(text),
        () => memory().query(text, { budget: { calls: 0 } }),
        () => memory().query(text, { budget: { usd: 0 } }),
        () => memory().recall(text),
        () => memory().recall(text),
        () => memory().reindex(),
      ]
      vectors.before = (_, call) => {
        if (call % 2 === 0) throw error()
      }
      for (const ask of asked) {
        const outcome = await ask().then(
          () => undefined,
          (reason: unknown) => reason,
        )
        if (outcome !== undefined) all.push(everythingOf(outcome))
      }
      const said = JSON.stringify([all, events])
      expect(said).not.toContain(text)
      expect(said).not.toContain(key)
      expect(said).toContain('model-called')
    }
  })
})
