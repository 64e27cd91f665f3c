import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeKept, encodeKept } from '../src/cache/result-codec.ts'

it('gives back dates, undefined, and every number and string, as they were', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.date({ noInvalidDate: false }),
    fc.constantFrom(undefined, null, -0, '\ud800'),
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('$', '__proto__', 'value')), tie('any'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  })).any
  fc.assert(
    fc.property(value, (result) => {
      const kept = { result, from: Number.NEGATIVE_INFINITY, until: 7 }
      expect(decodeKept('key', encodeKept('key', kept))).toStrictEqual(kept)
    }),
    { numRuns: 300 },
  )
})

it('takes nothing for a result in which a byte is another, missing or too many, or that is under another key', () => {
  const bytes = encodeKept('key', { result: { answer: 'Google', at: new Date(0) }, from: 0, until: 7 })
  expect(decodeKept('kez', bytes)).toBeUndefined()
  expect(decodeKept('key', Uint8Array.of(...bytes, 32))).toBeUndefined()
  for (let place = 0; place < bytes.length; place += 1) {
    expect(decodeKept('key', bytes.subarray(0, place))).toBeUndefined()
    const changed = bytes.slice()
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(decodeKept('key', changed)).toBeUndefined()
  }
})
