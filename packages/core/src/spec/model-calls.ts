import type { Embedder } from './embedder.ts'
import type { CallOptions } from './graph-store.ts'
import type { GenerateOptions, GenerateRequest, Generation, LanguageModel } from './language-model.ts'

/** What a call of a model is for. `repair`: asks again for what came back in no usable form. */
export type ModelPurpose = 'extract' | 'repair' | 'answer' | 'summarise' | 'judge' | 'embed'

/**
 * Calls of models on behalf of one operation of one memory. Core makes it and hands it on: who pays is bound in it, so nobody can pass another. Each call
 * waits for its turn, is refused where a budget does not reach, tried again where that helps, and put on the operation's bill.
 *
 * @throws GraphMemError `BUDGET_EXCEEDED`, before a request; `MODEL_TIMEOUT`; what the model throws, after the last try
 */
export interface ModelCalls {
  generate(
    model: LanguageModel,
    request: GenerateRequest,
    options: GenerateOptions & { readonly purpose: ModelPurpose },
  ): Promise<Generation>
  /** As many requests as the embedder's `remote.maxTexts` makes of the texts. */
  embed(embedder: Embedder, texts: readonly string[], options?: CallOptions): Promise<readonly Float32Array[]>
}

export interface ModelOptions extends CallOptions {
  /** Absent where a reasoner or an embedder is used without a memory: then models are called directly, once. */
  readonly calls?: ModelCalls | undefined
}
