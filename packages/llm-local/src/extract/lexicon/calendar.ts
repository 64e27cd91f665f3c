import { monthNames } from '../../month-names.ts'

/** Months from 1, by their names and abbreviations. */
export const months: ReadonlyMap<string, number> = new Map(
  monthNames
    .map((name) => name.toLowerCase())
    .flatMap((name, index): [string, number][] => [
      [name, index + 1],
      [name.slice(0, 3), index + 1],
      ...(name === 'september' ? [['sept', 9] as [string, number]] : []),
    ]),
)

export const weekdays: ReadonlySet<string> = new Set(
  'monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays'.split(' '),
)

const words =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** The number that a word or digits stand for. */
export function wordNumber(text: string): number | undefined {
  if (/^\d{1,3}(?:,\d{3})+$|^\d+$/.test(text)) return Number(text.replaceAll(',', ''))
  if (text === 'a' || text === 'an') return 1
  const small = words.indexOf(text)
  if (small >= 0) return small
  const [ten = '', unit] = text.split('-')
  const decade = tens.indexOf(ten)
  if (decade < 0) return undefined
  return (decade + 2) * 10 + (unit === undefined ? 0 : Math.max(0, words.indexOf(unit)))
}
