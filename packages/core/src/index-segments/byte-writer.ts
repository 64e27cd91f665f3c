const encoder = new TextEncoder()

/** Bytes that grow: integers of variable length (LEB128), numbers as 64-bit floats, texts and bytes with their length before them. */
export class ByteWriter {
  #bytes = new Uint8Array(1_024)
  #length = 0

  /** A whole number from 0 to 2^53 − 1. */
  integer(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  number(value: number): void {
    this.#reserve(8)
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true)
    this.#length += 8
  }

  bytes(value: Uint8Array | Int8Array): void {
    this.integer(value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  text(value: string): void {
    this.bytes(encoder.encode(value))
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}
