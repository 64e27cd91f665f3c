import { inventedSentences } from '@graphmem/bench/invented-text'
import { expect, test } from 'vitest'

test('invented text is the same for the same seed, and names somebody new in every sentence', () => {
  const texts = (seed: number) => {
    const sentences = inventedSentences(seed)
    return Array.from({ length: 2000 }, () => sentences.next().value.text)
  }
  expect(texts(1)).toEqual(texts(1))
  expect(texts(1)).not.toEqual(texts(2))
  expect(new Set(texts(1).map((text) => text.match(/[A-Z][a-z]{8}/)?.[0])).size).toBeGreaterThan(1900)
})
