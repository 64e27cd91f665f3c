import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { list } from './list-codec.ts'

/**
 * Writes texts: how long each is, and then all of them in two pieces, since decoding costs by the call; those of ASCII apart, since one letter beyond
 * Latin-1 makes all that is decoded with it take two bytes a letter in the process.
 */
export function writeTexts(out: ByteWriter, texts: readonly string[]): void {
  const pieces: { readonly plain: string[]; readonly others: string[] } = { plain: [], others: [] }
  list(out, texts, (text) => {
    const isPlain = !/[^\0-\x7f]/.test(text)
    out.integer(text.length * 2 + (isPlain ? 1 : 0))
    pieces[isPlain ? 'plain' : 'others'].push(text)
  })
  out.text(pieces.plain.join(''))
  out.text(pieces.others.join(''))
}

/** Reads what {@link writeTexts} wrote. */
export function readTexts(from: ByteReader): Texts {
  const sizes = from.integers(from.count())
  return new Texts(sizes, [from.text(), from.text()])
}

/** The texts of a segment by their places, each cut out when it is asked for: most are ids that nobody looks at. */
export class Texts {
  /** Twice the length, and 1 more for those in the first piece. */
  readonly #sizes: Int32Array
  readonly #pieces: readonly [plain: string, others: string]
  readonly #starts: Int32Array

  constructor(sizes: Int32Array, pieces: readonly [plain: string, others: string]) {
    this.#sizes = sizes
    this.#pieces = pieces
    this.#starts = new Int32Array(sizes.length)
    let [plain, others] = [0, 0]
    for (let place = 0; place < sizes.length; place += 1) {
      const size = sizes[place] ?? 0
      if (size % 2 === 1) {
        this.#starts[place] = plain
        plain += size >>> 1
      } else {
        this.#starts[place] = others
        others += size >>> 1
      }
    }
  }

  get count(): number {
    return this.#sizes.length
  }

  at(place: number): string {
    const size = this.#sizes[place] ?? 0
    const start = this.#starts[place] ?? 0
    return this.#pieces[size % 2 === 1 ? 0 : 1].slice(start, start + (size >>> 1))
  }
}
