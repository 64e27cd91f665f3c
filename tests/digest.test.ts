import type { DocumentInput, IngestOptions, Memory } from '@graphmem/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEveryStore, type Setting } from './on-every-store.ts'

const self = { name: 'Alice', aliases: ['Ally'] }
const texts = [
  'Bob works at Google. I live in Berlin.',
  'Bob, known as Bobby, works at Google Inc since 2019.',
  'Alice likes Tea. Carol lives in York.',
  'The Google likes Bobby.',
  'Bob is not at Google. Dr John Smith works at Mayo.',
  'John Smith the footballer likes Berlin. John Smith likes Tea.',
  'My sister lives in New York until 2021.',
  '東京 likes 大阪.',
]
/** Said by the user, so that "I" and "my sister" are read. */
const inputs: readonly { readonly text: string; readonly id: string }[] = texts.map((text, index) => ({ id: `e${index}`, text }))

async function fed(memory: Memory, order: readonly number[]): Promise<string> {
  for (const index of order) await memory.ingest(inputs[index] ?? '')
  return memory.digest()
}

/** Long enough for many chunks. */
const long: DocumentInput = {
  id: 'long',
  title: 'Bob (musician)',
  at: '2020-05-01',
  text: Array.from(
    { length: 12 },
    (_, index) => `Person${index} works at Firm${index} since 20${10 + index}. ${'And so it went on. '.repeat(60)}`,
  ).join('\n\n'),
}

onEveryStore('the digest', (create, isInProcess) => {
  const inOrder = inputs.map((_, index) => index)

  it('is the same for any order of episodes', async () => {
    const expected = await fed(create().memory({ self }), inOrder)
    const shuffled = fc.shuffledSubarray(inOrder, { minLength: inOrder.length })
    await fc.assert(
      fc.asyncProperty(shuffled, async (order) => {
        expect(await fed(create().memory({ self }), order)).toBe(expected)
      }),
      { numRuns: isInProcess ? 12 : 3 },
    )
  })

  it('is the same for any size of batches, and tells a memory that lacks a chunk from one that has it', async () => {
    const digests = new Set<string>()
    const whole: IngestOptions[] = [{}, { batchSize: 1 }, { batchSize: 5, concurrency: 1 }, { batchSize: 1_000, concurrency: 64 }]
    for (const options of whole) {
      const memory = create().memory()
      expect((await memory.ingest({ documents: [long] }, options)).chunks).toBeGreaterThan(8)
      digests.add(await memory.digest())
    }
    expect(digests.size).toBe(1)
    const { memory, reasoner } = create()
    reasoner.beforeExtract = (_, call) => {
      if (call === 3) throw new Error('no')
    }
    await memory().ingest({ documents: [long] })
    expect(digests.has(await memory().digest())).toBe(false)
  })

  it('is the same after two processes fed one memory at once, in conflict with each other', async () => {
    const expected = await fed(create().memory({ self }), inOrder)
    const first = create()
    const second = first.another()
    const feed = (setting: Setting, order: readonly number[]) => fed(setting.memory({ self }), order)
    // Both tell everything, in opposite orders: every episode comes twice.
    await Promise.all([feed(first, inOrder), feed(second, inOrder.toReversed())])
    expect(await first.memory().digest()).toBe(expected)
    const conflicts = [...first.events, ...second.events].filter(({ type }) => type === 'apply-conflicted')
    expect(conflicts.length).toBeGreaterThan(0)
    expect(await second.memory({ self }).entities()).toEqual(await first.memory({ self }).entities())
  })

  it('is the same after chunks failed and were tried again', async () => {
    const expected = await create()
      .memory()
      .ingest({ documents: [long] })
    const { memory, reasoner } = create()
    reasoner.beforeExtract = (_, call) => {
      if (call % 2 === 0) throw new Error('no')
    }
    await memory().ingest({ documents: [long] })
    reasoner.beforeExtract = () => undefined
    const before = reasoner.extracted.length
    const again = await memory().ingest({ documents: [long] })
    expect(reasoner.extracted.length - before).toBe(Math.floor(expected.chunks / 2))
    expect(again.failed).toBe(0)
    const unbroken = create().memory()
    await unbroken.ingest({ documents: [long] })
    expect(await memory().digest()).toBe(await unbroken.digest())
  })

  it('is the same after an abort at any call of the reasoner and the same call again, which pays for no chunk twice', async () => {
    const unbroken = create()
    const { chunks } = await unbroken.memory().ingest({ documents: [long] }, { batchSize: 4 })
    const expected = await unbroken.memory().digest()
    for (let at = 1; at <= chunks; at += isInProcess ? 1 : 3) {
      const { memory, reasoner } = create()
      const controller = new AbortController()
      const reason = new Error('called off')
      reasoner.beforeExtract = (_, call) => {
        if (call === at) controller.abort(reason)
      }
      const options = { batchSize: 4, concurrency: 1, signal: controller.signal }
      await expect(memory().ingest({ documents: [long] }, options)).rejects.toBe(reason)
      const kept = (await memory().stats()).records.chunks
      expect(kept).toBe(Math.floor((at - 1) / 4) * 4)
      reasoner.extracted.length = 0
      await memory().ingest({ documents: [long] }, { batchSize: 4 })
      expect(reasoner.extracted).toHaveLength(chunks - kept)
      expect(await memory().digest()).toBe(expected)
    }
  })

  it('after an episode was forgotten is that of a memory which never had it', async () => {
    for (const forgotten of inOrder.filter((index) => isInProcess || index % 3 === 1)) {
      const others = inOrder.filter((index) => index !== forgotten)
      const never = await fed(create().memory({ self }), others)
      const memory = create().memory({ self })
      const ids: string[] = []
      for (const index of inOrder) {
        const { episodes } = await memory.ingest(inputs[index] ?? '')
        if (index === forgotten) ids.push(...episodes.map(({ id }) => id))
      }
      await memory.forget({ episodeIds: ids })
      expect(await memory.digest()).toBe(never)
    }
  })
})
