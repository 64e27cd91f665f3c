import type { Embedder, EmbedOptions } from './embedder.ts'
import { unitVectors } from './unit-vectors.ts'

export interface RemoteVectors {
  readonly id: string
  readonly dimensions: number
  readonly maxTexts: number
  /** One request: gives what the provider gave, of whatever form, in the order of these texts. Not called where no text has words. */
  readonly ask: (texts: readonly string[], options: EmbedOptions) => Promise<readonly unknown[]>
}

/** The embedder of a provider's package, which has to do no more than ask. What `embed` promises of signals and vectors is kept here. */
export function remoteEmbedder({ id, dimensions, maxTexts, ask }: RemoteVectors): Embedder {
  return {
    specVersion: 1,
    id,
    dimensions,
    remote: { maxTexts },
    async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<readonly Float32Array[]> {
      options.signal?.throwIfAborted()
      return unitVectors(texts, { id, dimensions, ask: (sent) => ask(sent, options) })
    },
  }
}
