/**
 * Numbers strings in the order in which they first come. Most of what a cold recall does is to fill such tables: hashes beside the strings take a third
 * of the time of a `Map`, and less room.
 */
export class StringTable {
  readonly strings: string[] = []
  /** By number. */
  #hashes = new Int32Array(32)
  /** Twice as many at least as strings: a number + 1 where its hash points, or at the next free place after it. */
  #slots = new Int32Array(64)

  place(text: string): number {
    const hash = hashOf(text)
    const slot = this.#slotOf(text, hash)
    const found = this.#slots[slot] ?? 0
    if (found > 0) return found - 1
    const number = this.strings.length
    if (number === this.#hashes.length) {
      this.#grow()
      return this.place(text)
    }
    this.strings.push(text)
    this.#hashes[number] = hash
    this.#slots[slot] = number + 1
    return number
  }

  /** The number of a string that is there. */
  find(text: string): number | undefined {
    const found = this.#slots[this.#slotOf(text, hashOf(text))] ?? 0
    return found > 0 ? found - 1 : undefined
  }

  /** Where a string is, or would be. */
  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (number < 0 || (this.#hashes[number] === hash && this.strings[number] === text)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2)
    hashes.set(this.#hashes)
    this.#hashes = hashes
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.strings.length; number += 1) {
      let slot = (hashes[number] ?? 0) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}

/** Chosen anew by each process, so that strings which share a hash cannot be made up beforehand. */
const seed = crypto.getRandomValues(new Int32Array(1))[0] ?? 0

function hashOf(text: string): number {
  let hash = seed
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return hash ^ (hash >>> 15)
}
