import type { Embedder, LanguageModel } from '@graphmem/core/spec'
import type { ProviderDouble } from './provider-double.ts'
import type { EmbedderUnderTest, ModelUnderTest } from './provider-under-test.ts'

/** One behaviour that every language model has. Over `node:assert`: a case that resolves has passed. */
export interface ModelCase {
  /** Stable, in kebab case. */
  readonly id: string
  /** One sentence in the present tense. */
  readonly behaviour: string
  /** Whether the provider has what the case is about. */
  readonly applies?: (under: ModelUnderTest) => boolean
  run(context: ModelContext): Promise<void>
}

/** What a case works with: each has a provider, and a model, of its own. */
export interface ModelContext {
  readonly model: LanguageModel
  readonly provider: ProviderDouble
  readonly under: ModelUnderTest
}

/** One behaviour that every remote embedder has. */
export interface EmbedderCase {
  readonly id: string
  readonly behaviour: string
  readonly applies?: (under: EmbedderUnderTest) => boolean
  run(context: EmbedderContext): Promise<void>
}

export interface EmbedderContext {
  readonly embedder: Embedder
  readonly provider: ProviderDouble
  readonly under: EmbedderUnderTest
}
