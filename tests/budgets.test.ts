import { type GraphMemOptions, totalBill } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, it } from 'vitest'
import { type Setting, settingOf } from './on-every-store.ts'
import { failure, modelId, type PayingReasoner, payingReasoner } from './paying-reasoner.ts'
import { rejection } from './rejection.ts'
import { embedderId, type RemoteEmbedder, remoteEmbedder } from './remote-embedder.ts'

const documents = Array.from({ length: 20 }, (_, n) => ({ id: `d${n}`, text: `Bob${n} works at Google.` }))
const hour = 3_600_000
const prices = { [modelId]: { input: 10, output: 100 }, [embedderId]: { input: 1, output: 0 } }

interface Paying extends Setting {
  readonly paid: PayingReasoner
  readonly vectors: RemoteEmbedder
}

function paying(options: Partial<GraphMemOptions> = {}): Paying {
  const [paid, vectors] = [payingReasoner(), remoteEmbedder()]
  return { ...settingOf(memoryStore(), { reasoner: paid, embedder: vectors, ...options }), paid, vectors }
}

const requestsOf = ({ paid, vectors }: Paying) => paid.model.requests.length + vectors.requests.length

describe('a budget', () => {
  it('leaves the chunks that it does not reach for as failed, and the same call again does only those', async () => {
    const setting = paying()
    const first = await setting.memory().ingest({ documents }, { budget: { calls: 7 } })
    // One request for the vectors of eight, and six readings.
    expect([requestsOf(setting), first.usage.calls]).toEqual([7, 7])
    expect(first).toMatchObject({ added: 6, failed: 14, chunks: 6 })
    const codes = first.episodes.flatMap(({ failures }) => failures.map(({ code }) => code))
    expect(new Set(codes)).toEqual(new Set(['BUDGET_EXCEEDED']))
    expect(first.episodes.flatMap(({ failures }) => failures.map(({ message }) => message))[0]).toContain(
      'the budget of the call in calls (7)',
    )
    expect(await setting.memory().ingest({ documents })).toMatchObject({ failed: 0, chunks: 14 })
    expect(setting.paid.model.answered.toSorted()).toEqual(documents.map(({ text }) => text).toSorted())
  })

  it('ends an ingest: no further request is tried', async () => {
    const setting = paying()
    const { failed } = await setting.memory().ingest({ documents }, { budget: { calls: 0 } })
    expect([failed, requestsOf(setting)]).toEqual([20, 0])
  })

  it.each([
    [{ calls: 30 }, ({ calls }: { readonly calls: number }) => calls <= 30],
    [{ tokens: 1_000 }, ({ inputTokens, outputTokens }) => inputTokens + outputTokens <= 1_000],
    [{ usd: 0.02 }, ({ usd = Number.NaN }) => usd <= 0.02],
  ] satisfies readonly (readonly [object, (bill: ReturnType<typeof totalBill>) => boolean])[])(
    'of a user (%o) is never exceeded by a hundred ingests at once, with requests that fail and are made again',
    async (budget, isWithin) => {
      const setting = paying({ prices, budgetPerUser: { ...budget, perMs: hour }, modelLimits: { retries: 2 } })
      setting.paid.model.before = (_, call) => {
        if (call % 4 === 0) throw failure('MODEL_LIMITED', 0)
      }
      setting.vectors.before = (_, call) => {
        if (call % 3 === 0) throw failure('MODEL_UNAVAILABLE', 0)
      }
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          setting
            .memory({ memoryId: `memory ${n % 10}` })
            .ingest(
              { documents: documents.slice(0, 10).map(({ text }) => ({ text: `${n} ${text}` })) },
              n % 2 === 0 ? {} : { budget: { calls: 3 } },
            ),
        ),
      )
      const bill = totalBill(results.map(({ usage }) => usage))
      expect(bill.calls).toBe(requestsOf(setting))
      expect(bill.calls).toBeGreaterThan(10)
      expect(isWithin(bill)).toBe(true)
      for (const [n, { usage, episodes }] of results.entries()) {
        if (n % 2 === 1) expect(usage.calls).toBeLessThanOrEqual(3)
        for (const { failures } of episodes)
          expect(failures.every(({ code }) => code === 'BUDGET_EXCEEDED' || code.startsWith('MODEL_'))).toBe(true)
      }
      // Another user has a budget of their own.
      expect((await setting.memory({ userId: 'bob' }).ingest('Bob works at Google.')).failed).toBe(0)
    },
  )

  it('holds a question too, which is then refused', async () => {
    const setting = paying()
    await setting.memory().ingest({ documents })
    const before = requestsOf(setting)
    for (const ask of [
      () => setting.memory().query('Where does Bob1 work?', { budget: { calls: 1 } }),
      () => setting.memory().recall('Where does Bob1 work?', { budget: { calls: 0 } }),
    ]) {
      expect(await rejection(ask())).toMatchObject({ code: 'BUDGET_EXCEEDED', field: 'budget.calls' })
    }
    expect(requestsOf(setting) - before).toBe(1)
    expect((await setting.memory().query('Where does Bob1 work?', { budget: { calls: 2 } })).answer).toBe('Google')
  })

  it('holds going over to another embedder, which leaves the memory as it was where it does not reach', async () => {
    const store = memoryStore()
    const before = settingOf(store, { reasoner: payingReasoner(), embedder: remoteEmbedder() }).memory()
    await before.ingest({ documents })
    const { generation } = await before.stats()
    const after = settingOf(store, { reasoner: payingReasoner(), embedder: { ...remoteEmbedder(), id: 'fake:another' } }).memory()
    expect((await rejection(after.reembed({ budget: { calls: 0 } }))).code).toBe('BUDGET_EXCEEDED')
    expect((await before.stats()).generation).toBe(generation)
    const { usage } = await after.reembed({ budget: { calls: 1 } })
    expect(usage.items).toMatchObject([{ purpose: 'embed', model: 'fake:another', calls: 1 }])
  })

  it('has nothing to hold where an index is made anew: its vectors are kept', async () => {
    const setting = paying()
    await setting.memory().ingest({ documents })
    const before = requestsOf(setting)
    expect((await setting.memory().reindex({ budget: { calls: 0 } })).usage.calls).toBe(0)
    expect(requestsOf(setting)).toBe(before)
  })

  it('in dollars is refused before any request where the price of any model is not known', async () => {
    for (const known of [modelId, embedderId]) {
      const setting = paying({ prices: { [known]: { input: 1, output: 1 } } })
      const memory = setting.memory()
      const unknown = known === modelId ? embedderId : modelId
      for (const call of [memory.ingest({ documents }, { budget: { usd: 1 } }), memory.query('Where?', { budget: { usd: 1 } })]) {
        expect(await rejection(call)).toMatchObject({ code: 'PRICE_UNKNOWN', message: expect.stringContaining(unknown) })
      }
      expect(requestsOf(setting)).toBe(0)
      expect((await memory.ingest({ documents })).usage.usd).toBeUndefined()
    }
  })

  it('is refused where it is none', async () => {
    const { memory } = paying()
    for (const budget of [{ calls: -1 }, { calls: 1.5 }, { tokens: Number.NaN }, { usd: -1 }, { dollars: 1 }, 7, null]) {
      expect(await rejection(memory().ingest('Bob', { budget: budget as never }))).toMatchObject({ code: 'INPUT_INVALID' })
      expect(await rejection(memory().query('Bob', { budget: budget as never }))).toMatchObject({ code: 'INPUT_INVALID' })
    }
    for (const options of [
      { budgetPerUser: { calls: 1 } },
      { budgetPerUser: { calls: 1, perMs: 0 } },
      { prices: { a: { input: 1 } } },
      { prices: { a: { input: -1, output: 1 } } },
      { modelLimits: { concurrency: 0 } },
      { modelLimits: { timeoutMs: Number.POSITIVE_INFINITY } },
      { modelLimits: 7 },
    ]) {
      const [field] = Object.keys(options)
      expect(() => paying(options as never)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', field: expect.stringContaining(field ?? '') }),
      )
    }
  })
})
