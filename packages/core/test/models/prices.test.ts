import { describe, expect, it } from 'vitest'
import { costAtMost, costOf } from '../../src/models/cost.ts'
import { priceOf, publishedPrices } from '../../src/models/prices.ts'

describe('a price', () => {
  it('that ships says as of when it was published, and where', () => {
    for (const [model, price] of Object.entries(publishedPrices)) {
      expect(model).toMatch(/^(openai|anthropic):[a-z0-9.-]+$/)
      expect(price.asOf).toMatch(/^20\d\d-[01]\d-[0-3]\d$/)
      expect(price.source).toMatch(/^https:\/\//)
      expect(price.cachedInput ?? 0).toBeLessThan(price.input)
      expect(price.cacheWrite ?? price.input).toBeGreaterThanOrEqual(price.input)
    }
  })

  it('that is not known is undefined, and never nothing', () => {
    for (const model of ['openai:gpt-99', 'gpt-4o-mini', 'constructor', 'other:model', 'ollama:gpt-oss:120b-cloud', 'ollama:kimi-k2:cloud'])
      expect(priceOf(model, {})).toBeUndefined()
  })

  it('is nothing for what the user’s own machine does', () => {
    for (const model of ['ollama:llama3.2', 'ollama:cloudy:7b']) expect(priceOf(model, {})).toEqual({ input: 0, output: 0 })
  })

  it('of the user’s own goes before', () => {
    const own = { 'openai:gpt-4o-mini': { input: 9, output: 9 }, 'ollama:llama3.2': { input: 1, output: 1 } }
    for (const [model, price] of Object.entries(own)) expect(priceOf(model, own)).toBe(price)
  })

  it('counts what came from the cache and went to it by itself, and at most as the dearest', () => {
    const price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 }
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 500_000, cacheWriteTokens: 100_000, outputTokens: 200_000 }
    expect(costOf(usage, price)).toBeCloseTo(0.4 * 3 + 0.5 * 0.3 + 0.1 * 3.75 + 0.2 * 15, 10)
    expect(costAtMost(usage, price)).toBeCloseTo(3.75 + 3, 10)
    expect(costOf(usage, { input: 3, output: 15 })).toBeCloseTo(3 + 3, 10)
  })
})
