import type { Instant } from '@graphmem/core/spec'
import { casual } from 'chrono-node/en'
import { type CalendarTime, calendarTime, calendarTimeOf, yearlyDay } from './calendar-time.ts'
import { months } from './lexicon/calendar.ts'
import type { Token } from './read-text.ts'

/** A date in a sentence: which tokens, with the preposition before it, and what they say of time. */
export interface TimeExpression {
  /** The first token, and the first one after. */
  readonly from: number
  readonly to: number
  /** `at`: then. `since`, `until`: one end. `range`: from the first time to the second. */
  readonly relation: 'at' | 'since' | 'until' | 'before' | 'after' | 'range'
  readonly time: CalendarTime
  /** The end of a range. */
  readonly last?: CalendarTime
}

interface Found {
  readonly time: CalendarTime
  readonly to: number
}

const relations = new Map<string, TimeExpression['relation']>([
  ['since', 'since'],
  ['from', 'since'],
  ['until', 'until'],
  ['till', 'until'],
  ['til', 'until'],
  ['through', 'until'],
  ['before', 'before'],
  ['after', 'after'],
])
const atWords = new Set([
  'in',
  'on',
  'at',
  'by',
  'during',
  'around',
  'about',
  'circa',
  'c.',
  'of',
  'the',
  'early',
  'late',
  'mid',
  'for',
  'as',
  'year',
  'dated',
  '(',
  'class',
  'spring',
  'summer',
  'autumn',
  'fall',
  'winter',
  'and',
  'to',
  '-',
  '–',
  '—',
  ',',
  'was',
  'is',
  'december',
])
const relative =
  /\b(?:yesterday|today|tonight|tomorrow|ago|(?:last|next|this|past|coming) (?:week|weekend|month|year|night|spring|summer|autumn|fall|winter|mon|tues|wednes|thurs|fri|satur|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|in (?:a|an|two|three|four|five|six|\d+) (?:day|week|month|year)s?|other day|\d{1,2}\/\d{1,2})/i
const dateLike = /\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i

/** The dates in a sentence, in order. `text` is the passage's, `at` what relative ones are counted from. */
export function findTimes(tokens: readonly Token[], text: string, at: Instant | undefined): TimeExpression[] {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (!first || !last) return []
  const sentence = text.slice(first.start, last.end)
  const found: TimeExpression[] = []
  if (dateLike.test(sentence)) {
    for (let index = 0; index < tokens.length; index++) {
      const expression = expressionAt(tokens, index, at)
      if (!expression) continue
      found.push(expression)
      index = expression.to - 1
    }
  }
  if (at !== undefined && relative.test(sentence)) found.push(...relativeTimes(tokens, sentence, at, found))
  return found.sort((a, b) => a.from - b.from)
}

function expressionAt(tokens: readonly Token[], index: number, at: Instant | undefined): TimeExpression | undefined {
  const word = tokens[index]?.lower ?? ''
  const relation = relations.get(word)
  const start =
    relation !== undefined || word === 'in' || word === 'on' || word === 'between' || word === 'during' || word === 'by' ? index + 1 : index
  const begin = start + (tokens[start]?.lower === 'the' || tokens[start]?.lower === 'about' || tokens[start]?.lower === 'around' ? 1 : 0)
  const bare = start === index
  const found = dateAt(tokens, begin, !bare || atWords.has(tokens[index - 1]?.lower ?? ''), at)
  if (!found) return undefined
  const second = rangeEnd(tokens, found.to, at, word)
  if (second) return { from: index, to: second.to, relation: 'range', time: found.time, last: second.time }
  return { from: index, to: found.to, relation: relation ?? 'at', time: found.time }
}

function rangeEnd(tokens: readonly Token[], index: number, at: Instant | undefined, opener: string): Found | undefined {
  const link = tokens[index]?.lower ?? ''
  const links = opener === 'between' ? link === 'and' : /^(?:to|until|till|through|-|–|—)$/.test(link)
  return links ? dateAt(tokens, index + 1, true, at) : undefined
}

/** A date that begins at a token. A bare year, or a month alone, wants a word before it that makes it one. */
function dateAt(tokens: readonly Token[], index: number, introduced: boolean, at: Instant | undefined): Found | undefined {
  const token = tokens[index]
  if (!token) return undefined
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(token.text)
  if (iso) return given(calendarTime(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? undefined : Number(iso[3])), index + 1)
  return dayFirst(tokens, index) ?? monthFirst(tokens, index, introduced, at) ?? yearAlone(tokens, index, introduced)
}

function dayFirst(tokens: readonly Token[], index: number): Found | undefined {
  const day = dayNumber(tokens[index]?.lower)
  if (day === undefined) return undefined
  const after = index + (tokens[index + 1]?.lower === 'of' ? 2 : 1)
  const month = monthNumber(tokens[after])
  return month === undefined ? undefined : withYear(tokens, after + 1, month, day)
}

function monthFirst(tokens: readonly Token[], index: number, introduced: boolean, at: Instant | undefined): Found | undefined {
  const shift = /^(?:last|next|this)$/.test(tokens[index]?.lower ?? '') ? 1 : 0
  const month = monthNumber(tokens[index + shift])
  if (month === undefined) return undefined
  if (shift > 0) return at === undefined ? undefined : given(nearMonth(month, tokens[index]?.lower ?? '', at), index + 2)
  const next = tokens[index + 1]?.lower
  const day = next !== undefined && !/^\d{4}$/.test(next) ? dayNumber(next) : undefined
  if (day !== undefined) return withYear(tokens, index + 2, month, day)
  const comma = next === ',' || next === 'of' ? 1 : 0
  const year = yearNumber(tokens[index + 1 + comma]?.lower)
  if (year !== undefined) return given(calendarTime(year, month), index + 2 + comma)
  if (!introduced || at === undefined || tokens[index]?.lower === 'mar') return undefined
  return given(nearMonth(month, 'in', at), index + 1)
}

/** "Last March" is over; "next March" is to come; "in March" is the nearer one. */
function nearMonth(month: number, word: string, at: Instant): CalendarTime | undefined {
  const date = new Date(at)
  const current = date.getUTCMonth() + 1
  const year = date.getUTCFullYear()
  if (word === 'last') return calendarTime(month < current ? year : year - 1, month)
  if (word === 'next') return calendarTime(month > current ? year : year + 1, month)
  return calendarTime(month - current > 6 ? year - 1 : year, month)
}

function withYear(tokens: readonly Token[], index: number, month: number, day: number): Found | undefined {
  const comma = tokens[index]?.lower === ',' ? 1 : 0
  const year = yearNumber(tokens[index + comma]?.lower)
  return year === undefined ? given(yearlyDay(month, day), index) : given(calendarTime(year, month, day), index + comma + 1)
}

function yearAlone(tokens: readonly Token[], index: number, introduced: boolean): Found | undefined {
  const text = tokens[index]?.lower ?? ''
  const span = /^(\d{4})[-–—](\d{4}|\d{2})$/.exec(text)
  if (span) {
    const first = yearNumber(span[1])
    return first === undefined ? undefined : given(calendarTime(first), index + 1)
  }
  const decade = /^(\d{3}0)['’]?s$/.exec(text)
  if (decade) {
    const start = Number(decade[1])
    return { time: { start: Date.UTC(start, 0), end: Date.UTC(start + 10, 0), precision: 'year', value: text }, to: index + 1 }
  }
  const year = yearNumber(text)
  if (year === undefined || !introduced) return undefined
  const next = tokens[index + 1]
  // "The 1964 Summer Olympics" is a name, "its 2018 budget" a thing.
  if (next && (next.tag === 'NOUN' || next.tag === 'PROPN') && /^(?:the|a|an|its|his|her|their)$/.test(tokens[index - 1]?.lower ?? ''))
    return undefined
  return given(calendarTime(year), index + 1)
}

function given(time: CalendarTime | undefined, to: number): Found | undefined {
  return time && { time, to }
}

function monthNumber(token: Token | undefined): number | undefined {
  if (!token) return undefined
  if ((token.lower === 'may' || token.lower === 'march' || token.lower === 'mar') && token.text === token.lower) return undefined
  return months.get(token.lower.replace(/\.$/, ''))
}

function dayNumber(lower: string | undefined): number | undefined {
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(lower ?? '')
  const day = digits ? Number(digits[1]) : Number.NaN
  return day >= 1 && day <= 31 ? day : undefined
}

function yearNumber(lower: string | undefined): number | undefined {
  return lower !== undefined && /^(?:1\d{3}|20\d{2})$/.test(lower) ? Number(lower) : undefined
}

function relativeTimes(tokens: readonly Token[], sentence: string, at: Instant, taken: readonly TimeExpression[]): TimeExpression[] {
  const offset = tokens[0]?.start ?? 0
  const expressions: TimeExpression[] = []
  for (const result of casual.parse(sentence, { instant: new Date(at), timezone: 0 })) {
    const start = offset + result.index
    const end = start + result.text.length
    let from = tokens.findIndex((token) => token.end > start)
    const after = tokens.findIndex((token) => token.start >= end)
    const to = after < 0 ? tokens.length : after
    if (from < 0 || to <= from || taken.some((other) => from < other.to && other.from < to)) continue
    const time = relativeTime(result.text.toLowerCase(), result.date().getTime(), at)
    if (!time) continue
    const before = tokens[from - 1]?.lower ?? ''
    const relation = relations.get(before)
    if (relation !== undefined || before === 'on' || before === 'in') from -= 1
    expressions.push({ from, to, relation: relation ?? 'at', time })
  }
  return expressions
}

function relativeTime(words: string, instant: Instant, at: Instant): CalendarTime | undefined {
  if (!/[a-z]|\//.test(words) || (/^(?:now|at|noon|\d)/.test(words) && !/ago|\//.test(words))) return undefined
  if (/year|summer|winter|spring|autumn|fall\b/.test(words)) return calendarTimeOf(instant, 'year')
  if (/month/.test(words)) return calendarTimeOf(instant, 'month')
  if (/week(?!end)/.test(words)) {
    const day = new Date(instant).getUTCDay()
    const monday = calendarTimeOf(instant - ((day + 6) % 7) * 86_400_000, 'day')
    return { ...monday, end: (monday.start ?? 0) + 7 * 86_400_000 }
  }
  // "Friday" that was spoken of as past is the last one: a library that looks ahead gives the next.
  if (/^(?:last|on last) /.test(words) && instant > at) return calendarTimeOf(instant - 7 * 86_400_000, 'day')
  return calendarTimeOf(instant, 'day')
}
