import { instantOfIso } from '../iso-instant.ts'
import type { Instant, Precision, ValidTime } from '../spec/index.ts'

/** A date of a model, as the stretch of time that it stands for: from its begin, up to and without its end. */
interface Period {
  readonly begin: Instant
  readonly end: Instant
  readonly precision: Precision
}

const partial = /^(\d{4})(-\d{2})?(-\d{2})?([T ]\d{2}:.*)?$/

/** `2018`, `2018-03`, `2018-03-04`, or with a time, which is UTC where no zone is said; `undefined` for anything else. */
function periodOf(text: string): Period | undefined {
  const found = partial.exec(text.trim())
  if (found === null) return undefined
  const begin = instantOfIso(text.trim().replace(' ', 'T'))
  if (Number.isNaN(begin)) return undefined
  const [, , month, day, time] = found
  if (time !== undefined) return { begin, end: begin, precision: 'second' }
  const after = new Date(begin)
  if (day !== undefined) after.setUTCDate(after.getUTCDate() + 1)
  else if (month !== undefined) after.setUTCMonth(after.getUTCMonth() + 1)
  else after.setUTCFullYear(after.getUTCFullYear() + 1)
  return { begin, end: after.getTime(), precision: day !== undefined ? 'day' : month !== undefined ? 'month' : 'year' }
}

/** Since the begin of one date and through the end of another. What is no date is not known; nor is an end that comes before its begin. */
export function validTime(from: string | null, until: string | null): ValidTime {
  const [first, last] = [periodOf(from ?? ''), periodOf(until ?? '')]
  const isOrdered = first === undefined || last === undefined || first.begin < last.end
  return {
    ...(first === undefined ? {} : { from: first.begin, fromPrecision: first.precision }),
    ...(last === undefined || !isOrdered ? {} : { until: last.end, untilPrecision: last.precision }),
  }
}

/** A moment as a model is shown it, no more exactly than it was said. */
export function isoOf(instant: Instant, precision: Precision = 'second'): string {
  const length = { year: 4, month: 7, day: 10, second: undefined }[precision]
  const iso = new Date(instant).toISOString()
  // Years before 0 and after 9999 have a sign and six digits.
  return length === undefined ? iso : iso.slice(0, length + (/^[+-]/.test(iso) ? 3 : 0))
}

/** The last moment through which something holds: the end of the interval is without it. */
export function isoThrough(until: Instant, precision: Precision | undefined): string {
  return isoOf(precision === 'second' || precision === undefined ? until : until - 1, precision)
}
