import { describe, expect, it } from 'vitest'
import type { ModelLimits } from '../../src/models/model-limits.ts'
import { RecentUse } from '../../src/models/recent-use.ts'
import type { Spending } from '../../src/models/spending.ts'
import type { LanguageModel } from '../../src/spec/index.ts'
import { generation, request } from './fake-model.ts'
import { type GateSetting, gateSetting, limited } from './setting.ts'

const purpose = 'extract'

function many(calls: Spending, model: LanguageModel, count: number, name = 'n', options: { readonly signal?: AbortSignal } = {}) {
  return Promise.all(Array.from({ length: count }, (_, n) => calls.generate(model, request(`${name} ${n}`), { purpose, ...options })))
}

async function oneByOne(calls: Spending, model: LanguageModel, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await calls.generate(model, request(`one ${n}`), { purpose })
}

/** Answers after so long; who asks for the sentence is found in it. */
function answersAfter({ clock, model }: GateSetting, ms: (content: string) => number): void {
  model.answerWith = async ({ messages: [message] }) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(ms(message?.content ?? ''), resolve)
    await promise
    return generation()
  }
}

describe('requests to a model', () => {
  it('are never more at once than its concurrency, eight by default', async () => {
    for (const concurrency of [undefined, 3]) {
      const setting = gateSetting(concurrency === undefined ? {} : { limits: { concurrency } })
      answersAfter(setting, () => 100)
      await setting.clock.until(many(setting.calls(), setting.model, 40))
      expect(setting.model.running.most).toBe(concurrency ?? 8)
    }
  })

  it('are no more a minute than its limit, after a first minute that is had at once', async () => {
    const { clock, model, calls } = gateSetting({ limits: { requestsPerMinute: 60, concurrency: 100 } })
    await clock.until(many(calls(), model, 100))
    const at = model.requests.map((each) => Math.round(each.at))
    expect(at.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 0))
    expect(at.slice(60)).toEqual(Array.from({ length: 40 }, (_, n) => (n + 1) * 1_000))
  })

  it('take no more tokens a minute than its limit, by what they took and not by what they might have', async () => {
    const { clock, model, calls } = gateSetting({ limits: { tokensPerMinute: 300, concurrency: 100 } })
    // Each may take 102 and takes 15: two fit at first, and each answer makes room.
    await clock.until(many(calls(), model, 30))
    const taken = model.requests.filter(({ at }) => at < 60_000).length * 15
    expect(taken).toBeGreaterThan(300)
    expect(taken).toBeLessThanOrEqual(600)
    expect(model.running.most).toBe(2)
  })

  it('that may take more than a minute has are made when the minute is whole', async () => {
    const { clock, model, calls } = gateSetting({ limits: { tokensPerMinute: 50 } })
    model.answerWith = async () => generation({ inputTokens: 100, outputTokens: 0 })
    await clock.until(many(calls(), model, 2))
    // 100 of 50: the next has to wait for 50 of debt and 50 to be full.
    expect(model.requests.map(({ at }) => Math.round(at))).toEqual([0, 120_000])
  })

  it('leave no timer when all is done', async () => {
    const { clock, model, calls } = gateSetting({ limits: { requestsPerMinute: 60 } })
    await clock.until(many(calls(), model, 100))
    await clock.advance(0)
    expect(clock.timers).toBe(0)
  })

  it('of several models do not wait for each other', async () => {
    const setting = gateSetting({ limits: (id) => ({ requestsPerMinute: id === 'fake:one' ? 1 : 1_000 }) })
    const other = { ...setting.model, id: 'fake:two', generate: async () => generation() }
    const calls = setting.calls()
    await setting.clock.until(calls.generate(setting.model, request('first'), { purpose }))
    const waiting = calls.generate(setting.model, request('second'), { purpose })
    await setting.clock.until(many(calls, other, 20))
    expect(setting.clock.now()).toBe(0)
    await setting.clock.until(waiting)
    expect(setting.clock.now()).toBe(60_000)
  })

  it('that are called off while they wait are not made, and those behind them go on', async () => {
    const setting = gateSetting({ limits: { concurrency: 1 } })
    const { clock, model, calls } = setting
    answersAfter(setting, () => 100)
    const stop = new AbortController()
    const first = calls().generate(model, request('first'), { purpose })
    const called = many(calls(), model, 5, 'off', { signal: stop.signal })
    const last = calls().generate(model, request('last'), { purpose })
    await clock.advance(0)
    stop.abort(new Error('called off'))
    await expect(called).rejects.toBe(stop.signal.reason)
    await clock.until(Promise.all([first, last]))
    expect(model.requests).toHaveLength(2)
    await clock.advance(0)
    expect(clock.timers).toBe(0)
  })
})

