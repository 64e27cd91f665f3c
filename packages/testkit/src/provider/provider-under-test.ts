import type { Embedder, LanguageModel } from '@graphmem/core/spec'
import type { EmbedderWire, ModelWire } from './provider-wire.ts'

/** Where a model is to send its requests, and with which key. */
export interface Endpoint {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string
  readonly key: string
}

/** What the cases for language models are run on. */
export interface ModelUnderTest {
  /** A new one each time. */
  readonly create: (endpoint: Endpoint) => LanguageModel | Promise<LanguageModel>
  /** What its `id` is to be, `openai:gpt-4o-mini`. */
  readonly id: string
  /** The name of the model in requests. Default: what follows the first `:` of `id`. */
  readonly model?: string
  /** Whether the key is sent. Default `true`. */
  readonly hasKey?: boolean
  readonly wire: ModelWire
}

/** What the cases for remote embedders are run on. */
export interface EmbedderUnderTest {
  readonly create: (endpoint: Endpoint) => Embedder | Promise<Embedder>
  readonly id: string
  readonly model?: string
  readonly hasKey?: boolean
  /** Of the embedders that `create` makes: from 4 up, and rather few. */
  readonly dimensions: number
  /** Whether the SDK takes an answer whose vectors are of no numbers for none, so that the adapter never sees it. Default `false`. */
  readonly sdkReadsVectors?: boolean
  readonly wire: EmbedderWire
}
