import type { Instant } from '@graphmem/core/spec'
import { parse } from 'chrono-node/en'
import { monthNames } from '../month-names.ts'

/** A date as an answer writes it, and where the text says it. */
export interface FoundDate {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly at: Instant
}

const dayMs = 86_400_000

/** The dates of a text, relative ones counted from when it was said: "yesterday" of 8 May 2023 is "7 May 2023". */
export function datesIn(text: string, at: Instant | undefined): FoundDate[] {
  const found: FoundDate[] = at === undefined ? [] : relativeDates(text, at)
  const taken = (start: number, end: number): boolean => found.some((each) => start < each.end && end > each.start)
  for (const result of parse(text, at === undefined ? undefined : { instant: new Date(at), timezone: 'UTC' })) {
    const end = result.index + result.text.length
    const start = result.start
    if (
      taken(result.index, end) ||
      /^(?:now|may|sat|sun|mar|\d{1,2}|the \d\w*|at \S+|this|today|(?:for |in )?(?:an?|one|two|three|four|five|six|\d+|few|several) (?:years?|months?|weeks?|days?|hours?|minutes?)(?: now)?)$/i.test(
        result.text,
      )
    )
      continue
    if (!start.isCertain('day') && !start.isCertain('month') && !start.isCertain('year') && !start.isCertain('weekday') && at === undefined)
      continue
    const onlyTime = !['day', 'month', 'year', 'weekday'].some((part) => start.isCertain(part as 'day'))
    const relative = /\b(?:ago|yesterday|tomorrow|tonight|last|next|past|in|coming)\b/i.test(result.text)
    if (onlyTime && !relative) continue
    const date = start.date()
    const day = start.isCertain('day') || start.isCertain('weekday') || (relative && !/\b(?:months?|years?)\b/i.test(result.text))
    const year = start.isCertain('year') || (at !== undefined && (relative || start.isCertain('weekday')))
    const spelt = /\b\d{1,2}(?:st|nd|rd|th)?\b/.test(result.text) && start.isCertain('month')
    found.push({
      text: write(date, day || spelt, start.isCertain('month') || day || relative, year),
      start: result.index,
      end,
      at: date.getTime(),
    })
  }
  for (const match of text.matchAll(/\b(?:in|since|from|of|back in|during|until|by|around|class of)\s+((?:19|20)\d\d)\b/gi)) {
    const start = match.index + match[0].length - 4
    if (!found.some((each) => start < each.end && start + 4 > each.start) && match[1] !== undefined) {
      found.push({ text: match[1], start, end: start + 4, at: Date.UTC(Number(match[1]), 0, 1) })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** A day as an answer writes it: `8 May 2023`. */
export function writeDay(at: Instant): string {
  return write(new Date(at), true, true, true)
}

/** A stored date value, `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`, as an answer writes it. */
export function writeDateValue(value: string): string {
  const parts = /^(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?$/.exec(value)
  if (parts === null) return value
  const [, year, month, day] = parts
  return [day === undefined ? undefined : String(Number(day)), month === undefined ? undefined : monthNames[Number(month) - 1], year]
    .filter((part) => part !== undefined)
    .join(' ')
}

function write(date: Date, day: boolean, month: boolean, year: boolean): string {
  const parts: string[] = []
  if (day) parts.push(String(date.getUTCDate()))
  if (month || day) parts.push(monthNames[date.getUTCMonth()] ?? '')
  if (year || parts.length === 0) parts.push(String(date.getUTCFullYear()))
  return parts.join(' ')
}

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  couple: 2,
  three: 3,
  few: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
}

type Rule = readonly [RegExp, (match: RegExpMatchArray, at: Date) => string]

/** What chrono reads otherwise, or not at all: years, weeks and weekends, whose day nobody said. */
const rules: readonly Rule[] = [
  [/\bthe day before yesterday\b/gi, (_, at) => writeDay(at.getTime() - 2 * dayMs)],
  [/\b(?:yesterday|last night)\b/gi, (_, at) => writeDay(at.getTime() - dayMs)],
  [/\b(?:today|tonight|this morning|this afternoon|this evening|just now|earlier today)\b/gi, (_, at) => writeDay(at.getTime())],
  [/\btomorrow\b/gi, (_, at) => writeDay(at.getTime() + dayMs)],
  [/\b(?:last|the past|past) week\b/gi, (_, at) => `the week before ${writeDay(at.getTime())}`],
  [/\b(?:last|the past|past|over the) weekend\b/gi, (_, at) => `the weekend before ${writeDay(at.getTime())}`],
  [
    /\b(two|three|few|couple(?: of)?|\d) (weeks|weekends) ago\b/gi,
    (match, at) => `${match[1]} ${match[2]} before ${writeDay(at.getTime())}`,
  ],
  [/\b(?:this|the coming) week\b/gi, (_, at) => `the week of ${writeDay(at.getTime())}`],
  [/\bthis weekend\b/gi, (_, at) => `the weekend of ${writeDay(at.getTime())}`],
  [/\bnext week\b/gi, (_, at) => `the week after ${writeDay(at.getTime())}`],
  [/\bnext weekend\b/gi, (_, at) => `the weekend after ${writeDay(at.getTime())}`],
  [/\blast month\b/gi, (_, at) => monthYear(at, -1)],
  [/\b(?:this month|earlier this month)\b/gi, (_, at) => monthYear(at, 0)],
  [/\bnext month\b/gi, (_, at) => monthYear(at, 1)],
  [
    /\b(a|an|one|two|three|few|couple|four|five|six|seven|eight|nine|ten|\d+)(?: of)? months? (?:ago|back)\b/gi,
    (match, at) => monthYear(at, -count(match[1])),
  ],
  [
    /\b(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) years? (?:ago|back)\b/gi,
    (match, at) => String(at.getUTCFullYear() - count(match[1])),
  ],
  [/\b(?:a few|few|couple of|some) years (?:ago|back)\b/gi, (match, at) => `${match[0]} before ${at.getUTCFullYear()}`],
  [/\blast year\b/gi, (_, at) => String(at.getUTCFullYear() - 1)],
  [/\bthis year\b/gi, (_, at) => String(at.getUTCFullYear())],
  [/\bnext year\b/gi, (_, at) => String(at.getUTCFullYear() + 1)],
  [/\blast (spring|summer|autumn|fall|winter)\b/gi, (match, at) => `${match[1]} ${at.getUTCFullYear() - (at.getUTCMonth() < 6 ? 1 : 0)}`],
  [/\b(?:this|next) (spring|summer|autumn|fall|winter)\b/gi, (match, at) => `${match[1]} ${at.getUTCFullYear()}`],
  [new RegExp(`\\b(?:last|this past) (${monthNames.join('|')})\\b`, 'gi'), (match, at) => monthOf(match[1] ?? '', at, -1)],
  [new RegExp(`\\b(?:next|this coming) (${monthNames.join('|')})\\b`, 'gi'), (match, at) => monthOf(match[1] ?? '', at, 1)],
  [/\b(?:last|this past|on) (monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/gi, (match, at) => weekday(match[1] ?? '', at)],
]

function relativeDates(text: string, at: Instant): FoundDate[] {
  const found: FoundDate[] = []
  const said = new Date(at)
  for (const [pattern, resolve] of rules) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      if (found.some((each) => match.index < each.end && end > each.start)) continue
      found.push({ text: resolve(match, said), start: match.index, end, at })
    }
  }
  return found
}

function count(word: string | undefined): number {
  return numbers[word?.toLowerCase() ?? ''] ?? Number(word)
}

function monthYear(at: Date, shift: number): string {
  return write(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + shift, 1)), false, true, true)
}

function monthOf(name: string, at: Date, direction: number): string {
  const month = monthNames.findIndex((each) => each.toLowerCase() === name.toLowerCase())
  const shift = direction < 0 ? (month >= at.getUTCMonth() ? -1 : 0) : month <= at.getUTCMonth() ? 1 : 0
  return write(new Date(Date.UTC(at.getUTCFullYear() + shift, month, 1)), false, true, true)
}

function weekday(name: string, at: Date): string {
  const wanted = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].indexOf(name.toLowerCase())
  const back = (at.getUTCDay() - wanted + 7) % 7 || 7
  return writeDay(at.getTime() - back * dayMs)
}
