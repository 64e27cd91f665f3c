import type { Word } from '../spec/index.ts'
import { fold } from './fold.ts'

const run = /[\p{L}\p{M}\p{N}]+/gu
/** Scripts that are written without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The words of a text: runs of letters, marks and digits; in scripts without spaces, pairs of characters that overlap. */
export function cutWords(text: string): readonly Word[] {
  const words: Word[] = []
  let end = 0
  for (const match of text.matchAll(run)) {
    const raw = match[0]
    const start = match.index
    const afterBreak = breaksName(text.slice(end, start), words.at(-1))
    end = start + raw.length
    if (unspaced.test(raw)) pushPairs(words, raw, start, afterBreak)
    else words.push(oneWord(raw, start, afterBreak))
  }
  return words
}

function oneWord(raw: string, start: number, afterBreak: boolean): Word {
  const first = raw.charAt(0)
  return {
    word: fold(raw),
    start,
    end: start + raw.length,
    capitalised: first !== first.toLowerCase(),
    numeric: /^\p{N}/u.test(raw),
    afterBreak,
  }
}

function pushPairs(words: Word[], raw: string, start: number, afterBreak: boolean): void {
  const characters = Array.from(raw)
  let at = start
  for (let index = 0; index < Math.max(1, characters.length - 1); index += 1) {
    const pair = characters.slice(index, index + 2).join('')
    words.push({ ...oneWord(pair, at, afterBreak && index === 0) })
    at += characters[index]?.length ?? 0
  }
}

/** A full stop after an initial or a short title ("J. R.", "St. Ives") ends no name; other punctuation does. */
function breaksName(gap: string, before: Word | undefined): boolean {
  if (/[,;:!?()"“”[\]]/.test(gap)) return true
  return gap.includes('.') && !(before?.capitalised && before.word.length <= 2)
}
