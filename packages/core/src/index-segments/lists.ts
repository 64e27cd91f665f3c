/** Values by key, in the order in which they came. Most keys have one value, and it takes no list until there is another. */
export class Lists<V extends object> {
  readonly #lists = new Map<string, V | V[]>()

  push(key: string, value: V): void {
    const held = this.#lists.get(key)
    if (held === undefined) this.#lists.set(key, value)
    else if (Array.isArray(held)) held.push(value)
    else this.#lists.set(key, [held, value])
  }

  has(key: string): boolean {
    return this.#lists.has(key)
  }

  get(key: string): readonly V[] {
    const held = this.#lists.get(key)
    if (held === undefined) return []
    return Array.isArray(held) ? held : [held]
  }

  keys(): Iterable<string> {
    return this.#lists.keys()
  }
}
