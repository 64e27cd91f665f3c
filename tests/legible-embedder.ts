import type { Embedder } from '@graphmem/core'

/** A model whose vectors can be read: the codes of a text's first letters, after one that no text has. */
export function legibleEmbedder(beforeCall: (texts: readonly string[]) => unknown): Embedder {
  return {
    specVersion: 1,
    id: 'legible',
    dimensions: 64,
    async embed(texts) {
      await beforeCall(texts)
      return texts.map((text) => Float32Array.from({ length: 64 }, (_, at) => (at === 0 ? 127 : (text.charCodeAt(at - 1) || 0) % 127)))
    },
  }
}
