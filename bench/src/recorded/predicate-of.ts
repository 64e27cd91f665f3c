/** Words as a predicate: lower case, with underscores. `related_to` for what has no letter and no digit. */
export function predicateOf(words: string): string {
  return (
    words
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.join('_') ?? 'related_to'
  )
}
