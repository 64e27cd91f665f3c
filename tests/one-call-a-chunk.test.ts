import type { GraphMemOptions } from '@graphmem/core'
import { expect, it } from 'vitest'
import { countingStore } from './counting-store.ts'
import { onEveryStore, type Setting, settingOf } from './on-every-store.ts'
import { failure, type PayingReasoner, payingReasoner } from './paying-reasoner.ts'

const documents = Array.from({ length: 20 }, (_, n) => ({ id: `d${n}`, text: `Bob${n} works at Google.` }))
/** Waits until something else can happen. */
const event = () => new Promise((resolve) => setImmediate(resolve))
const texts = documents.map(({ text }) => text)

onEveryStore('with a model', (create, isInProcess) => {
  const paying = (
    options: Partial<GraphMemOptions> = {},
  ): Setting & { readonly reasoner: Setting['reasoner']; readonly paid: PayingReasoner } => {
    const paid = payingReasoner()
    return { ...create({ reasoner: paid, ...options }), paid }
  }

  /** That each of the texts was answered for once, and no other. */
  const expectOnce = ({ model }: PayingReasoner, expected: readonly string[] = texts) =>
    expect(model.answered.toSorted()).toEqual(expected.toSorted())

  it('a new chunk is one call, and what is known is none', async () => {
    const { memory, paid } = paying()
    const first = await memory().ingest({ documents })
    expect(first).toMatchObject({ added: 20, chunks: 20, usage: { calls: 20, inputTokens: 800, outputTokens: 200 } })
    expectOnce(paid)
    const again = await memory().ingest({ documents })
    expect(again).toMatchObject({ unchanged: 20, usage: { calls: 0, usd: 0, items: [] } })
    expect(paid.model.requests).toHaveLength(20)
  })

  it('chunks that failed are called for again, and those that did not are not', async () => {
    const { memory, paid } = paying({ modelLimits: { retries: 1 } })
    paid.model.before = (content, call) => {
      // Of some both tries fail, of others the first.
      if (/Bob1\d/.test(content)) throw failure('MODEL_UNAVAILABLE', 0)
      if (call % 3 === 0) throw failure('MODEL_LIMITED', 0)
    }
    const { usage, ...first } = await memory().ingest({ documents })
    expect(first.episodes.flatMap(({ failures }) => failures.map(({ code }) => code))).toEqual(
      first.episodes.filter(({ status }) => status === 'failed').map(() => expect.stringMatching(/^MODEL_(UNAVAILABLE|LIMITED)$/)),
    )
    expect(usage.calls).toBe(paid.model.requests.length)
    paid.model.before = () => undefined
    expect(await memory().ingest({ documents })).toMatchObject({ failed: 0, chunks: first.failed })
    expectOnce(paid)
  })

  it('writers in conflict read nothing twice', async () => {
    const one = paying()
    const other = payingReasoner()
    const there = one.another({ reasoner: other })
    await Promise.all(documents.map((document, n) => (n % 2 === 0 ? one : there).memory().ingest({ documents: [document] })))
    const conflicts = [...one.events, ...there.events].filter(({ type }) => type === 'apply-conflicted')
    expect(conflicts.length).toBeGreaterThan(0)
    expect([...one.paid.model.answered, ...other.model.answered].toSorted()).toEqual(texts.toSorted())
    expect((await one.memory().stats()).records.chunks).toBe(20)
  })

  it('a replacement is one call a chunk of the new text', async () => {
    const { memory, paid } = paying()
    const { episodes } = await memory().ingest({ documents })
    await memory().replace(episodes[0]?.id ?? '', { documents: [{ text: 'Carol works at Meta.' }] })
    await memory().ingest({ documents: [{ id: 'd1', text: 'Dan works at Apple.' }] }, { replace: true })
    expectOnce(paid, [...texts, 'Carol works at Meta.', 'Dan works at Apple.'])
  })

  it('the same text told twice at once is paid for once, whenever the second comes', async () => {
    for (let after = 0; after <= 20; after += isInProcess ? 1 : 5) {
      const { memory, paid } = paying()
      const begun = Promise.withResolvers<void>()
      paid.model.before = async (_, call) => {
        if (call > after) begun.resolve()
        await Promise.resolve()
      }
      const first = memory().ingest({ documents })
      void first.then(() => begun.resolve())
      await begun.promise
      const both = await Promise.all([first, memory().ingest({ documents })])
      expectOnce(paid)
      expect(both.map(({ failed }) => failed)).toEqual([0, 0])
      expect(both.reduce((calls, { usage }) => calls + usage.calls, 0)).toBe(20)
      expect((await memory().stats()).records.chunks).toBe(20)
    }
  })

  it('what the first of two could not pay for, the second reads', async () => {
    const { memory, paid } = paying()
    const both = await Promise.all([memory().ingest({ documents }, { budget: { calls: 5 } }), memory().ingest({ documents })])
    expect(both.map(({ failed }) => failed)).toEqual([15, 0])
    expectOnce(paid)
  })

  it('a call that is aborted at any request is paid for once when it is made again', async () => {
    for (let at = 1; at <= 20; at += isInProcess ? 1 : 6) {
      const { memory, paid } = paying()
      const stop = new AbortController()
      const reason = new Error('called off')
      paid.model.before = async (_, call) => {
        // Answers come one after the other, each as an event of its own.
        for (let n = 0; n < call % 5; n += 1) await event()
        if (call === at) stop.abort(reason)
        await event()
      }
      await expect(memory().ingest({ documents }, { signal: stop.signal, concurrency: 4 })).rejects.toBe(reason)
      paid.model.before = () => undefined
      expect(await memory().ingest({ documents })).toMatchObject({ failed: 0 })
      expectOnce(paid)
      expect((await memory().stats()).records.chunks).toBe(20)
    }
  })

  it('a call that is aborted at any call of the store is paid for once when it is made again', async () => {
    for (let at = 1; ; at += 1) {
      const stop = new AbortController()
      const reason = new Error('called off')
      let seen = 0
      const store = countingStore(create().store, () => {
        seen += 1
        if (seen === at) stop.abort(reason)
      })
      const paid = payingReasoner()
      const { memory } = settingOf(store, { reasoner: paid })
      const few = documents.slice(0, 6)
      const outcome = await memory()
        .ingest({ documents: few }, { signal: stop.signal, concurrency: 2 })
        .then(
          () => 'done',
          (error: unknown) => error,
        )
      if (seen < at) break
      if (outcome !== 'done') expect(outcome).toBe(reason)
      expect(await memory().ingest({ documents: few })).toMatchObject({ failed: 0 })
      expectOnce(paid, texts.slice(0, 6))
    }
  })

  it('what is written at once is no more than what is read at once, unless it is asked for', async () => {
    const { memory, events } = paying()
    const applied = () => events.flatMap((event) => (event.type === 'apply-done' ? [event.chunks] : []))
    await memory().ingest({ documents })
    expect(applied()).toEqual([8, 8, 4])
    events.length = 0
    await memory({ memoryId: 'b' }).ingest({ documents }, { concurrency: 3 })
    expect(Math.max(...applied())).toBe(3)
    events.length = 0
    await memory({ memoryId: 'c' }).ingest({ documents }, { batchSize: 20 })
    expect(applied()).toEqual([20])
  })
})
