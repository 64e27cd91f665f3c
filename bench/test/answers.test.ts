import { rowsOf } from '@graphmem/bench/answers/answers-bench'
import { normalised, scoreAnswer } from '@graphmem/bench/answers/score-answer'
import { expect, test } from 'vitest'

test('normalising takes away case, punctuation and articles, and nothing within a word', () => {
  expect(normalised('  The "Anna  Theatre", a U.S. hall ')).toBe('anna theatre us hall')
  expect(normalised('anàa thé')).toBe('anàa thé')
})

test('an answer that differs in case, punctuation and articles alone is an exact match', () => {
  expect(scoreAnswer('The Rush.', 'rush')).toEqual({ exactMatch: 1, f1: 1 })
  expect(scoreAnswer('2022', '2022')).toEqual({ exactMatch: 1, f1: 1 })
})

test('token F1 counts a token as often as both have it', () => {
  // Two of four tokens said, two of three meant.
  expect(scoreAnswer('new new york city', 'York new town')).toEqual({ exactMatch: 0, f1: 4 / 7 })
  expect(scoreAnswer('Oslo', 'Bergen')).toEqual({ exactMatch: 0, f1: 0 })
})

test('no answer scores nothing, even where the true answer is an article', () => {
  expect(scoreAnswer(undefined, 'A')).toEqual({ exactMatch: 0, f1: 0 })
  expect(scoreAnswer('The', 'A')).toEqual({ exactMatch: 1, f1: 1 })
})

test('what is answered without enough confidence scores nothing, but at any confidence', () => {
  const answer = { question: 'Who?', type: 'bridge', words: 2, durationMs: 1, exactMatch: 1, f1: 1 }
  const rows = rowsOf('set', [
    { ...answer, confidence: 0.5 },
    { ...answer, confidence: 0.49 },
    { ...answer, confidence: 0, words: 0, exactMatch: 0, f1: 0, type: 'comparison' },
    { ...answer, confidence: 0.9, words: 26, exactMatch: 0, f1: 0, type: 'comparison' },
  ])
  const values = Object.fromEntries(rows.map(({ measure, value }) => [measure, value]))
  expect(values).toMatchObject({
    'set exact match, %': 25,
    'set token F1, %': 25,
    'set answered, %': 50,
    'set token F1 of what was answered, %': 50,
    'set mean words of an answer': 14,
    'set answers over 25 words, which score nothing': 1,
    'set (4), at any confidence: exact match; token F1; answered, %': '50.0; 50.0; 75.0',
    'set bridge (2): exact match; token F1; answered, %': '50.0; 50.0; 50.0',
  })
})
