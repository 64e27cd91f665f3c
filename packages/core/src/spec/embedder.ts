import type { CallOptions } from './graph-store.ts'

/** Turns texts into vectors. */
export interface Embedder {
  readonly specVersion: 1
  /** Names the model and its version: vectors of different ids are never compared. */
  readonly id: string
  readonly dimensions: number
  /**
   * One vector a text, in order, of `dimensions` numbers and of unit length; a text in which the model knows nothing has a zero vector.
   * A text's vector does not depend on the texts beside it.
   */
  embed(texts: readonly string[], options?: CallOptions): Promise<readonly Float32Array[]>
}
