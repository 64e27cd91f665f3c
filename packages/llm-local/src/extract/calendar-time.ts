import type { Instant, Precision } from '@graphmem/core/spec'

/** A stretch of the calendar as a text names it: a year, a month, a day; or a day of every year. */
export interface CalendarTime {
  /** First moment, and the first one after. Absent for a day of no year. */
  readonly start?: Instant
  readonly end?: Instant
  readonly precision: Precision
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`. */
  readonly value: string
}

/** A year, a month or a day; `undefined` when there is no such day. Months and days count from 1. */
export function calendarTime(year: number, month?: number, day?: number): CalendarTime | undefined {
  const value = [String(year).padStart(4, '0'), ...[month, day].filter((part) => part !== undefined).map(twoDigits)].join('-')
  if (month === undefined) return { start: Date.UTC(year, 0), end: Date.UTC(year + 1, 0), precision: 'year', value }
  if (month < 1 || month > 12) return undefined
  if (day === undefined) return { start: Date.UTC(year, month - 1), end: Date.UTC(year, month), precision: 'month', value }
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  return { start: Date.UTC(year, month - 1, day), end: Date.UTC(year, month - 1, day + 1), precision: 'day', value }
}

/** A day of every year, as a birthday. */
export function yearlyDay(month: number, day: number): CalendarTime | undefined {
  // 2000 is a leap year.
  return calendarTime(2000, month, day) && { precision: 'day', value: `--${twoDigits(month)}-${twoDigits(day)}` }
}

/** The day of every year that is nearest to `at` on the side that the tense tells. Other times stay as they are. */
export function anchored(time: CalendarTime, at: Instant | undefined, future: boolean): CalendarTime {
  if (time.start !== undefined || at === undefined) return time
  const [month, day] = time.value.slice(2).split('-').map(Number)
  const year = new Date(at).getUTCFullYear()
  const candidates = [year - 1, year, year + 1].map((each) => calendarTime(each, month, day)).filter((each) => each !== undefined)
  const found = future ? candidates.find((each) => (each.end ?? 0) > at) : candidates.findLast((each) => (each.start ?? 0) <= at)
  return found ?? time
}

/** The calendar's year, month or day that holds an instant. */
export function calendarTimeOf(instant: Instant, precision: Precision): CalendarTime {
  const date = new Date(instant)
  const month = precision === 'year' ? undefined : date.getUTCMonth() + 1
  const day = precision === 'year' || precision === 'month' ? undefined : date.getUTCDate()
  const found = calendarTime(date.getUTCFullYear(), month, day)
  return found ?? { start: instant, end: instant, precision, value: date.toISOString().slice(0, 10) }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
