import type { CallOptions } from './graph-store.ts'
import type { ModelUsage } from './language-model.ts'

/** Turns texts into vectors. */
export interface Embedder {
  readonly specVersion: 1
  /** Names the model and its version: vectors of different ids are never compared. */
  readonly id: string
  readonly dimensions: number
  /**
   * For a model that somebody else runs, and charges for: each call of `embed` is one request, of at most `maxTexts` texts; its own retries are off. Absent
   * where embedding is work of this process.
   */
  readonly remote?: { readonly maxTexts: number }
  /**
   * One vector a text, in order, of `dimensions` numbers and of unit length; a text in which the model knows nothing has a zero vector.
   * A text's vector does not depend on the texts beside it.
   *
   * @throws GraphMemError as `LanguageModel.generate` does, where it is remote
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<readonly Float32Array[]>
}

export interface EmbedOptions extends CallOptions {
  /** Called at most once a request, with the tokens it took as the provider counted them. `outputTokens` is 0. */
  readonly onUsage?: ((usage: ModelUsage) => void) | undefined
}
