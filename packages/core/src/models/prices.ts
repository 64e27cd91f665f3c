import { z } from 'zod'

/** What a model costs: US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number
  /** For input read from the provider's cache. Default: as other input. */
  readonly cachedInput?: number
  /** For input written to the provider's cache. Default: as other input. */
  readonly cacheWrite?: number
  /** 0 for an embedder. */
  readonly output: number
}

/** Prices by model id, `openai:gpt-4o-mini`. */
export type Prices = Readonly<Record<string, ModelPrice>>

/** A price as its provider publishes it, and when it was that. */
export interface PublishedPrice extends ModelPrice {
  /** `2026-10-24`. Prices change: give your own where this is too old. */
  readonly asOf: string
  readonly source: string
}

const amount = z.number().min(0)

export const pricesSchema = z.record(
  z.string(),
  z.strictObject({ input: amount, cachedInput: amount.optional(), cacheWrite: amount.optional(), output: amount }),
) as z.ZodType<Prices>

const openAi = { asOf: '2026-05-31', source: 'https://developers.openai.com/api/docs/pricing' }
/** Writes to the cache for five minutes. */
const anthropic = { asOf: '2026-10-24', source: 'https://platform.claude.com/docs/en/about-claude/pricing' }

const opus = { input: 5, cachedInput: 0.5, cacheWrite: 6.25, output: 25, ...anthropic }
const sonnet4 = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15, ...anthropic }
const haiku = { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5, ...anthropic }

/**
 * Standard prices of the providers' own APIs, without discounts for batches or commitments, and without taxes. A model that is missing here has no
 * known price, and a model whose price depends on how long a request is cannot be here.
 */
export const publishedPrices: Readonly<Record<string, PublishedPrice>> = {
  'openai:gpt-5': { input: 1.25, cachedInput: 0.125, output: 10, ...openAi },
  'openai:gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2, ...openAi },
  'openai:gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4, ...openAi },
  'openai:gpt-4.1': { input: 2, cachedInput: 0.5, output: 8, ...openAi },
  'openai:gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6, ...openAi },
  'openai:gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4, ...openAi },
  'openai:gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10, ...openAi },
  'openai:gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6, ...openAi },
  'openai:text-embedding-3-small': { input: 0.02, output: 0, ...openAi },
  'openai:text-embedding-3-large': { input: 0.13, output: 0, ...openAi },
  'anthropic:claude-opus-5-5': { input: 4, cachedInput: 0.2, cacheWrite: 5, output: 20, ...anthropic },
  'anthropic:claude-opus-5': opus,
  'anthropic:claude-opus-4-8': opus,
  'anthropic:claude-opus-4-7': opus,
  'anthropic:claude-opus-4-6': opus,
  'anthropic:claude-opus-4-5': opus,
  'anthropic:claude-sonnet-5-5': { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, ...anthropic },
  'anthropic:claude-sonnet-5': { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10, ...anthropic },
  'anthropic:claude-sonnet-4-6': sonnet4,
  'anthropic:claude-sonnet-4-5': sonnet4,
  'anthropic:claude-haiku-4-5': haiku,
  'anthropic:claude-haiku-4-5-20251001': haiku,
}

/** Work of the user's own machine. What Ollama hands on to its cloud is not, and says so in its name. */
const ownMachine = /^ollama:(?!.*[:-]cloud$)/

/** The price of a model, if it is known. */
export function priceOf(model: string, own: Prices): ModelPrice | undefined {
  if (Object.hasOwn(own, model)) return own[model]
  if (Object.hasOwn(publishedPrices, model)) return publishedPrices[model]
  return ownMachine.test(model) ? { input: 0, output: 0 } : undefined
}
