import type { Quantised } from '../index-segments/quantised.ts'

/** A vector as it stands in an export: its steps of `scale`, a signed byte each, in base64. */
export interface VectorText {
  readonly scale: number
  readonly steps: string
}

export function vectorText({ vector, scale }: Quantised): VectorText {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.length)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return { scale, steps: btoa(binary) }
}

/** The inverse; `undefined` for what {@link vectorText} does not write. */
export function vectorOfText({ steps, scale }: VectorText): Quantised | undefined {
  let binary: string
  try {
    binary = atob(steps)
  } catch {
    return undefined
  }
  const vector = Int8Array.from(binary, (character) => character.charCodeAt(0))
  // A step of -128 is more than the sums of cosines have room for.
  return btoa(binary) === steps && !vector.includes(-128) ? { vector, scale } : undefined
}
