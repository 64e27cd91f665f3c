import type { StringTable } from './string-table.ts'
import type { Texts } from './texts-codec.ts'

/** What gives the numbers that a table has for the texts of a segment, by their places: each text is cut out and looked up once. */
export function textNumbers(table: Pick<StringTable, 'place'>, texts: Texts): (place: number) => number {
  /** By place: the number + 1. */
  const numbers = new Int32Array(texts.count)
  return (place) => {
    const known = numbers[place] ?? 0
    if (known > 0) return known - 1
    const number = table.place(texts.at(place))
    numbers[place] = number + 1
    return number
  }
}
