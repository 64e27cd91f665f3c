import type { Instant, ValidTime } from '@graphmem/core/spec'
import { anchored, type CalendarTime } from './calendar-time.ts'
import type { TimeExpression } from './find-times.ts'

/** How a fact lies in time. `state`: it holds for a while. `start`, `end`: when it begins, when it is over. `event`: it happened. */
export type Course = 'state' | 'start' | 'end' | 'event'

export interface Timing {
  readonly course: Course
  readonly tense: 'past' | 'present' | 'future'
  /** "have lived", "used to live". */
  readonly perfect: boolean
  readonly former: boolean
  readonly times: readonly TimeExpression[]
  readonly at: Instant | undefined
}

/** When a fact holds, by its tense and the dates said with it. */
export function validTime(timing: Timing): ValidTime {
  const { course, tense, at } = timing
  const expression = timing.times[0]
  const time = expression && anchored(expression.time, at, tense === 'future')
  const last = expression?.last && anchored(expression.last, at, false)
  if (!expression || time?.start === undefined || time.end === undefined) return undated(timing)
  if (expression.relation === 'range') return { ...begins(time), ...(last && ends(last)) }
  if (expression.relation === 'since') return course === 'end' ? ends(time) : begins(time)
  if (expression.relation === 'after') return { from: time.end, fromPrecision: time.precision }
  if (expression.relation === 'until') return ends(time)
  if (expression.relation === 'before') return { until: time.start, untilPrecision: time.precision }
  if (course === 'end') return ends(time)
  if (course === 'state' && (tense === 'past' || timing.former) && !timing.perfect) return { ...begins(time), ...ends(time) }
  return begins(time)
}

function undated({ course, tense, perfect, former, at }: Timing): ValidTime {
  if (at === undefined) return {}
  const over = course === 'end' ? tense !== 'future' : course === 'state' && (former || (tense === 'past' && !perfect))
  if (over) return { until: at, untilPrecision: 'second' }
  return {}
}

function begins(time: CalendarTime): ValidTime {
  return time.start === undefined ? {} : { from: time.start, fromPrecision: time.precision }
}

/** To the end of the year, month or day that was said: "through 2018" includes all of 2018. */
function ends(time: CalendarTime): ValidTime {
  return time.end === undefined ? {} : { until: time.end, untilPrecision: time.precision }
}
