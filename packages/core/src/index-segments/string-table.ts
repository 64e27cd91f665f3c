/** Numbers strings in the order in which they first come. */
export class StringTable {
  readonly strings: string[] = []
  readonly #places = new Map<string, number>()

  place(text: string): number {
    let place = this.#places.get(text)
    if (place === undefined) {
      place = this.strings.length
      this.strings.push(text)
      this.#places.set(text, place)
    }
    return place
  }

  /** The number of a string that is there. */
  find(text: string): number | undefined {
    return this.#places.get(text)
  }
}
