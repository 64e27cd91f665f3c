import { monthNames } from '../../month-names.ts'

/** A date as a text writes it, and how it compares with others: the greater is the later. */
export interface Moment {
  readonly text: string
  readonly order: number
  readonly start: number
  readonly end: number
}

const names = monthNames.join('|')
const day = '\\d{1,2}(?:st|nd|rd|th)?'
const year = '(?:c\\. ?|circa |around )?(?:1\\d{3}|20\\d\\d|[3-9]\\d\\d)(?!\\d|,\\d)(?: BC)?'
const patterns = new RegExp(
  `\\b(?<!\\d,)(?:(?<d1>${day}) (?:of )?(?<m1>${names}),? (?<y1>${year})|(?<m2>${names}) (?<d2>${day}),? ?(?<y2>${year})|(?<m3>${names}),? (?:of )?(?<y3>${year})|(?<y4>${year})|(?<d5>${day}) (?<m5>${names})|(?<m6>${names}) (?<d6>${day})\\b)`,
  'g',
)

/** The dates in a text, by day, month or year. */
export function momentsIn(text: string): readonly Moment[] {
  return Array.from(text.matchAll(patterns), (match) => {
    const { d1, m1, y1, m2, d2, y2, m3, y3, y4, d5, m5, m6, d6 } = match.groups ?? {}
    const written = y1 ?? y2 ?? y3 ?? y4
    const inYear = Number(/\d+/.exec(written ?? '')?.[0] ?? 0)
    const month = monthNames.indexOf(m1 ?? m2 ?? m3 ?? m5 ?? m6 ?? '') + 1
    const inMonth = Number.parseInt(d1 ?? d2 ?? d5 ?? d6 ?? '0', 10)
    const signed = /BC/.test(written ?? '') ? -inYear : inYear
    return {
      text: match[0].replace(/^(?:c\. ?|circa |around )/, ''),
      order: signed * 10_000 + month * 100 + inMonth,
      start: match.index,
      end: match.index + match[0].length,
    }
  })
}

/** Whether a date says its year. */
export function hasYear({ order }: Moment): boolean {
  return Math.abs(order) >= 10_000
}
