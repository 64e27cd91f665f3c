import { bm25 } from '@graphmem/bench/recall/bm25'
import { recallAt } from '@graphmem/bench/recall/recall-at'
import { expect, test } from 'vitest'

test('BM25 ranks a rare word above a common one, a short text above a long one, and leaves out what shares no word', () => {
  const rank = bm25(['rivers and towns', 'rivers', 'towns', 'rivers, a quarry', 'mountains'])
  expect(rank('Where are the quarries of the river?')).toEqual([3, 1, 0])
})

test('recall counts the gold passages among the first, each once', () => {
  expect(recallAt(2, ['a', 'b', 'c'], ['b', 'c'])).toBe(0.5)
  expect(recallAt(3, ['a', 'b', 'c'], ['b', 'c'])).toBe(1)
  expect(recallAt(3, [], ['b'])).toBe(0)
})
