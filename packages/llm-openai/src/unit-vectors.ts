import { GraphMemError } from '@graphmem/core/spec'

export interface ToldVector {
  readonly embedding?: unknown
  /** Which of the texts it is of. */
  readonly index?: unknown
}

/**
 * The vectors in the texts' order, each of unit length; one of zeros stays one.
 *
 * @throws GraphMemError `ADAPTER_INVALID` when they are not one a text, or not each of as many numbers as they should
 */
export function unitVectors(id: string, told: readonly ToldVector[], count: number, dimensions: number): readonly Float32Array[] {
  const vectors = new Map(told.map(({ embedding, index }, place) => [typeof index === 'number' ? index : place, embedding]))
  if (told.length !== count) throw invalid(id, `gives ${told.length} vectors for ${count} texts`)
  return Array.from({ length: count }, (_, place) => {
    const vector = vectors.get(place)
    if (!Array.isArray(vector)) throw invalid(id, 'gives a vector that is no list of numbers, which it was asked for')
    if (vector.length !== dimensions)
      throw invalid(id, `gives vectors of ${vector.length} numbers, not of ${dimensions}. Set \`dimensions\` to what it gives`)
    if (!vector.every((value) => Number.isFinite(value))) throw invalid(id, 'gives a vector that has more than numbers in it')
    const length = Math.hypot(...vector) || 1
    return Float32Array.from(vector, (value: number) => value / length)
  })
}

function invalid(id: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'ADAPTER_INVALID', message: `Cannot use ${id}: the server ${problem}.` })
}
