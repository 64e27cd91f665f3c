import { englishAnalyzer } from '@graphmem/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameBlock, nameKey } from '../src/analysis/name-key.ts'
import { cutChunks, maxChunkLength } from '../src/ingest/cut-chunks.ts'

/** Texts that are hard to cut: long words, blanks, paragraphs, abbreviations, other scripts, halves of emoji. */
const piece = fc.oneof(
  fc.constantFrom(
    'Mr. Smith went. ',
    'U.S. Army! ',
    '\n\n',
    ' ',
    '\t',
    'e.g. this ',
    '東京は大きい。',
    '🙂',
    '“Quoted.” ',
    'a',
    '3.5 ',
    '…',
    '?!',
    'É́',
    'राम ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.nat(2_000).map((length) => 'x'.repeat(length)),
  fc.nat(2_000).map((length) => ' '.repeat(length)),
  fc.nat(700).map((length) => '🙂'.repeat(length)),
)
const text = fc
  .array(piece, { maxLength: 30 })
  .map((pieces) => pieces.join(''))
  .filter((whole) => whole.isWellFormed())

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

describe('the chunker', () => {
  it('ends, loses no character but white space between chunks, and keeps to its length', () => {
    fc.assert(
      fc.property(text, (given) => {
        const spans = cutChunks(given, englishAnalyzer)
        let from = 0
        for (const { start, end } of spans) {
          expect(given.slice(from, start).trim()).toBe('')
          expect(end - start).toBeLessThanOrEqual(maxChunkLength)
          expect(given.slice(start, end).trim()).not.toBe('')
          expect(given.slice(start, end).isWellFormed()).toBe(true)
          from = end
        }
        expect(given.slice(from).trim()).toBe('')
      }),
    )
  })

  it('prefers to end where a paragraph does, once a chunk is half full', () => {
    const paragraph = 'And so it went on and on. '.repeat(40).trim()
    const spans = cutChunks(`${paragraph}\n\n${paragraph}`, englishAnalyzer)
    expect(spans.map(({ start }) => start)).toEqual([0, paragraph.length + 2])
  })

  it('takes a few milliseconds for each of many cruel texts', () => {
    for (const cruel of [
      '.'.repeat(200_000),
      '. '.repeat(100_000),
      '"'.repeat(200_000),
      'A. '.repeat(60_000),
      ' '.repeat(200_000),
      'a'.repeat(200_000),
      '.\u201d'.repeat(100_000),
    ]) {
      const spans = cutChunks(cruel, englishAnalyzer)
      expect(spans.length * maxChunkLength).toBeGreaterThanOrEqual(cruel.trim().length === 0 ? 0 : 1)
      englishAnalyzer.words(cruel)
    }
  })
})

describe('the analyzer', () => {
  it('gives sentences in order, within the text, and without white space around them', () => {
    fc.assert(
      fc.property(text, (given) => {
        let from = 0
        for (const { start, end } of englishAnalyzer.sentences(given)) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(given.slice(start, end)).toBe(given.slice(start, end).trim())
          expect(end).toBeGreaterThan(start)
          from = end
        }
        expect(from).toBeLessThanOrEqual(given.length)
      }),
    )
  })

  it('gives words in order and within the text; only pairs of an unspaced script overlap', () => {
    fc.assert(
      fc.property(text, (given) => {
        let before = { start: -1, end: 0 }
        for (const { word, start, end } of englishAnalyzer.words(given)) {
          expect(start).toBeGreaterThan(before.start)
          expect(end).toBeLessThanOrEqual(given.length)
          expect(end).toBeGreaterThan(start)
          expect(word).not.toBe('')
          if (!unspaced.test(given)) expect(start).toBeGreaterThanOrEqual(before.end)
          before = { start, end }
        }
      }),
    )
  })

  it.each([
    ['Mr. Smith met Dr. Jones. They talked.', ['Mr. Smith met Dr. Jones.', 'They talked.']],
    ['J. R. Tolkien wrote. He did.', ['J. R. Tolkien wrote.', 'He did.']],
    ['It cost 3.5 million. Yes!', ['It cost 3.5 million.', 'Yes!']],
    ['“Stop.” She did.', ['“Stop.”', 'She did.']],
    ['東京は大きい。大阪も。', ['東京は大きい。', '大阪も。']],
    ['One line\nand another', ['One line', 'and another']],
  ])('cuts %j into sentences', (given, sentences) => {
    expect(englishAnalyzer.sentences(given).map(({ start, end }) => given.slice(start, end))).toEqual(sentences)
  })

  it('folds accents, and knows where a name may not go on', () => {
    const words = englishAnalyzer.words('São Paulo, J. R. Tolkien. Then 42')
    expect(words.map(({ word }) => word)).toEqual(['sao', 'paulo', 'j', 'r', 'tolkien', 'then', '42'])
    expect(words.map(({ afterBreak }) => afterBreak)).toEqual([false, false, true, false, false, true, false])
    expect(words.map(({ numeric }) => numeric).at(-1)).toBe(true)
  })
})

describe('the key of a name', () => {
  it('is never empty for a name that is not blank, whatever the script', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name.trim() !== ''),
        (name) => {
          expect(nameKey(name)).not.toBe('')
        },
      ),
    )
    for (const name of ['東京', 'Москва', 'القاهرة', 'राम', 'กรุงเทพ', '서울', '!!!', '🙂', '+']) expect(nameKey(name)).not.toBe('')
  })

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name))
      }),
    )
  })

  it.each([
    ['Google Inc.', 'google'],
    ['The Beatles', 'the Beatles'],
    ['Dr. Jane Smith', 'Jane Smith'],
    ['São Paulo', 'SAO PAULO'],
    ['O’Hara', "O'Hara"],
  ])('puts %s and %s in one block', (one, other) => {
    expect(nameBlock(nameKey(one))).toBe(nameBlock(nameKey(other)))
  })

  it.each([
    ['Q3 2023', 'Q3 2024'],
    ['York', 'New York'],
    ['John Smith', 'Jane Smith'],
    ['Mr Smith', 'Mrs Smith'],
    ['John Smith', 'Smith'],
    ['Henry V', 'Henry VI'],
    ['Inc', 'The'],
    ['서울', '부산'],
    ['กิน', 'กัน'],
  ])('keeps %s and %s in two blocks', (one, other) => {
    expect(nameBlock(nameKey(one))).not.toBe(nameBlock(nameKey(other)))
  })
})
