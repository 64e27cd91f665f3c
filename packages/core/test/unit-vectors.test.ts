import { describe, expect, test } from 'vitest'
import { unitVectors } from '../src/spec/unit-vectors.ts'

const giving = (...vectors: readonly unknown[]) => ({ id: 'acme:small', dimensions: 2, ask: async () => vectors })

describe('vectors of a provider', () => {
  test('are of unit length, in the order of the texts, with zeros for texts without words', async () => {
    const asked: (readonly string[])[] = []
    const ask = async (texts: readonly string[]) => {
      asked.push(texts)
      return [
        [3, 4],
        [0, -1e-9],
      ]
    }
    const vectors = await unitVectors(['', 'one', ' \n', 'two'], { id: 'acme:small', dimensions: 2, ask })
    expect(vectors.map((vector) => [...vector])).toEqual([
      [0, 0],
      [Math.fround(0.6), Math.fround(0.8)],
      [0, 0],
      [0, -1],
    ])
    expect(asked).toEqual([['one', 'two']])
  })

  test('are not asked for where no text has words', async () => {
    const ask = () => Promise.reject(new Error('asked'))
    expect(await unitVectors([' '], { id: 'acme:small', dimensions: 2, ask })).toEqual([new Float32Array(2)])
  })

  test.each([
    ['fewer than the texts', [[1, 0]]],
    [
      'more than the texts',
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
    ['of another length', [[1, 0], [1]]],
    [
      'of what is no number',
      [
        [1, 0],
        [1, Number.NaN],
      ],
    ],
    ['missing', [[1, 0], undefined]],
  ])('are refused where they are %s', async (_, given) => {
    await expect(unitVectors(['one', 'two'], giving(...given))).rejects.toMatchObject({ code: 'ADAPTER_INVALID', retryable: false })
  })
})
