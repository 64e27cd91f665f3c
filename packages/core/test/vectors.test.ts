import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Vectors } from '../src/index-segments/vectors.ts'

const vectors = fc
  .nat(40)
  .chain((length) => fc.array(fc.int8Array({ min: -127, max: 127, minLength: length, maxLength: length }), { minLength: 1, maxLength: 9 }))

function dot(first: Int8Array, second: Int8Array): number {
  return first.reduce((sum, value, place) => sum + value * (second[place] ?? 0), 0)
}

it('cosines of vectors in whole steps are exact, whatever their length and signs', () => {
  fc.assert(
    fc.property(vectors, (given) => {
      const all = new Vectors()
      for (const vector of given) all.add({ vector, scale: 1 })
      for (const [first, vector] of given.entries()) {
        const dots = given.map((other) => dot(vector, other))
        expect(Array.from(all.cosines({ vector, scale: 1 }, new Uint8Array(given.length).fill(1)))).toEqual(
          dots.map((each) => Math.max(0, each)),
        )
        expect(given.map((_, second) => all.likenessTo(first)(second))).toEqual(dots)
      }
    }),
  )
})

it('extremes of both signs are exact over a thousand numbers', () => {
  for (const [a, b] of [
    [127, 127],
    [-127, 127],
    [-127, -127],
  ] as const) {
    const all = new Vectors()
    for (const value of [a, b]) all.add({ vector: new Int8Array(1_001).fill(value), scale: 1 })
    expect(all.likenessTo(0)(1)).toBe(1_001 * a * b)
  }
})