describe('a pause that the provider asks for', () => {
  it('is one for everybody on the model, and not only for the request that met it', async () => {
    const { clock, model, calls } = gateSetting()
    model.answerWith = async (_, call) => {
      if (call === 1) throw limited(7_000)
      return generation()
    }
    const met = calls('alice').generate(model, request('met'), { purpose })
    await clock.advance(1)
    const others = Promise.all(['bob', 'carol'].map((user) => many(calls(user), model, 3)))
    await clock.advance(6_000)
    expect(model.requests).toHaveLength(1)
    await clock.until(Promise.all([met, others]))
    expect(new Set(model.requests.slice(1).map(({ at }) => at))).toEqual(new Set([7_000]))
  })

  it('is not one for other models', async () => {
    const { clock, model, calls } = gateSetting()
    const other = { ...model, id: 'fake:two', generate: async () => generation() }
    model.answerWith = async () => {
      throw limited(7_000)
    }
    const met = calls().generate(model, request(), { purpose })
    await clock.advance(1)
    await clock.until(many(calls(), other, 3))
    expect(clock.now()).toBe(1)
    await expect(clock.until(met)).rejects.toMatchObject({ code: 'MODEL_LIMITED' })
  })

  it('and is longer than is waited fails at once, for those who wait and those who come, with no request of theirs', async () => {
    const setting = gateSetting({ limits: { concurrency: 1, maxWaitMs: 10_000 } })
    const { clock, model, calls } = setting
    model.answerWith = async () => {
      throw limited(60_000)
    }
    const failed = { code: 'MODEL_LIMITED', retryable: true }
    const all = [calls('alice').generate(model, request('a'), { purpose }), calls('bob').generate(model, request('b'), { purpose })]
    for (const each of all) await expect(clock.until(each)).rejects.toMatchObject({ ...failed, retryAfterMs: 60_000 })
    await clock.advance(20_000)
    await expect(calls('carol').generate(model, request('c'), { purpose })).rejects.toMatchObject({ ...failed, retryAfterMs: 40_000 })
    expect(model.requests).toHaveLength(1)
    model.answerWith = async () => generation()
    // Now it is no longer than is waited.
    await clock.advance(35_000)
    await clock.until(calls('carol').generate(model, request('c'), { purpose }))
    expect(model.requests.map(({ at }) => at)).toEqual([0, 60_000])
  })
})

