import { languageModelReasoner } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settingOf } from './on-every-store.ts'
import { scriptedModel } from './scripted-model.ts'

const texts = [
  'I met Dr. Chen (of ACME). “Chen” left—why? 2018!',
  'My sister said: I am José; call me C++.',
  '東京に住む。I like it.',
  '-- [x] \\ /* $^ */ .*',
]
const pieces = fc.constantFrom(...texts.flatMap((text) => [text, ...text.split(' ')]))
const word = fc.oneof(
  pieces,
  fc.constantFrom('I', 'Alice', 'the user', 'E1', 'F1', 'E2', '2018', '2018-13-99', 'null', ''),
  fc.string({ unit: 'binary' }),
)
const value = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(word, { maxLength: 2 }))
const field = (...names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, fc.oneof({ weight: 12, arbitrary: word }, { weight: 1, arbitrary: value })])))
const entity = fc
  .tuple(field('name', 'type', 'of', 'distinction'), fc.array(word, { maxLength: 3 }))
  .map(([fields, aliases]) => ({ ...fields, aliases }))
const fact = fc
  .tuple(
    field('subject', 'predicate', 'object', 'from', 'until', 'confidence'),
    fc.constantFrom(true, false, 'yes', 'no'),
    fc.constantFrom('entity', 'text', 'date'),
    fc.integer({ min: -1, max: 4 }),
  )
  .map(([fields, negated, kind, sentence]) => ({ ...fields, negated, kind, sentence }))
const list = (entry: fc.Arbitrary<unknown>) => fc.oneof({ weight: 30, arbitrary: fc.array(entry, { maxLength: 6 }) }, value)
const answer = fc.record({
  entities: list(entity),
  facts: list(fact),
  resolved: list(field('name', 'known', 'confidence')),
  contradicted: list(
    fc.tuple(field('fact', 'since', 'confidence'), fc.integer({ min: 0, max: 3 })).map(([fields, sentence]) => ({ ...fields, sentence })),
  ),
})

it('what a model answers, however odd, fails a chunk at most as an answer of no use, and is written only in the agreed form', async () => {
  let read = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...texts), answer), { minLength: 1, maxLength: 4 }), async (told) => {
      const model = scriptedModel()
      const { memory } = settingOf(memoryStore(), { reasoner: languageModelReasoner(model) })
      for (const [text, answered] of told) {
        model.answer = () => answered
        const { episodes } = await memory({ self: { name: 'Alice' } }).ingest(text)
        const codes = episodes.flatMap(({ failures }) => failures.map(({ code }) => code))
        if (codes.length === 0) read += 1
        expect(codes.filter((code) => code !== 'MODEL_ANSWER_INVALID')).toEqual([])
      }
      // It can be read, ranked, taken out and put in again.
      await memory().facts({ history: true })
      await memory().recall('Who is Dr. Chen?')
      const lines: string[] = []
      for await (const line of memory().export()) lines.push(line)
      if (lines.length > 2) await memory({ memoryId: 'copy' }).import(lines)
    }),
    { numRuns: 150 },
  )
  expect(read).toBeGreaterThan(50)
})
