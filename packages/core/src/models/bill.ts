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
  /**
   * `retried`: failed, and was made again. `failed`: the last try. These took nothing that the provider would say; one that was cut off while the
   * model was at work (out of time, called off, in the middle of its answer) counts by estimate.
   */
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

/** Of an operation that called no model. */
export const emptyBill: Bill = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, items: [] }

/** The bill with one more item. */
export function withItem(bill: Bill, item: BillItem): Bill {
  const isAlike = (other: BillItem) => orderOf(other) === orderOf(item)
  const alike = bill.items.find(isAlike)
  const items = [...bill.items.filter((other) => !isAlike(other)), alike === undefined ? item : joined(alike, item)]
  return {
    calls: bill.calls + item.calls,
    inputTokens: bill.inputTokens + item.inputTokens,
    outputTokens: bill.outputTokens + item.outputTokens,
    usd: plus(bill.usd, item.usd),
    items: items.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  }
}

/** One bill for several operations. */
export function totalBill(bills: readonly Bill[]): Bill {
  return bills.flatMap(({ items }) => items).reduce(withItem, emptyBill)
}

function joined(a: BillItem, b: BillItem): BillItem {
  return {
    ...a,
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    usd: plus(a.usd, b.usd),
    estimated: a.estimated || b.estimated,
  }
}

function orderOf({ purpose, model, outcome }: BillItem): string {
  return [purpose, model, outcome].join('\0')
}

/** What is not known makes the sum unknown. */
export function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}
