/** Milliseconds since 1970-01-01T00:00:00Z, as `Date.getTime()` gives them. An integer, negative before 1970. */
export type Instant = number

/** How exactly an end of an interval was said. "2018" is the year, not its first day. */
export type Precision = 'year' | 'month' | 'day' | 'second'

/**
 * When something holds in the world: from `from`, up to and without `until`. An absent end is unknown or open.
 * "through 2018" is `until` 2019-01-01 with the precision of a year.
 */
export interface ValidTime {
  readonly from?: Instant
  readonly fromPrecision?: Precision
  readonly until?: Instant
  readonly untilPrecision?: Precision
}
