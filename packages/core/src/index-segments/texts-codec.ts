import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { list, readList } from './list-codec.ts'

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
export function readTexts(from: ByteReader): readonly string[] {
  const sizes = readList(from, () => from.integer())
  const pieces = [from.text(), from.text()] as const
  const ends = [0, 0]
  return sizes.map((size) => {
    const piece = size % 2 === 1 ? 0 : 1
    const start = ends[piece] ?? 0
    const end = start + (size >>> 1)
    ends[piece] = end
    return pieces[piece].slice(start, end)
  })
}
