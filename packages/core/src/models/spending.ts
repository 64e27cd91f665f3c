import pMap from 'p-map'
import {
  type CallOptions,
  type Embedder,
  type GenerateOptions,
  type GenerateRequest,
  type Generation,
  GraphMemError,
  type GraphMemErrorCode,
  type LanguageModel,
  type ModelCalls,
  type ModelPurpose,
  type ModelUsage,
  unlessAborted,
} from '../spec/index.ts'
import { Allowance, type Amount } from './allowance.ts'
import { type Bill, type BillItem, emptyBill, withItem } from './bill.ts'
import type { Budget } from './budget.ts'
import { costAtMost, costOf } from './cost.ts'
import type { GateShare } from './gate-share.ts'
import { sleep, withinTime } from './model-clock.ts'
import type { ModelPrice } from './prices.ts'
import { boundOf, boundOfTexts, type TokenBound, tokensOfBytes, tokensOfText } from './request-size.ts'

/** A request as it is made, and made again. */
interface Asked<T> {
  readonly purpose: ModelPurpose
  readonly model: string
  readonly bound: TokenBound
  readonly send: (signal: AbortSignal) => Promise<Sent<T>>
  /** Whether some of the answer was handed on already: then it cannot be begun again. */
  readonly hasBegun: () => boolean
}

interface Sent<T> {
  readonly value: T
  /** What the provider says. */
  readonly usage: ModelUsage | undefined
  /** What the answer takes by estimate. */
  readonly outputTokens: number
}

/** What became of one request. */
type Outcome<T> = Taken & ({ readonly isAnswered: true; readonly value: T } | { readonly isAnswered: false; readonly error: unknown })

interface Taken {
  readonly usage: ModelUsage
  readonly isEstimate: boolean
  readonly durationMs: number
}

const nothing: Amount = { calls: 0, tokens: 0, usd: 0 }
const noUsage: ModelUsage = { inputTokens: 0, outputTokens: 0 }
/** Back-off before a request is made again: at random up to a bound that doubles each time (full jitter). */
const firstBackOffMs = 1_000
const longestBackOffMs = 30_000
/** How often a request is made again because of the form of its answer: adapters ask for less and less of it. */
const mostForms = 3
/** Requests of one `embed` that are under way at once. */
const embedConcurrency = 8

/** The calls of models that one operation makes, within its budget and its user's, and the bill for them. */
export class Spending implements ModelCalls {
  readonly #gate: GateShare
  readonly #ofCall: Allowance
  readonly #needsPrice: boolean
  #bill: Bill = emptyBill
  /** Once a budget did not reach, nothing more is asked in this operation. */
  #exceeded: GraphMemError | undefined

  /** @throws GraphMemError `PRICE_UNKNOWN` */
  constructor(gate: GateShare, budget: Budget, needsPrice: boolean, models: readonly string[]) {
    this.#gate = gate
    this.#ofCall = new Allowance(budget, 'call')
    this.#needsPrice = needsPrice
    for (const model of models) this.#priceOf(model)
  }

  /** What was spent so far. */
  get bill(): Bill {
    return this.#bill
  }

  async generate(
    model: LanguageModel,
    request: GenerateRequest,
    { purpose, signal, onText }: GenerateOptions & { readonly purpose: ModelPurpose },
  ): Promise<Generation> {
    let pieces = 0
    const handOn =
      onText === undefined
        ? undefined
        : (piece: string) => {
            pieces += 1
            onText(piece)
          }
    const asked: Asked<Generation> = {
      purpose,
      model: model.id,
      bound: boundOf(request),
      hasBegun: () => pieces > 0,
      send: async (stop) => {
        const value = await model.generate(request, { signal: stop, onText: handOn })
        return { value, usage: value.usage, outputTokens: tokensOfText(value.text) }
      },
    }
    // Each who listens is to hear it from the first piece on.
    if (onText !== undefined) return this.#request(asked, signal)
    const { system, messages, schema, maxOutputTokens } = request
    const key = JSON.stringify([purpose, system, messages, schema, maxOutputTokens])
    return this.#gate.share(model, key, signal, (stop) => this.#request(asked, stop))
  }

