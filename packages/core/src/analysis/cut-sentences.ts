import type { TextSpan } from '../spec/index.ts'

const boundary = /[.!?]["'”’)\]]*\s+(?=["'“‘([]*[\p{Lu}\p{N}])|[。！？]+|\n+/gu
const abbreviation =
  /(?:^|[^\p{L}])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp|Col|Cpl|Capt|Gen|Lt|Sgt|Prof|Rev|Hon|Mt|Ft|U\.S|etc|e\.g|i\.e|c|ca|b|d)\.$/u
const longestAbbreviation = 6

/** The sentences of a text, without the white space around them. A full stop after an initial or a common abbreviation ends none. */
export function cutSentences(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = []
  let from = 0
  for (const match of text.matchAll(boundary)) {
    const stop = match.index + 1
    if (match[0].startsWith('.') && abbreviation.test(text.slice(Math.max(from, stop - longestAbbreviation), stop))) continue
    pushTrimmed(spans, text, from, match.index + match[0].length)
    from = match.index + match[0].length
  }
  pushTrimmed(spans, text, from, text.length)
  return spans
}

function pushTrimmed(spans: TextSpan[], text: string, from: number, to: number): void {
  let start = from
  let end = to
  while (start < end && /\s/.test(text.charAt(start))) start += 1
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1
  if (end > start) spans.push({ start, end })
}
