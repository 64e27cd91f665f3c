// A mark at the beginning is a letter like others.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads what a `ByteWriter` wrote, in the same order. @throws RangeError past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  integer(): number {
    const first = this.#bytes[this.#at++]
    if (first === undefined) throw new RangeError('past the end')
    return first < 128 ? first : this.#longer(first - 128)
  }

  /** How many there are of something that takes a byte at least. */
  count(): number {
    const count = this.integer()
    if (count > this.#bytes.length - this.#at) throw new RangeError('past the end')
    return count
  }

  /** So many integers, each below 2^31. */
  integers(count: number): Int32Array {
    const values = new Int32Array(count)
    for (let place = 0; place < count; place += 1) values[place] = this.integer()
    return values
  }

  number(): number {
    const value = this.#view.getFloat64(this.#at, true)
    this.#at += 8
    return value
  }

  bytes(): Uint8Array {
    const length = this.integer()
    if (this.#at + length > this.#bytes.length) throw new RangeError('past the end')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  text(): string {
    return decoder.decode(this.bytes())
  }

  /** The rest of an integer whose first byte was not the last. */
  #longer(first: number): number {
    let value = first
    let place = 128
    for (;;) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('past the end')
      value += (byte & 127) * place
      if (byte < 128) return value
      place *= 128
    }
  }
}
