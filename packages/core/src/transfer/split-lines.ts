import { GraphMemError } from '../spec/index.ts'
import { maxLineLength } from './export-format.ts'
import { invalidExport } from './invalid-export.ts'

/** Text or its UTF-8, whole or in pieces, wherever they were cut. */
export type TextPieces = string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

/**
 * The lines of a text that comes in pieces, without their line feeds; an empty last one is none. Holds one line at a time.
 *
 * @throws GraphMemError `INPUT_INVALID` for a line over {@link maxLineLength}, and for what is not UTF-8.
 */
export async function* splitLines(source: TextPieces): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let number = 1
  let parts: string[] = []
  let length = 0
  const take = (part: string) => {
    length += part.length
    if (length > maxLineLength) throw invalidExport(number, 'line', `is over ${maxLineLength} characters`)
    if (part !== '') parts.push(part)
  }
  const decode = (piece: unknown, stream: boolean): string => {
    if (typeof piece === 'string') return piece
    if (!(piece instanceof Uint8Array)) throw invalidExport(number, 'line', 'is neither text nor bytes')
    try {
      return decoder.decode(piece, { stream })
    } catch {
      throw invalidExport(number, 'line', 'is not UTF-8')
    }
  }
  for await (const piece of piecesOf(source)) {
    const text = decode(piece, true)
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(text.slice(start, end))
      yield parts.join('')
      start = end + 1
      number += 1
      parts = []
      length = 0
    }
    take(text.slice(start))
  }
  take(decode(new Uint8Array(), false))
  if (length > 0) yield parts.join('')
}

function piecesOf(source: TextPieces): AsyncIterable<unknown> | Iterable<unknown> {
  if (typeof source === 'string' || source instanceof Uint8Array) return [source]
  if (typeof source === 'object' && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source)) return source
  throw new GraphMemError({
    code: 'INPUT_INVALID',
    field: 'source',
    message: 'Cannot import: source: is neither text nor bytes, nor pieces of them.',
  })
}
