import { memoryCache } from '@graphmem/cache-memory'
import { GraphMemError, type Memory } from '@graphmem/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEveryStore, type Setting } from './on-every-store.ts'

/** Pairs of memories whose ids come to the same when they are joined, folded, cut or matched without care. */
const pairs = [
  [
    { userId: 'a', memoryId: 'b:c' },
    { userId: 'a:b', memoryId: 'c' },
  ],
  [
    { userId: 'alice', memoryId: 'chat' },
    { userId: 'Alice', memoryId: 'chat' },
  ],
  [
    { userId: 'alice', memoryId: 'chat' },
    { userId: 'bob', memoryId: 'chat' },
  ],
  [
    { userId: '%', memoryId: '%' },
    { userId: '_', memoryId: '_' },
  ],
  [
    { userId: "' OR '1'='1", memoryId: '*' },
    { userId: '*', memoryId: "' OR '1'='1" },
  ],
  [
    { userId: '../x', memoryId: '/' },
    { userId: 'x', memoryId: '..' },
  ],
  [
    { userId: '__proto__', memoryId: 'constructor' },
    { userId: 'constructor', memoryId: '__proto__' },
  ],
  [
    { userId: '\u00e9', memoryId: 'm' },
    { userId: 'e\u0301', memoryId: 'm' },
  ],
  [
    { userId: 'u', memoryId: 'm' },
    { userId: 'u', memoryId: 'm ' },
  ],
  [
    { userId: '日'.repeat(85), memoryId: '🙂' },
    { userId: '日'.repeat(84), memoryId: '🙂' },
  ],
] as const

const names = ['Bob', 'Carol', 'Google', 'Google Inc', 'Art', '東京']
const sentence = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('works at', 'likes', 'lives in', 'is not at'), fc.constantFrom(...names))
  .map(([subject, verb, object]) => `${subject} ${verb} ${object}.`)
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('ingest' as const), id: fc.constantFrom('x', 'y', 'z'), text: sentence, replace: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('query' as const),
      question: fc.constantFrom('Where does Bob work?', 'Who likes 東京?', 'Google'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), place: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retract' as const), place: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('erase' as const, 'reindex' as const, 'list' as const) }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never
const tale = fc.array(fc.record({ who: fc.constantFrom(0, 1), what: operation }), { minLength: 4, maxLength: 14 })

interface Ids {
  readonly userId: string
  readonly memoryId: string
}

async function run(setting: Setting, memory: Memory, { userId, memoryId }: Ids, what: Operation): Promise<string> {
  const done = async () => {
    switch (what.do) {
      case 'ingest':
        return memory.ingest({ id: what.id, text: what.text, at: '2024-01-01' }, { replace: what.replace })
      case 'query':
        return memory.query(what.question, { minConfidence: 0 })
      case 'forget': {
        const episode = (await memory.episodes())[what.place]
        return memory.forget({ episodeIds: episode === undefined ? [] : [episode.id] })
      }
      case 'retract': {
        const fact = (await memory.facts())[what.place]
        return fact === undefined ? [] : memory.correct({ verdict: 'retract', factIds: [fact.id] })
      }
      case 'erase':
        return memory.erase()
      case 'reindex':
        return memory.reindex()
      case 'list':
        return [
          await memory.facts({ history: true }),
          await memory.entities(),
          await memory.version(),
          await memory.stats(),
          await memory.digest(),
          (await setting.graphMem.user(userId).list()).includes(memoryId),
        ]
    }
  }
  const result = await done().catch((error: unknown) => {
    if (!GraphMemError.is(error)) throw error
    return { code: error.code, message: error.message }
  })
  return (
    JSON.stringify(result, (key, value: unknown) =>
      key.endsWith('Ms') || key === 'segmentBytes' || key === 'timings' || key === 'caches' || key === 'recordedAt' || key === 'retiredAt'
        ? undefined
        : value,
    ) ?? 'nothing'
  )
}

onEveryStore('isolation', (create, isInProcess) => {
  it('makes every result the same as if the other were not there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs), tale, async (pair, steps) => {
        const together = create()
        const alone = [create(), create()]
        for (const { who, what } of steps) {
          const [ids, own] = [pair[who], alone[who]]
          if (ids === undefined || own === undefined) return
          const results = [
            await run(together, together.graphMem.memory(ids), ids, what),
            await run(own, own.graphMem.memory(ids), ids, what),
          ]
          expect(results[0]).toBe(results[1])
        }
      }),
      { numRuns: isInProcess ? 40 : 6 },
    )
  })

  it('makes every result the same with a cache for both as alone without one', async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs), tale, async (pair, steps) => {
        const together = create({ cache: memoryCache(), cacheTimeoutMs: 10_000 })
        const alone = [create(), create()]
        for (const { who, what } of [...steps, ...steps].flatMap((step) => [step, step])) {
          const [ids, own] = [pair[who], alone[who]]
          if (ids === undefined || own === undefined) return
          expect(await run(together, together.graphMem.memory(ids), ids, what)).toBe(await run(own, own.graphMem.memory(ids), ids, what))
        }
        hits += together.events.filter(({ type }) => type === 'cache-hit').length
      }),
      { numRuns: isInProcess ? 30 : 1 },
    )
    expect(hits > 0 || !isInProcess).toBe(true)
  })

  it('keeps pairs of hostile ids apart in the index cache and in the write queue', async () => {
    for (const [one, other] of pairs) {
      const { graphMem } = create()
      await Promise.all([graphMem.memory(one).ingest('Bob likes Tea.'), graphMem.memory(other).ingest('Carol likes Milk.')])
      const told = await Promise.all(
        [one, other].map(async (ids) => (await graphMem.memory(ids).recall('Tea Milk')).chunks.map(({ text }) => text)),
      )
      expect(told).toEqual([['Bob likes Tea.'], ['Carol likes Milk.']])
      await graphMem.memory(one).erase()
      expect((await graphMem.memory(other).recall('Tea Milk')).chunks).toHaveLength(1)
    }
  })

  it("takes the id of another's fact, decision or episode for one never used", async () => {
    const { memory } = create()
    await memory({ userId: 'bob' }).ingest({ id: 'x', text: 'Robert, known as Bobby, works at Google.' })
    const [fact] = await memory({ userId: 'bob' }).facts()
    const [entity] = await memory({ userId: 'bob' }).entities({ named: 'Bobby' })
    const [episode] = await memory({ userId: 'bob' }).episodes()
    await memory().ingest('Carol likes Milk.')
    const outcome = async (call: Promise<unknown>) =>
      JSON.stringify(await call.catch(({ code, message }: GraphMemError) => ({ code, message })))
    for (const [foreign, unused] of [
      [fact?.id, 'a'.repeat(26)],
      [entity?.decisionIds[0], 'a'.repeat(26)],
      [episode?.id, 'a'.repeat(26)],
    ] as const) {
      expect(foreign).toBeDefined()
      const each = [foreign ?? '', unused].map(async (id) => [
        await outcome(memory().correct({ verdict: 'retract', factIds: [id] })),
        await outcome(memory().correct({ verdict: 'retract', decisionIds: [id] })),
        await outcome(memory().replace(id, { text: 'x', at: '2024' })),
        await outcome(memory().forget({ episodeIds: [id], factIds: [id] })),
      ])
      expect(await each[0]).toEqual(await each[1])
    }
    expect(await memory({ userId: 'bob' }).facts()).toEqual([fact])
  })
})
