import { describe, expect, it } from 'vitest'
import { UserAllowances } from '../../src/models/user-allowances.ts'
import type { GraphMemError, LanguageModel } from '../../src/spec/index.ts'
import { generation, request } from './fake-model.ts'
import { failure, gateSetting, limited } from './setting.ts'

const purpose = 'extract'
const prices = { 'fake:one': { input: 10, output: 100 } }
/** What one may take at most, and what it takes. */
const most = { tokens: 102, usd: (70 * 10 + 32 * 100) / 1_000_000 }
const taken = { tokens: 15, usd: (10 * 10 + 5 * 100) / 1_000_000 }

type Calls = ReturnType<ReturnType<typeof gateSetting>['calls']>

/** How many of so many requests were answered, and the errors of the others. */
async function outcomes(calls: readonly Calls[], model: LanguageModel, count: number) {
  const all = await Promise.allSettled(
    calls.flatMap((each, place) => Array.from({ length: count }, (_, n) => each.generate(model, request(`${place} ${n}`), { purpose }))),
  )
  const errors = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as GraphMemError] : []))
  return { answered: all.length - errors.length, errors }
}

describe('a budget of a call', () => {
  it.each([
    ['calls', { calls: 3 }, 3],
    // Four that took 15 leave 140: enough for one of 102. Five leave 125, seven 95.
    ['tokens', { tokens: 200 }, 7],
    ['dollars', { usd: 0.01 }, 11],
    ['nothing', { calls: 0 }, 0],
    ['tokens, of which one request may take more', { tokens: most.tokens - 1 }, 0],
    ['tokens, of which one request may take as many', { tokens: most.tokens }, 1],
  ] as const)('in %s is never exceeded, and reached as far as it goes', async (_, budget, expected) => {
    for (const count of [1, 40]) {
      const { clock, model, calls } = gateSetting({ prices })
      const one = calls('alice', budget)
      const { answered, errors } = await clock.until(outcomes([one], model, count))
      expect(answered).toBe(Math.min(count, expected))
      expect(model.requests).toHaveLength(answered)
      expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(errors.length > 0 ? ['BUDGET_EXCEEDED'] : []))
    }
  })

  it('says which of it does not reach, and whose it is', async () => {
    for (const [budget, field] of [
      [{ calls: 0 }, 'budget.calls'],
      [{ tokens: 1 }, 'budget.tokens'],
      [{ usd: 0.000001 }, 'budget.usd'],
    ] as const) {
      const { model, calls } = gateSetting({ prices })
      await expect(calls('alice', budget).generate(model, request(), { purpose })).rejects.toMatchObject({
        code: 'BUDGET_EXCEEDED',
        field,
        retryable: false,
        message: expect.stringContaining('the budget of the call'),
      })
    }
  })

  it('counts what is tried again', async () => {
    const { clock, model, calls } = gateSetting()
    model.answerWith = async () => {
      throw limited(0)
    }
    const one = calls('alice', { calls: 3 })
    await expect(clock.until(one.generate(model, request(), { purpose }))).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' })
    expect([model.requests.length, one.bill.calls]).toEqual([3, 3])
  })

  it('ends the operation: nothing more is asked, though less would fit', async () => {
    const { clock, model, calls } = gateSetting()
    const one = calls('alice', { tokens: 150 })
    await expect(one.generate(model, { ...request(), maxOutputTokens: 1_000 }, { purpose })).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    })
    await expect(clock.until(one.generate(model, request(), { purpose }))).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' })
    expect(model.requests).toEqual([])
  })

  it('counts what nobody counted by estimate, and what was cut off as if it had been answered at length', async () => {
    const { clock, model, calls } = gateSetting({ limits: { retries: 0, timeoutMs: 1_000 } })
    model.answerWith = () => new Promise(() => undefined)
    const one = calls('alice', { tokens: 150 })
    await expect(clock.until(one.generate(model, request('a'), { purpose }))).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' })
    // 24 and 32 are gone: of 94 that are left, another may take 102.
    await expect(clock.until(one.generate(model, request('b'), { purpose }))).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' })
    expect(model.requests).toHaveLength(1)
  })

  it('gets back what was set aside for a request that was not made', async () => {
    const { clock, model, calls } = gateSetting({ limits: { concurrency: 1 } })
    const answer = Promise.withResolvers<ReturnType<typeof generation>>()
    model.answerWith = () => answer.promise
    const other = calls('bob').generate(model, request('other'), { purpose })
    const one = calls('alice', { calls: 1 })
    const stop = new AbortController()
    const waiting = one.generate(model, request('a'), { purpose, signal: stop.signal })
    await clock.advance(1)
    stop.abort()
    await expect(waiting).rejects.toBe(stop.signal.reason)
    answer.resolve(generation())
    await clock.until(other)
    await clock.until(one.generate(model, request('b'), { purpose }))
    expect(one.bill.calls).toBe(1)
  })

  it('of one who asked first does not refuse another who asks the same meanwhile', async () => {
    const { clock, model, calls } = gateSetting()
    failOnce(model)
    const [poor, rich] = [calls('alice', { calls: 1 }), calls('alice', { calls: 10 })]
    const asked = [poor, rich].map((each) => each.generate(model, request(), { purpose }))
    const [first, second] = await clock.until(Promise.allSettled(asked))
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'BUDGET_EXCEEDED' } })
    expect(second?.status).toBe('fulfilled')
    expect([poor.bill.calls, rich.bill.calls]).toEqual([1, 1])
  })
})

