import type { ModelMessage, ModelUsage } from '@graphmem/core/spec'
import type { RecordedRequest, WireReply } from './provider-double.ts'

/** What goes wrong at a provider, for which its documentation has a status and a body each. */
export type WireFailure =
  /** Too many requests, 429. */
  | 'limited'
  /** A key that is not known, 401. */
  | 'denied'
  /** A key that may not use the model, 403. */
  | 'forbidden'
  /** A model that there is not, 404. */
  | 'unknown'
  /** A request that is not as it should be, 400. */
  | 'invalid'
  /** A request that is longer than the model takes. */
  | 'too-long'
  /** 500 */
  | 'failed'
  /** 503, or what the provider has for it. */
  | 'overloaded'

/** What language models and embedders have in common: how the provider says that something went wrong. */
export interface FailureWire {
  /** `told` is what the provider tells people of it: it stands in the body where the provider's message does. */
  failure(failure: WireFailure, told: string): WireReply
}

/** The documented wire format of a provider's language models. It is judged by who writes it: see the provider's reference, not the adapter. */
export interface ModelWire extends FailureWire {
  answer(answer: WireAnswer): WireReply
  /** Every form in which the provider says that the model, or a filter, would not answer; none where it has none. */
  refusals(streamed: boolean): readonly WireReply[]
  /** A stream that begins as an answer of `text` does, and in which the provider then says that it failed. */
  failureInStream(text: string, told: string): WireReply
  /**
   * What a server says that does not take a schema, where the adapter then goes on without one: `MODEL_SCHEMA_REFUSED`. Several, one after the other,
   * where the adapter asks in several ways.
   */
  schemaRefusal?(told: string): WireReply | readonly WireReply[]
  /** Which of the counts that some providers lack this one gives. */
  readonly counts: readonly ('cachedInputTokens' | 'cacheWriteTokens')[]
  read(request: RecordedRequest): SentToModel
}

export interface WireAnswer {
  /** Where the request had a schema: JSON of one object. */
  readonly text: string
  readonly finish: 'complete' | 'length'
  /** `undefined`: the server does not count. */
  readonly usage: ModelUsage | undefined
  /** As a stream, of several pieces of text where the text is longer than a word. */
  readonly streamed: boolean
  /** The name of the schema that the request had. */
  readonly schemaName: string | undefined
}

/** What a request asks for, read from the provider's format. */
export interface SentToModel {
  readonly model: string
  /** The key, from whatever header it stands in; `undefined` where there is none. */
  readonly key: string | undefined
  readonly system: string
  readonly messages: readonly ModelMessage[]
  /** `undefined` where the request has none; without a name where the format has no place for it. */
  readonly schema: { readonly name?: string; readonly json: unknown } | undefined
  readonly maxOutputTokens: number | undefined
  readonly streamed: boolean
}

/** The documented wire format of a provider's embedders. */
export interface EmbedderWire extends FailureWire {
  /** One vector a text, in the texts' order; `inputTokens` `undefined`: the server does not count. */
  vectors(vectors: readonly (readonly unknown[])[], inputTokens: number | undefined): WireReply
  /** The same with the vectors last to first, where each says its place. */
  backwards?(vectors: readonly (readonly number[])[]): WireReply
  /** The same as base64 of 32-bit floats, though floats were asked for, where some servers do that. */
  base64?(vectors: readonly (readonly number[])[]): WireReply
  read(request: RecordedRequest): SentToEmbedder
}

export interface SentToEmbedder {
  readonly model: string
  readonly key: string | undefined
  readonly texts: readonly string[]
}
