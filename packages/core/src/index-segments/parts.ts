/** Rows of one kind, part after part as segments were added: a row has a number among all. */
export class Parts<T> {
  readonly #parts: T[] = []
  readonly #starts: number[] = []
  #count = 0

  /** Adds a part of so many rows; returns the number of its first. */
  add(part: T, rows: number): number {
    const start = this.#count
    this.#parts.push(part)
    this.#starts.push(start)
    this.#count += rows
    return start
  }

  /** The part that a number is in, and its row there. */
  find(number: number): { readonly part: T; readonly row: number } | undefined {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? 0) <= number) low = middle + 1
      else high = middle
    }
    const part = this.#parts[low - 1]
    return part === undefined ? undefined : { part, row: number - (this.#starts[low - 1] ?? 0) }
  }

  all(): readonly T[] {
    return this.#parts
  }
}
