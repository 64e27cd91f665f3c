import { localEmbedder } from '@graphmem/llm-local'
import { describe, expect, it } from 'vitest'

const embedder = localEmbedder()

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

async function vector(text: string): Promise<Float32Array> {
  const [found] = await embedder.embed([text])
  if (!found) throw new Error('no vector')
  return found
}

describe('localEmbedder', () => {
  it('gives vectors of its dimensions and of unit length', async () => {
    const found = await vector('The cat sat on the mat.')
    expect(found).toHaveLength(embedder.dimensions)
    expect(Math.hypot(...found)).toBeCloseTo(1, 5)
  })

  it('puts what means alike nearer than what does not', async () => {
    const [dog, puppy, bank] = await Promise.all([
      vector('my dog is ill'),
      vector('the puppy feels sick'),
      vector('interest rates of the central bank'),
    ])
    expect(cosine(dog, puppy)).toBeGreaterThan(cosine(dog, bank) + 0.2)
  })

  it('gives a zero vector for a text in which it knows nothing', async () => {
    for (const text of ['', ' \n\t', '\u0000\ufffd', '𓀀𓀁']) expect(cosine(await vector(text), await vector(text))).toBe(0)
  })

  it('gives the same vector again, in any batch and any order', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index} about a river`)
    const forwards = await embedder.embed(texts)
    const backwards = await localEmbedder().embed([...texts].reverse())
    expect([...backwards].reverse()).toEqual(forwards)
    expect(await vector(texts[7] ?? '')).toEqual(forwards[7])
  })

  it('folds case and accents', async () => {
    expect(await vector('CAFÉ')).toEqual(await vector('cafe'))
  })

  it('lowers a final sigma as BERT does', async () => {
    expect(await vector('ΟΔΟΣ')).toEqual(await vector('οδοσ'))
  })

  it('cuts Chinese into characters', async () => {
    expect(await vector('東京')).toEqual(await vector('東 京'))
  })

  it('rejects with the reason of the signal, before and during a batch', async () => {
    const reason = new Error('enough')
    await expect(embedder.embed(['x'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const batch = embedder.embed(
      Array.from({ length: 2000 }, () => 'a long batch'),
      { signal: controller.signal },
    )
    controller.abort(reason)
    await expect(batch).rejects.toBe(reason)
  })
})
