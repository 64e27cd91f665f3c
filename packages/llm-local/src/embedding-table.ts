import { readFile } from 'node:fs/promises'
import { GraphMemError } from '@graphmem/core/spec'

/** A vocabulary of word pieces with one int8 row and one scale each. */
export interface EmbeddingTable {
  readonly dimensions: number
  /** Row major. */
  readonly matrix: Int8Array
  /** What a row's numbers are multiplied by. */
  readonly scale: Float32Array
  /** Rows of the pieces that begin a word. */
  readonly starts: ReadonlyMap<string, number>
  /** Rows of the pieces that continue one, without their `##`. */
  readonly continuations: ReadonlyMap<string, number>
  /** The length of the longest piece, in UTF-16 code units. */
  readonly longestPiece: number
}

const dimensions = 256
const folder = new URL('../model/', import.meta.url)

/** Reads the table from the package's own files. @throws GraphMemError `ADAPTER_INVALID` when a file is missing or damaged. */
export async function loadEmbeddingTable(): Promise<EmbeddingTable> {
  const [vocabulary, matrixBytes, scaleBytes] = await readModel()
  const pieces = vocabulary.split('\n').slice(0, -1)
  if (matrixBytes.length !== pieces.length * dimensions || scaleBytes.length !== pieces.length * 4) {
    throw damaged('its files do not fit each other')
  }
  const starts = new Map<string, number>()
  const continuations = new Map<string, number>()
  let longestPiece = 0
  for (const [row, piece] of pieces.entries()) {
    if (piece.startsWith('##') && piece.length > 2) continuations.set(piece.slice(2), row)
    else starts.set(piece, row)
    longestPiece = Math.max(longestPiece, piece.length)
  }
  return {
    dimensions,
    matrix: new Int8Array(matrixBytes.buffer, matrixBytes.byteOffset, matrixBytes.length),
    scale: littleEndianFloats(scaleBytes),
    starts,
    continuations,
    longestPiece,
  }
}

async function readModel(): Promise<[string, Uint8Array, Uint8Array]> {
  try {
    return await Promise.all([
      readFile(new URL('vocab.txt', folder), 'utf8'),
      readFile(new URL('matrix.i8', folder)),
      readFile(new URL('scale.f32', folder)),
    ])
  } catch (cause) {
    throw damaged('a file cannot be read', cause)
  }
}

function littleEndianFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true))
}

function damaged(problem: string, cause?: unknown): GraphMemError {
  return new GraphMemError({
    code: 'ADAPTER_INVALID',
    message: `Cannot load the embedding table of @graphmem/llm-local: ${problem}. Install the package again.`,
    cause,
  })
}