describe('of two tenants on one key, the quiet one finishes twenty calls within one and a half times as long as alone, while the other floods', () => {
  interface Limited {
    readonly limits: ModelLimits
    /** As many requests take a minute's worth. */
    readonly drain: number
    readonly latencyMs: number
    /** How long the flood has been on. */
    readonly sinceMs: number
  }

  async function timeOf({ limits, drain, latencyMs, sinceMs }: Limited, ask: typeof oneByOne, isFlooded: boolean): Promise<number> {
    const setting = gateSetting({ limits })
    const { clock, model, calls } = setting
    await clock.until(many(calls('flooder'), model, drain, 'drain'))
    answersAfter(setting, () => latencyMs)
    const stop = new AbortController()
    const flood = isFlooded ? many(calls('flooder'), model, 2_000, 'flood', { signal: stop.signal }).catch(() => undefined) : undefined
    await clock.advance(sinceMs)
    const started = clock.now()
    await clock.until(ask(calls('quiet'), model, 20))
    const took = clock.now() - started
    stop.abort()
    await flood
    return took
  }

  const limits: Readonly<Record<string, Limited>> = {
    'limited in requests': { limits: { requestsPerMinute: 120, concurrency: 50 }, drain: 120, latencyMs: 300, sinceMs: 0 },
    'limited in tokens': { limits: { tokensPerMinute: 3_000, concurrency: 50 }, drain: 200, latencyMs: 100, sinceMs: 0 },
    'limited in concurrency, all places held': { limits: { concurrency: 4 }, drain: 0, latencyMs: 3_000, sinceMs: 61_000 },
    'limited in all of them': {
      limits: { requestsPerMinute: 120, tokensPerMinute: 6_000, concurrency: 4 },
      drain: 120,
      latencyMs: 300,
      sinceMs: 0,
    },
  }
  const ways: Readonly<Record<string, typeof oneByOne>> = {
    'asking one by one': oneByOne,
    'asking all at once': async (calls, model, count) => {
      await many(calls, model, count)
    },
  }
  for (const [limit, given] of Object.entries(limits)) {
    for (const [way, ask] of Object.entries(ways)) {
      it(`${limit}, ${way}`, async () => {
        const alone = await timeOf(given, ask, false)
        const flooded = await timeOf(given, ask, true)
        expect(alone).toBeGreaterThan(0)
        expect(flooded / alone).toBeLessThanOrEqual(1.5)
      })
    }
  }

  it('and keeps its place from one call to the next, where those of the other take longer', async () => {
    const setting = gateSetting({ limits: { concurrency: 4 } })
    const { clock, model, calls } = setting
    answersAfter(setting, (content) => (content.startsWith('flood') ? 10_000 : 1_000))
    const stop = new AbortController()
    const flood = many(calls('flooder'), model, 500, 'flood', { signal: stop.signal }).catch(() => undefined)
    await clock.advance(1_000)
    await clock.until(oneByOne(calls('quiet'), model, 20))
    // The first waits until one of the other's is answered.
    expect(clock.now()).toBe(10_000 + 20_000)
    stop.abort()
    await flood
  })

  it('and the flooding one loses no turn that nobody else wants', async () => {
    const setting = gateSetting({ limits: { requestsPerMinute: 120 } })
    const { clock, model, calls } = setting
    const flood = many(calls('flooder'), model, 300, 'flood')
    await clock.until(many(calls('quiet'), model, 20))
    await clock.until(flood)
    expect(model.requests).toHaveLength(320)
    expect(clock.now()).toBeLessThanOrEqual(100_500)
  })

  it('and a tenant’s own requests go in the order in which they came, those that are made again first', async () => {
    const setting = gateSetting({ limits: { concurrency: 1 } })
    const { clock, model, calls } = setting
    model.answerWith = async (_, call) => {
      if (call === 1) throw limited(0)
      return generation()
    }
    await clock.until(many(calls(), model, 4))
    const asked = model.requests.map(({ request: { messages } }) => messages[0]?.content.trim())
    expect(asked).toEqual(['n 0', 'n 0', 'n 1', 'n 2', 'n 3'])
  })

  it('and who asked nothing for long is forgotten', () => {
    let now = 0
    const use = new RecentUse(() => now)
    for (let tenant = 0; tenant < 10_000; tenant += 1) {
      now += 60_000
      use.add(`tenant ${tenant}`, 1)
    }
    expect(use.size).toBeLessThanOrEqual(20)
    expect(use.of('tenant 9998')).toBeCloseTo(0.5)
  })
})