  async embed(embedder: Embedder, texts: readonly string[], { signal }: CallOptions = {}): Promise<readonly Float32Array[]> {
    const size = embedder.remote?.maxTexts ?? texts.length
    const parts = Array.from({ length: Math.ceil(texts.length / size) }, (_, part) => texts.slice(part * size, (part + 1) * size))
    const failed: unknown[] = []
    const embedPart = async (part: readonly string[]): Promise<readonly Float32Array[]> => {
      if (failed.length > 0) return []
      try {
        return await this.#gate.share(embedder, JSON.stringify(part), signal, (stop) => this.#request(embedding(embedder, part), stop))
      } catch (error) {
        failed.push(error)
        return []
      }
    }
    const vectors = (await pMap(parts, embedPart, { concurrency: embedConcurrency })).flat()
    if (failed.length > 0) throw failed[0]
    return vectors
  }

  async #request<T>(asked: Asked<T>, signal: AbortSignal | undefined): Promise<T> {
    const queue = this.#gate.queueOf(asked.model)
    const { retries, maxWaitMs } = queue.limits
    const arrival = queue.arrive()
    const left = { retries, forms: mostForms }
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(asked, arrival, signal)
      if (outcome.isAnswered) {
        this.#enter(asked, outcome, attempt, 'answered')
        return outcome.value
      }
      const { error } = outcome
      const waitMs = signal?.aborted === true || asked.hasBegun() ? undefined : this.#backOffMs(error, attempt)
      const kind = isCode(error, 'MODEL_SCHEMA_REFUSED') ? 'forms' : 'retries'
      const isAgain = waitMs !== undefined && waitMs <= maxWaitMs && left[kind] > 0
      left[kind] -= 1
      this.#enter(asked, outcome, attempt, isAgain ? 'retried' : 'failed')
      const pauseMs = isCode(error, 'MODEL_LIMITED') ? error.retryAfterMs : undefined
      if (pauseMs !== undefined) queue.pause(pauseMs)
      if (!isAgain) throw error
      // Who waits for a pause to end keeps its place meanwhile.
      if (pauseMs === undefined && waitMs > 0) await sleep(this.#gate.clock, waitMs, signal)
    }
  }

  /** How long to wait before the request is made again; `undefined` where that would not help. */
  #backOffMs(error: unknown, attempt: number): number | undefined {
    if (!GraphMemError.is(error)) return undefined
    // The adapter knows better at once.
    if (error.code === 'MODEL_SCHEMA_REFUSED') return 0
    if (!error.retryable) return undefined
    return error.retryAfterMs ?? this.#gate.random() * Math.min(longestBackOffMs, firstBackOffMs * 2 ** (attempt - 1))
  }

  /** Sets aside, waits for the turn, and makes the request once. @throws when it was not made */
  async #attempt<T>(asked: Asked<T>, arrival: number, signal: AbortSignal | undefined): Promise<Outcome<T>> {
    const { model, bound } = asked
    const price = this.#priceOf(model)
    const most = { calls: 1, tokens: bound.inputTokens + bound.outputTokens, usd: price === undefined ? 0 : costAtMost(bound, price) }
    const settle = await this.#setAside(most, model, signal)
    let taken = nothing
    try {
      const turn = await this.#gate.queueOf(model).turn({ tenant: this.#gate.tenant, tokens: most.tokens, arrival }, signal)
      try {
        signal?.throwIfAborted()
        const outcome = await this.#send(asked, signal)
        taken = amountOf(outcome.usage, price)
        return outcome
      } finally {
        turn.end(taken.tokens)
      }
    } finally {
      settle(taken)
    }
  }

  /**
   * Sets aside what the request may take at most, in the budgets of the call and of the user, or in neither. Where it does not fit, it waits for what
   * others may give back.
   *
   * @throws GraphMemError `BUDGET_EXCEEDED`
   */
  async #setAside(most: Amount, model: string, signal: AbortSignal | undefined): Promise<(taken: Amount) => void> {
    for (;;) {
      signal?.throwIfAborted()
      if (this.#exceeded !== undefined) throw this.#exceeded
      const ofUser = this.#gate.ofUser()
      const allowances = ofUser === undefined ? [this.#ofCall] : [this.#ofCall, ofUser]
      const short = allowances.find((allowance) => !allowance.fits(most))
      if (short === undefined) {
        for (const allowance of allowances) allowance.setAside(most)
        return (taken) => {
          for (const allowance of allowances) allowance.settle(most, taken)
        }
      }
      try {
        short.refuseBeyond(most, model)
      } catch (error) {
        if (GraphMemError.is(error)) this.#exceeded = error
        throw error
      }
      await unlessAborted(short.settled(), signal)
    }
  }

  async #send<T>(asked: Asked<T>, signal: AbortSignal | undefined): Promise<Outcome<T>> {
    const { model, bound } = asked
    const { clock } = this.#gate
    const ms = this.#gate.queueOf(model).limits.timeoutMs
    const started = clock.now()
    const estimated = (outputTokens: number) => ({ inputTokens: tokensOfBytes(bound.inputTokens), outputTokens })
    try {
      const { value, usage, outputTokens } = await withinTime({ clock, ms, signal, late: () => timedOut(model, ms) }, asked.send)
      return {
        isAnswered: true,
        value,
        usage: usage ?? estimated(outputTokens),
        isEstimate: usage === undefined,
        durationMs: clock.now() - started,
      }
    } catch (caught) {
      const isAborted = signal?.aborted === true
      const error = isAborted ? signal.reason : known(caught, model)
      // The model was at work; how far it came nobody says.
      const isCutOff = isAborted || asked.hasBegun() || isCode(error, 'MODEL_TIMEOUT')
      return {
        isAnswered: false,
        error,
        usage: isCutOff ? estimated(bound.outputTokens) : noUsage,
        isEstimate: isCutOff,
        durationMs: clock.now() - started,
      }
    }
  }

  /** Puts a request on the bill, and tells of it. */
  #enter<T>({ purpose, model }: Asked<T>, sent: Outcome<T>, attempt: number, outcome: BillItem['outcome']): void {
    const { usage, isEstimate, durationMs } = sent
    const price = this.#priceOf(model)
    const { inputTokens, cachedInputTokens = 0, outputTokens } = usage
    const usd = price === undefined ? undefined : costOf(usage, price)
    const item = { purpose, model, outcome, inputTokens, cachedInputTokens, outputTokens, usd, estimated: isEstimate }
    this.#bill = withItem(this.#bill, { ...item, calls: 1 })
    const code = !sent.isAnswered && GraphMemError.is(sent.error) ? { code: sent.error.code } : {}
    this.#gate.observe({ type: 'model-called', ...item, ...code, attempt, durationMs })
  }

  #priceOf(model: string): ModelPrice | undefined {
    const price = this.#gate.priceOf(model)
    if (price !== undefined || !this.#needsPrice) return price
    throw new GraphMemError({
      code: 'PRICE_UNKNOWN',
      field: 'prices',
      message: `Cannot keep a budget in US dollars: the price of ${model} is not known. Give it as new GraphMem({ prices: { '${model}': { input, output } } }), in dollars for a million tokens.`,
    })
  }
}

