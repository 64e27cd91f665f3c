import { describe, expect, it } from 'vitest'
import { isoOf, isoThrough, validTime } from '../../src/reasoner/period.ts'

describe('a date of a model', () => {
  it.each([
    ['2018', '2018-01-01', '2019-01-01', 'year'],
    ['2018-12', '2018-12-01', '2019-01-01', 'month'],
    [' 2020-02-29 ', '2020-02-29', '2020-03-01', 'day'],
    ['0050', '0050-01-01', '0051-01-01', 'year'],
  ])('%s is since its begin, and through its end', (date, begin, end, precision) => {
    expect(validTime(date, null)).toEqual({ from: Date.parse(begin), fromPrecision: precision })
    expect(validTime(null, date)).toEqual({ until: Date.parse(end), untilPrecision: precision })
  })

  it('with a time is a moment, in UTC where no zone is said', () => {
    for (const date of ['2018-03-04T10:30', '2018-03-04 10:30Z', '2018-03-04T12:30:00+02:00']) {
      expect(validTime(date, date).from).toBe(Date.UTC(2018, 2, 4, 10, 30))
    }
  })

  it.each(['', 'now', 'present', '2018-13', '2019-02-29', '2018/03', 'March 2018', '18', '20180', '1e9'])('is none in %j', (date) => {
    expect(validTime(date, date)).toEqual({})
  })

  it('that ends before it begins has no end', () => {
    expect(validTime('2020', '2018')).toEqual({ from: Date.UTC(2020, 0), fromPrecision: 'year' })
    expect(validTime('2020', '2020')).toMatchObject({ until: Date.UTC(2021, 0) })
  })

  it('is shown as it was said', () => {
    for (const [date, precision] of [
      ['2018', 'year'],
      ['2018-12', 'month'],
      ['2020-02-29', 'day'],
    ] as const) {
      const { from = 0, until = 0 } = validTime(date, date)
      expect([isoOf(from, precision), isoThrough(until, precision)]).toEqual([date, date])
    }
    expect(isoOf(Date.UTC(12_000, 0), 'year')).toBe('+012000')
  })
})
