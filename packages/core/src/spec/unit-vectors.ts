import { GraphMemError } from './errors.ts'

export interface AskedVectors {
  /** The embedder's: it is in the message. */
  readonly id: string
  readonly dimensions: number
  /** Gives what the provider gave, of whatever form, in the order of these texts. Not called where no text has words. */
  readonly ask: (texts: readonly string[]) => Promise<readonly unknown[]>
}

/**
 * What `Embedder.embed` gives, made of what a provider gives: one vector a text, in order, of unit length. A text without words has a zero vector and is
 * not sent: some servers refuse all texts of a request for one that is empty.
 *
 * @throws GraphMemError `ADAPTER_INVALID` where there is not one vector a text, of `dimensions` numbers
 */
export async function unitVectors(texts: readonly string[], { id, dimensions, ask }: AskedVectors): Promise<readonly Float32Array[]> {
  const sent = texts.filter(hasWords)
  const given = sent.length === 0 ? [] : await ask(sent)
  if (given.length !== sent.length) throw invalid(id, `${given.length} vectors for ${sent.length} texts`)
  const vectors = given.map((vector) => unitVector(vector, id, dimensions))[Symbol.iterator]()
  return texts.map((text) => (hasWords(text) ? vectors.next().value : undefined) ?? new Float32Array(dimensions))
}

function unitVector(vector: unknown, id: string, dimensions: number): Float32Array {
  if (!Array.isArray(vector) || !vector.every((value) => Number.isFinite(value))) throw invalid(id, 'a vector that is no list of numbers')
  if (vector.length !== dimensions)
    throw invalid(id, `vectors of ${vector.length} numbers, not of ${dimensions}. Set \`dimensions\` to what it gives`)
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value: number) => value / length)
}

function hasWords(text: string): boolean {
  return text.trim() !== ''
}

function invalid(id: string, given: string): GraphMemError {
  return new GraphMemError({ code: 'ADAPTER_INVALID', message: `Cannot use ${id}: the provider gives ${given}.` })
}