function embedding(embedder: Embedder, texts: readonly string[]): Asked<readonly Float32Array[]> {
  return {
    purpose: 'embed',
    model: embedder.id,
    bound: { inputTokens: boundOfTexts(texts), outputTokens: 0 },
    hasBegun: () => false,
    send: async (signal) => {
      let usage: ModelUsage | undefined
      const onUsage = (told: ModelUsage) => {
        usage = told
      }
      const value = await embedder.embed(texts, { signal, onUsage })
      return { value, usage, outputTokens: 0 }
    },
  }
}

function amountOf(usage: ModelUsage, price: ModelPrice | undefined): Amount {
  return { calls: 1, tokens: usage.inputTokens + usage.outputTokens, usd: price === undefined ? 0 : costOf(usage, price) }
}

function isCode(error: unknown, code: GraphMemErrorCode): error is GraphMemError {
  return GraphMemError.is(error) && error.code === code
}

/** What a foreign error says may hold the text that it was about, and stays out. */
function known(error: unknown, model: string): GraphMemError {
  if (GraphMemError.is(error)) return error
  return new GraphMemError({ code: 'MODEL_FAILED', message: `Cannot use ${model}: its adapter failed. Make the same call again.` })
}

function timedOut(model: string, ms: number): GraphMemError {
  return new GraphMemError({
    code: 'MODEL_TIMEOUT',
    retryable: true,
    message: `Cannot use ${model}: no whole answer came within ${ms} ms. Make the same call again, or set a longer timeoutMs.`,
  })
}
