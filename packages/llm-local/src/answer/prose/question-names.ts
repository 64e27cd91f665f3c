import { monthNames } from '../../month-names.ts'
import { countryCalled } from './countries.ts'
import { type Prose, wordsIn } from './prose.ts'

/** A question with a number in place of each name that it has: "Where did #0's father die?" */
export interface NamedQuestion {
  readonly text: string
  readonly names: readonly string[]
}

/**
 * Puts numbers in place of the names of a question. A name is what a passage is about, whatever its letters' case, so that "No, No, Nanette
 * (1930 Film)" is one; else a run of words with capitals, or what is in quotation marks.
 */
export function withoutNames(question: string, prose: readonly Prose[]): NamedQuestion {
  const found = [...titlesIn(question, prose)]
  const free = (start: number, end: number): boolean => found.every((each) => end <= each.start || start >= each.end)
  for (const match of question.matchAll(quoted)) {
    const start = match.index
    if (free(start, start + match[0].length)) found.push({ start, end: start + match[0].length })
  }
  for (const match of question.matchAll(capitals)) {
    const words = match[0]
    const opens = match.index === 0 ? (/^\S+/.exec(words)?.[0] ?? '') : ''
    const skipped = opening.test(opens) ? (/^\S+\s*/.exec(words)?.[0].length ?? 0) : 0
    const start = match.index + skipped
    const end = match.index + words.length
    const name = question.slice(start, end)
    if (name === '' || isKindWord(name) || !free(start, end)) continue
    found.push({ start, end })
  }
  found.sort((a, b) => a.start - b.start)
  let text = ''
  let from = 0
  for (const [place, { start, end }] of found.entries()) {
    text += `${question.slice(from, start)}#${place}`
    from = end
  }
  const names = found.map(({ start, end }) => question.slice(start, end).replace(/^["“]|[,.?]*["”]$/gu, ''))
  return { text: (text + question.slice(from)).replace(/["“”]/gu, '').replace(/\s+/g, ' ').trim(), names }
}

interface Found {
  readonly start: number
  readonly end: number
}

const quoted = /["“][^"”]{2,}["”]/gu
const opening =
  /^(?:who|whom|whose|where|when|why|how|what|which|do|does|did|is|are|was|were|has|have|in|on|for|at|of|to|the|a|an|this|that|there|both|from|by|with|can|could)$/i
const capital = "\\p{Lu}[\\p{L}\\p{M}\\p{N}./-]*(?:['’](?!s\\b)\\p{L}+)*"
const capitals = new RegExp(`(?<![\\p{L}\\p{N}])${capital}(?:\\s+(?:(?:of|the|de|van|von|del|and the)\\s+){0,2}(?:${capital}|\\d+))*`, 'gu')

const monthOrI = new RegExp(`^(?:${monthNames.join('|')}|I)\\b`)

/** "Danish", "March": words with a capital that name nobody. */
function isKindWord(name: string): boolean {
  return countryCalled(name)?.isAdjective === true || monthOrI.test(name)
}

/** Longest first: what a passage is about, where the question has all its words in a row, the first with a capital. */
function titlesIn(question: string, prose: readonly Prose[]): readonly Found[] {
  const words = wordsIn(question)
  const keys = [...new Set(prose.flatMap(({ about }) => about))].map((key) => key.split(' ')).sort((a, b) => b.length - a.length)
  const taken = new Set<number>()
  const found: Found[] = []
  for (const key of keys) {
    for (let place = 0; place + key.length <= words.length; place += 1) {
      const first = words[place]
      const last = words[place + key.length - 1]
      if (first === undefined || last === undefined || !key.every((word, at) => words[place + at]?.word === word)) continue
      if (key.some((_, at) => taken.has(place + at)) || !/[\p{Lu}\p{N}]/u.test(question[first.start] ?? '')) continue
      if (key.length === 1 && place === 0 && opening.test(first.word)) continue
      for (const at of key.keys()) taken.add(place + at)
      found.push(widened(question, first.start, last.end))
    }
  }
  return found
}

/** With the brackets and quotation marks around it. */
function widened(question: string, start: number, end: number): Found {
  const text = question.slice(start, end)
  let until = text.includes('(') && !text.includes(')') && question[end] === ')' ? end + 1 : end
  let from = start
  const bracket = /^\s*\((?:[^()]*\b(?:film|song|album|book|novel|series|band|musical|play))\)/i.exec(question.slice(until))
  if (bracket !== null) until += bracket[0].length
  const subtitle = /^: (?:(?:\p{Lu}\S*|\d+|of|the|and|for|in|a|to|from)(?:\s+|$)){1,12}/u.exec(question.slice(until))
  if (subtitle !== null) until += subtitle[0].trimEnd().replace(/(?:['’]s|[?,])$/u, '').length
  while (/[!?.]/.test(question[until] ?? '') && /[^\s]/.test(question[until + 1] ?? '')) until += 1
  if (/["“]/.test(question[from - 1] ?? '') && /["”]/.test(question[until] ?? '')) {
    from -= 1
    until += 1
  }
  return { start: from, end: until }
}
