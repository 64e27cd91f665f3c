import { isAfterBreak, isCapitalised, isNumeric, tokenWord } from '../index-segments/segment-content.ts'
import type { Passages } from './passages.ts'

/** A name in a stream of tokens. */
export interface NameSpan {
  readonly from: number
  /** The place after its last word. */
  readonly to: number
  /** Where it ends in the trie of names; 0 when no passage is about it. */
  readonly node: number
  /** Whether it is a part of a longer name, cut off by punctuation: "Paris" of "Paris, Texas". */
  readonly isPart: boolean
}

/** Words in the middle of names: "Bank of England", "Leonardo da Vinci". */
const connecting = ['of', 'the', 'de', 'la', 'van', 'von', 'di', 'da', 'del']

/**
 * The names in a stretch of tokens: from left to right the longest that a believed passage is about, if it is written like a name; then runs of
 * capitalised words between these, which punctuation ends. A single capital at the start is no name by itself; words without content are one only
 * where a passage is about them: "The Who", "It'll Be Me".
 *
 * @param options `anyCase`: names of three content words and more count in lower case too, as in questions.
 */
export function findNames(
  tokens: Uint32Array,
  stems: Int32Array,
  from: number,
  to: number,
  passages: Pick<Passages, 'about' | 'index'>,
  options: { readonly anyCase: boolean },
): readonly NameSpan[] {
  const found: NameSpan[] = []
  let at = from
  let free = from
  while (at < to) {
    const span = longestKnown(tokens, stems, at, from, to, passages, options.anyCase)
    if (span === undefined) {
      at += 1
      continue
    }
    addCapitalised(found, tokens, stems, free, at, from, passages)
    found.push(span)
    addParts(found, tokens, stems, span, passages)
    at = span.to
    free = span.to
  }
  addCapitalised(found, tokens, stems, free, to, from, passages)
  return found
}

function longestKnown(
  tokens: Uint32Array,
  stems: Int32Array,
  at: number,
  start: number,
  end: number,
  passages: Pick<Passages, 'about' | 'index'>,
  anyCase: boolean,
): NameSpan | undefined {
  const first = tokens[at] ?? 0
  let node = 0
  let capitals = 0
  let content = 0
  let found: NameSpan | undefined
  for (let place = at; place < end; place += 1) {
    const value = tokens[place] ?? 0
    node = passages.index.names.step(node, tokenWord(value))
    if (node === 0) break
    if (isCapitalised(value) || isNumeric(value)) capitals += 1
    if ((stems[place] ?? -1) !== -1) content += 1
    const length = place - at + 1
    const marked = isCapitalised(first) || isNumeric(first) || length > 2
    const isWritten = capitals >= (length === 1 ? 1 : Math.ceil(content / 2)) && marked
    const isWhole = content === 0 && length > 1 && isCapitalised(first) && isCapitalised(value)
    if (!isWhole && (content === 0 || !(isWritten || (anyCase && content >= 3)))) continue
    if (length === 1 && (isNumeric(first) || (at === start && stems[at] === -1))) continue
    if (passages.about(node).length > 0) found = { from: at, to: place + 1, node, isPart: false }
  }
  return found
}

/** "A, B" is A and B as well. */
function addParts(
  found: NameSpan[],
  tokens: Uint32Array,
  stems: Int32Array,
  { from, to }: NameSpan,
  passages: Pick<Passages, 'index'>,
): void {
  let start = from
  for (let place = from + 1; place <= to; place += 1) {
    if (place < to && !isAfterBreak(tokens[place] ?? 0)) continue
    const isWhole = start === from && place === to
    if (!isWhole && isCapitalised(tokens[start] ?? 0) && stems[start] !== -1)
      found.push({ from: start, to: place, node: nodeOf(tokens, start, place, passages), isPart: true })
    start = place
  }
}

function addCapitalised(
  found: NameSpan[],
  tokens: Uint32Array,
  stems: Int32Array,
  from: number,
  to: number,
  start: number,
  passages: Pick<Passages, 'index'>,
): void {
  let at = from
  while (at < to) {
    if (!isCapitalised(tokens[at] ?? 0) || stems[at] === -1) {
      at += 1
      continue
    }
    let end = at + 1
    while (end < to && !isAfterBreak(tokens[end] ?? 0) && goesOn(tokens, end, to, passages)) end += 1
    if (end - at > 1 || at > start) found.push({ from: at, to: end, node: nodeOf(tokens, at, end, passages), isPart: false })
    at = end
  }
}

function goesOn(tokens: Uint32Array, place: number, to: number, { index }: Pick<Passages, 'index'>): boolean {
  const value = tokens[place] ?? 0
  if (isCapitalised(value)) return true
  const next = tokens[place + 1] ?? 0
  return place + 1 < to && isCapitalised(next) && connecting.includes(index.words.strings[tokenWord(value)] ?? '')
}

function nodeOf(tokens: Uint32Array, from: number, to: number, { index }: Pick<Passages, 'index'>): number {
  let node = 0
  for (let place = from; place < to; place += 1) {
    node = index.names.step(node, tokenWord(tokens[place] ?? 0))
    if (node === 0) return 0
  }
  return node
}
