import { onnxEmbedder } from '@graphmem/embed-onnx'
import { describe, expect, it } from 'vitest'
import { testModelFolder } from '../tools/fetch-test-model.mjs'

const folder = await testModelFolder()
/** Read once, for all tests. */
const loaded = folder === undefined ? undefined : onnxEmbedder({ folder })
/** The cosines below are those of one model. */
const isMiniLm = process.env['GRAPHMEM_TEST_ONNX_MODEL'] === undefined

async function embed(...texts: readonly string[]): Promise<readonly Float32Array[]> {
  return (await (loaded ?? expect.fail('there is no model'))).embed(texts)
}

async function cosine(first: string, second: string): Promise<number> {
  const [a, b] = await embed(first, second)
  return dot(a, b)
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return a?.reduce((sum, value, d) => sum + value * (b?.[d] ?? 0), 0) ?? Number.NaN
}

describe.skipIf(folder === undefined)('all-MiniLM-L6-v2 in 8-bit integers', () => {
  // What sentence-transformers prints for the unquantised model in its "Quickstart".
  it.skipIf(!isMiniLm).each([
    ['The weather is lovely today.', "It's so sunny outside!", 0.666],
    ['The weather is lovely today.', 'He drove to the stadium.', 0.1046],
    ["It's so sunny outside!", 'He drove to the stadium.', 0.1411],
  ])('gives the cosine of "%s" and "%s" that its makers publish, %f, but for rounding', async (first, second, published) => {
    expect(Math.abs((await cosine(first, second)) - published)).toBeLessThan(0.04)
  })

  it('puts what means the same nearer than what shares words', async () => {
    const question = 'Where does Alice work?'
    const meant = await cosine(question, 'She is employed by a bank in Zurich.')
    expect(meant).toBeGreaterThan(await cosine(question, 'How does a heat pump work?'))
    expect(await cosine('The cat sat on the mat.', 'A cat was sitting on a rug.')).toBeGreaterThan(
      await cosine('The cat sat on the mat.', 'Interest rates rose last quarter.'),
    )
  })

  it('gives vectors of unit length, and the same for the same text', async () => {
    const [first, second] = [await embed('Priya lives in Oslo.'), await embed('Priya lives in Oslo.')]
    expect(dot(first[0], first[0])).toBeCloseTo(1, 5)
    expect(second).toEqual(first)
  })

  it('gives a text the vector it has alone, whatever stands beside it', async () => {
    const text = 'Priya lives in Oslo.'
    const beside = [
      'Oslo is where he lives.',
      'x',
      'An unusually long sentence about nothing in particular, with numbers such as 12,345.67 in it.',
    ]
    const [alone] = await embed(text)
    expect((await embed(...beside, text))[beside.length]).toEqual(alone)
    expect((await embed(text, text, ...beside))[1]).toEqual(alone)
  })

  it.skipIf(!isMiniLm)('reads the first 254 words of a long text', async () => {
    const words = (count: number): string => 'rain '.repeat(count)
    const [whole, longer, shorter] = await embed(words(254), `${words(254)} and nobody reads this`, `${words(253)} sun`)
    expect(longer).toEqual(whole)
    expect(shorter).not.toEqual(whole)
  })

  it('takes any text', async () => {
    const texts = [
      '',
      '   ',
      '\u0000',
      'Zoë naïvely résumé',
      'Zoë',
      'Привет, мир',
      '你好，世界',
      '🦄🦄',
      '\ud800',
      '[SEP] [PAD]',
      'a'.repeat(5000),
    ]
    for (const vector of await embed(...texts)) expect([0, 1]).toContain(Math.round(1e5 * dot(vector, vector)) / 1e5)
    const [empty, composed, decomposed] = await embed('', 'Zoë', 'Zoe\u0308')
    expect(dot(empty, empty)).toBe(0)
    expect(decomposed).toEqual(composed)
  })
})
