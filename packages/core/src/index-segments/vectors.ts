import type { Quantised } from './quantised.ts'

/** Vectors by number, all of one length, in one piece of memory. Sums are exact: nothing depends on their order. */
export class Vectors {
  /** Two numbers in one: first + second · 2^16. */
  #pairs = new Int32Array(0)
  #scales = new Float64Array(0)
  #pairsEach = 0
  #count = 0

  /** Makes room for so many more. */
  reserve(count: number, dimensions: number): void {
    if (this.#count === 0) this.#pairsEach = Math.ceil(dimensions / 2)
    const needed = this.#count + count
    if (needed <= this.#scales.length) return
    // The first are all there is, mostly; of those that come later there will be more.
    const room = this.#count === 0 ? needed : Math.max(needed, Math.ceil(this.#count * 1.25))
    const [pairs, scales] = [this.#pairs, this.#scales]
    this.#pairs = new Int32Array(room * this.#pairsEach)
    this.#scales = new Float64Array(room)
    this.#pairs.set(pairs)
    this.#scales.set(scales)
  }

  add({ vector, scale }: Quantised): void {
    this.reserve(1, vector.length)
    const start = this.#count * this.#pairsEach
    for (let pair = 0; pair < this.#pairsEach; pair += 1) {
      this.#pairs[start + pair] = (vector[2 * pair] ?? 0) + (vector[2 * pair + 1] ?? 0) * 2 ** 16
    }
    this.#scales[this.#count] = scale
    this.#count += 1
  }

  /** The cosines of one with those whose place in `which` is 1, by number; 0 for others, and for what is below 0. */
  cosines({ vector, scale }: Quantised, which: Uint8Array): Float32Array {
    const cosines = new Float32Array(which.length)
    const swapped = new Int32Array(this.#pairsEach)
    for (let pair = 0; pair < swapped.length; pair += 1) swapped[pair] = (vector[2 * pair + 1] ?? 0) + (vector[2 * pair] ?? 0) * 2 ** 16
    for (let number = 0; number < which.length; number += 1) {
      if (which[number] !== 1) continue
      cosines[number] = Math.max(0, this.#dot(swapped, number) * scale * (this.#scales[number] ?? 0))
    }
    return cosines
  }

  /** What gives the cosine of one of them with another. */
  likenessTo(first: number): (second: number) => number {
    const swapped = new Int32Array(this.#pairsEach)
    for (let pair = 0; pair < swapped.length; pair += 1) {
      const both = this.#pairs[first * this.#pairsEach + pair] ?? 0
      const low = (both << 16) >> 16
      swapped[pair] = (both - low) / 2 ** 16 + low * 2 ** 16
    }
    return (second) => this.#dot(swapped, second) * (this.#scales[first] ?? 0) * (this.#scales[second] ?? 0)
  }

  /**
   * In 32 bits (a + b · 2^16) (d + c · 2^16) is ad + (ac + bd) · 2^16: one product for two, which takes a third of the time of two. With |a|, … up to
   * 127 the upper half holds ac + bd, and half of 2^16 keeps what is below from lending from it.
   */
  #dot(swapped: Int32Array, number: number): number {
    const pairs = this.#pairs
    let at = number * this.#pairsEach
    let [a, b] = [0, 0]
    for (let pair = 0; pair < swapped.length; pair += 2, at += 2) {
      a = (a + ((Math.imul(swapped[pair] ?? 0, pairs[at] ?? 0) + 0x8000) >> 16)) | 0
      b = (b + ((Math.imul(swapped[pair + 1] ?? 0, pairs[at + 1] ?? 0) + 0x8000) >> 16)) | 0
    }
    return a + b
  }
}
