import type { Embedder, Reasoner } from '../spec/index.ts'

/** The ids of the models that a reasoner and an embedder call, as far as they say. */
export function modelsOf({ reasoner, embedder }: { readonly reasoner?: Reasoner; readonly embedder?: Embedder }): readonly string[] {
  return [...(reasoner?.model === undefined ? [] : [reasoner.model.id]), ...(embedder?.remote === undefined ? [] : [embedder.id])]
}
