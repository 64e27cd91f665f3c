import type { ModelPurpose } from '../spec/index.ts'

/** What an operation spent on models. */
export interface Bill {
  /** Requests that were made, whatever became of them. */
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars; `undefined` when the price of anything on the bill is not known, which is not nothing. */
  readonly usd: number | undefined
  /** In order of purpose, model and outcome. Empty where no model was called. */
  readonly items: readonly BillItem[]
}

/** Requests of one kind and outcome. */
export interface BillItem {
  readonly purpose: ModelPurpose
  /** `openai:gpt-4o-mini` */
  readonly model: string
  /** `retried`: failed, and was made again. `failed`: the last try. What these took is what the provider said, or nothing. */
  readonly outcome: 'answered' | 'retried' | 'failed'
  readonly calls: number
  readonly inputTokens: number
  /** Of these, read from the provider's cache. */
  readonly cachedInputTokens: number
  readonly outputTokens: number
  readonly usd: number | undefined
  /** Whether any of these came without a count of tokens, and so counts by estimate. */
  readonly estimated: boolean
}
