import { GraphMemError, type Instant } from './spec/index.ts'

const iso = /^(?:\d{4}|[+-]\d{6})(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/

/**
 * An instant from a `Date` or from ISO 8601 (`2024`, `2024-03`, `2024-03-02`, `2024-03-02T10:00Z`); a time without a zone is UTC.
 *
 * @throws GraphMemError `INPUT_INVALID`
 */
export function isoInstant(value: Date | string, field: string): Instant {
  const instant = typeof value === 'string' ? instantOfIso(value) : value instanceof Date ? value.getTime() : Number.NaN
  if (Number.isNaN(instant)) {
    throw new GraphMemError({
      code: 'INPUT_INVALID',
      field,
      message: `Cannot read ${field}: give a valid Date, or ISO 8601 such as 2024-03-02T10:00:00Z.`,
    })
  }
  return instant
}

/** The same of a text alone; `NaN` for one that is none. */
export function instantOfIso(text: string): Instant {
  if (!iso.test(text)) return Number.NaN
  const zoned = /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text
  const instant = Date.parse(zoned)
  // The platform turns 30 February into 1 March; a date that is none is refused.
  const day = /^((?:\d{4}|[+-]\d{6})-\d{2}-\d{2})/.exec(text)?.[1]
  const midnight = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`)
  if (day !== undefined && (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, day.length) !== day)) return Number.NaN
  return instant
}
