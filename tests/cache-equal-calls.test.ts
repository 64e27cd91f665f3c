import { expect, it } from 'vitest'
import { content } from './content.ts'
import { onEveryCache } from './on-every-cache.ts'

const question = 'Where does Bob work?'

await onEveryCache('a cache that is asked the same at once', (create) => {
  it('computes equal calls that are made at once a single time, each with a result of its own', async () => {
    const { memory, reasoner } = create()
    await memory().ingest('Bob works at Google.')
    const all = await Promise.all(Array.from({ length: 5 }, () => memory().query(question)))
    expect(reasoner.asked).toHaveLength(1)
    expect(new Set(all.map(content)).size).toBe(1)
    expect(new Set(all.map(({ chunks }) => chunks)).size).toBe(5)
  })

  it('lets one of several equal calls be aborted without harm to the others', async () => {
    const { memory, reasoner, another } = create()
    await memory().ingest('Bob works at Google.')
    const signals: (AbortSignal | undefined)[] = []
    const { promise: mayAnswer, resolve: go } = Promise.withResolvers<void>()
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    const waiting = another({
      reasoner: {
        ...reasoner,
        async answer(given, evidence, options) {
          signals.push(options?.signal)
          asked()
          await mayAnswer
          return reasoner.answer(given, evidence)
        },
      },
    })
    const [one, two] = [new AbortController(), new AbortController()]
    const first = waiting.memory().query(question, { signal: one.signal })
    const second = waiting.memory().query(question, { signal: two.signal })
    await isAsked
    const reason = new Error('enough')
    one.abort(reason)
    await expect(first).rejects.toBe(reason)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    go()
    expect(await second).toMatchObject({ answer: 'Google' })
    await expect(waiting.memory().query(question, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('stops what nobody waits for any more, and computes it for the next who asks', async () => {
    const { memory, reasoner, another } = create()
    await memory().ingest('Bob works at Google.')
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<AbortSignal | undefined>()
    const waiting = another({
      reasoner: {
        ...reasoner,
        async answer(given, evidence, options) {
          if (reasoner.asked.length > 0) return reasoner.answer(given, evidence)
          reasoner.asked.push({ question: given, evidence })
          asked(options?.signal)
          return new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)))
        },
      },
    })
    const stops = [new AbortController(), new AbortController()]
    const calls = stops.map(({ signal }) => waiting.memory().query(question, { signal }))
    const settled = Promise.allSettled(calls)
    const signal = await isAsked
    stops[0]?.abort('one')
    stops[1]?.abort('two')
    expect((await settled).map((each) => each.status === 'rejected' && (each.reason as unknown))).toEqual(['one', 'two'])
    expect(signal?.aborted).toBe(true)
    expect(await waiting.memory().query(question)).toMatchObject({ answer: 'Google' })
  })
})
