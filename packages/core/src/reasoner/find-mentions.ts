import type { TextSpan } from '../spec/index.ts'

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const ofWord = String.raw`[\p{L}\p{M}\p{N}]`

/** Where a text has a name as whole words: as it is written, else in any case. In the order of the text. */
export function findMentions(text: string, name: string): readonly TextSpan[] {
  const written = spansOf(text, pattern(name, 'gu'))
  return written.length > 0 ? written : spansOf(text, pattern(name, 'giu'))
}

function spansOf(text: string, pattern: RegExp): readonly TextSpan[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({ start: index, end: index + found.length }))
}

function pattern(name: string, flags: string): RegExp {
  const words = name.trim().split(/\s+/u)
  const body = words
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll(/['’]/g, "['’]"))
    .join(String.raw`\s+`)
  const before = isWordSign(Array.from(name.trim())[0]) ? `(?<!${ofWord})` : ''
  const after = isWordSign(Array.from(name.trim()).at(-1)) ? `(?!${ofWord})` : ''
  return new RegExp(`${before}${body}${after}`, flags)
}

/** Whether a sign is of a word that others like it would go on; scripts without spaces between words do not show where one ends. */
function isWordSign(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{M}\p{N}]/u.test(sign) && !unspaced.test(sign)
}
