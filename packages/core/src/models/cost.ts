import type { ModelUsage } from '../spec/index.ts'
import type { ModelPrice } from './prices.ts'

/** What tokens cost, in US dollars. */
export function costOf(usage: ModelUsage, price: ModelPrice): number {
  const { inputTokens, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens } = usage
  const { input, cachedInput = input, cacheWrite = input, output } = price
  const plain = inputTokens - cachedInputTokens - cacheWriteTokens
  return (plain * input + cachedInputTokens * cachedInput + cacheWriteTokens * cacheWrite + outputTokens * output) / 1_000_000
}

/** What tokens cost at most, whatever of them the provider reads from its cache or writes to it. */
export function costAtMost(usage: Pick<ModelUsage, 'inputTokens' | 'outputTokens'>, price: ModelPrice): number {
  const { input, cachedInput = input, cacheWrite = input, output } = price
  return (usage.inputTokens * Math.max(input, cachedInput, cacheWrite) + usage.outputTokens * output) / 1_000_000
}
