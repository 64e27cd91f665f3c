/** The words of a list written with spaces between them. */
export function wordSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(/\s+/).filter(Boolean)))
}

/** The terms of a list written with `|` between them, as they may have spaces. */
export function termSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split('|').map((term) => term.trim())).filter(Boolean))
}

/** A map from lines `value: word word; value: word`. */
export function wordMap(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines.split(';').flatMap((line) => {
      const [value = '', words = ''] = line.split(':')
      return words.split('|').map((word): [string, string] => [word.trim(), value.trim()])
    }),
  )
}