function failOnce(model: ReturnType<typeof gateSetting>['model']): void {
  model.answerWith = async (_, call) => {
    if (call === 1) throw failure('MODEL_UNAVAILABLE', { retryable: true })
    return generation()
  }
}

describe('a budget of a user', () => {
  const hour = 3_600_000

  it.each([
    ['calls', { calls: 7 }, 7],
    ['tokens', { tokens: 200 }, 7],
    ['dollars', { usd: 0.01 }, 11],
  ] as const)('in %s is never exceeded, whatever calls there are at once, and each user has one', async (_, budget, expected) => {
    const { clock, model, models } = gateSetting({ prices, budgetPerUser: { ...budget, perMs: hour } })
    for (const user of ['alice', 'bob']) {
      const before = model.requests.length
      const operations = Array.from({ length: 100 }, (_each, n) => models(user, `memory ${n % 3}`).begin({ models: [] }))
      const { answered, errors } = await clock.until(outcomes(operations, model, 8))
      expect(answered).toBe(expected)
      expect(model.requests.length - before).toBe(expected)
      expect(errors).toHaveLength(800 - expected)
      const [field] = Object.keys(budget)
      const isAlways = errors.every(
        (error) => error.code === 'BUDGET_EXCEEDED' && error.field === `budgetPerUser.${field}` && error.retryable,
      )
      expect(isAlways).toBe(true)
      expect(errors[0]?.retryAfterMs).toBeLessThanOrEqual(hour)
    }
  })

  it('is whole again when its time is over', async () => {
    const { clock, model, calls } = gateSetting({ budgetPerUser: { calls: 2, perMs: hour } })
    const ask = (n: number) => clock.until(calls().generate(model, request(`${n}`), { purpose }))
    await ask(1)
    await clock.advance(hour / 2)
    await ask(2)
    await expect(ask(3)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: true, retryAfterMs: hour / 2 })
    await clock.advance(hour / 2)
    await ask(4)
    expect(model.requests).toHaveLength(3)
  })

  it('and one of the call both hold, and the error says whose did not reach', async () => {
    const { clock, model, calls } = gateSetting({ budgetPerUser: { calls: 3, perMs: hour } })
    expect(await clock.until(outcomes([calls('alice', { calls: 2 })], model, 5))).toMatchObject({
      answered: 2,
      errors: [{ field: 'budget.calls' }, {}, {}],
    })
    expect(await clock.until(outcomes([calls('alice', { calls: 2 })], model, 5))).toMatchObject({
      answered: 1,
      errors: [{ field: 'budgetPerUser.calls' }, {}, {}, {}],
    })
  })

  it('is remembered no longer than its time', () => {
    let now = 0
    const users = new UserAllowances({ calls: 1, perMs: 60_000 }, () => now)
    for (let user = 0; user < 10_000; user += 1) {
      now += 1_000
      users.of(`user ${user}`)
    }
    expect(users.size).toBeLessThanOrEqual(60)
  })
})

describe('a budget in dollars', () => {
  it('is refused before any request where a price is not known', async () => {
    const { models, model, calls } = gateSetting()
    const begin = () => models().begin({ budget: { usd: 1 }, models: ['fake:one'] })
    expect(begin).toThrow(expect.objectContaining({ code: 'PRICE_UNKNOWN', field: 'prices' }))
    await expect(calls('alice', { usd: 1 }).generate(model, request(), { purpose })).rejects.toMatchObject({ code: 'PRICE_UNKNOWN' })
    const ofUser = gateSetting({ budgetPerUser: { usd: 1, perMs: 1 } })
    expect(() => ofUser.models().begin({ models: ['fake:one'] })).toThrow(expect.objectContaining({ code: 'PRICE_UNKNOWN' }))
    expect(model.requests).toEqual([])
  })

  it('holds what a request costs at most, cache writes included', async () => {
    const dear = { 'fake:one': { input: 10, cacheWrite: 12.5, output: 100 } }
    const usd = (70 * 12.5 + 32 * 100) / 1_000_000
    for (const [budget, answered] of [
      [usd, 1],
      [usd - 1e-9, 0],
    ] as const) {
      const { clock, model, calls } = gateSetting({ prices: dear })
      expect(await clock.until(outcomes([calls('alice', { usd: budget })], model, 1))).toMatchObject({ answered })
    }
  })
})

it('the figures of this file are those of its requests', async () => {
  const { clock, model, calls } = gateSetting({ prices })
  const one = calls()
  await clock.until(one.generate(model, request(), { purpose }))
  expect(one.bill.inputTokens + one.bill.outputTokens).toBe(taken.tokens)
  expect(one.bill.usd).toBeCloseTo(taken.usd, 12)
  // The eleventh and last of 0.01 dollars: what ten took, and what it may take.
  expect(10 * taken.usd + most.usd).toBeLessThanOrEqual(0.01)
  expect(11 * taken.usd + most.usd).toBeGreaterThan(0.01)
})
