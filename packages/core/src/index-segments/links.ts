const none = -1

/** Lists of numbers by number, in the order in which they came: chains through one piece of memory, since most hold one or two. */
export class Links {
  #first = new Int32Array(0)
  #last = new Int32Array(0)
  #values = new Int32Array(0)
  #next = new Int32Array(0)
  #count = 0

  push(list: number, value: number): void {
    if (list >= this.#first.length) {
      this.#first = grown(this.#first, list + 1)
      this.#last = grown(this.#last, list + 1)
    }
    if (this.#count === this.#values.length) {
      this.#values = grown(this.#values, this.#count + 1)
      this.#next = grown(this.#next, this.#count + 1)
    }
    const link = this.#count
    this.#count += 1
    this.#values[link] = value
    const last = this.#last[list] ?? none
    if (last === none) this.#first[list] = link
    else this.#next[last] = link
    this.#last[list] = link
  }

  get(list: number): readonly number[] {
    const values: number[] = []
    let link = this.#first[list] ?? none
    while (link !== none) {
      values.push(this.#values[link] ?? none)
      link = this.#next[link] ?? none
    }
    return values
  }

  has(list: number): boolean {
    return (this.#first[list] ?? none) !== none
  }
}

function grown(values: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(least, 64, Math.ceil(values.length * 1.5)))
  more.set(values)
  more.fill(none, values.length)
  return more
}
