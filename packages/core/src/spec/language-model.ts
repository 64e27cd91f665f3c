import type { CallOptions } from './graph-store.ts'

/**
 * One model of one provider, spoken to over its SDK. It knows nothing of memories, and each call is one request: an SDK's own retries are off, since
 * core waits, tries again, limits and counts, once for all providers.
 */
export interface LanguageModel {
  readonly specVersion: 1
  /** Provider and model, `openai:gpt-4o-mini`: what prices and limits are looked up by. */
  readonly id: string
  /**
   * One request, one answer. An aborted `signal` closes the connection and rejects with `signal.reason`.
   *
   * @throws GraphMemError `MODEL_LIMITED`, `MODEL_UNAVAILABLE`, `MODEL_DENIED`, `MODEL_UNKNOWN`, `MODEL_INPUT_REFUSED`, `MODEL_SCHEMA_REFUSED`; nothing that a
   *   provider says is in a message.
   */
  generate(request: GenerateRequest, options?: GenerateOptions): Promise<Generation>
}

export interface GenerateRequest {
  /** Who the model is and what it has to do: equal in all requests of one kind, so that a provider may cache it. Never holds text of users. */
  readonly system: string
  /** By turns, beginning and ending with the user's. */
  readonly messages: readonly ModelMessage[]
  /** The form of the answer. A provider that can enforce one does; `system` describes it for those that cannot. */
  readonly schema?: AnswerSchema
  /** The most that the answer may take, from 1 up. */
  readonly maxOutputTokens: number
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

export interface AnswerSchema {
  /** Letters, digits and underscores, 64 at most. */
  readonly name: string
  /** JSON Schema, of an object: every property required, no others allowed; so it is within what every provider takes. */
  readonly json: Readonly<Record<string, unknown>>
}

export interface GenerateOptions extends CallOptions {
  /** Given, the answer is streamed, and each piece handed over as it comes. */
  readonly onText?: ((piece: string) => void) | undefined
}

export interface Generation {
  /** The answer; as JSON where a schema was asked for, if the model kept to it. */
  readonly text: string
  /** `length`: cut off by `maxOutputTokens` or by what the model can take. `refused`: the model, or its filter, would not answer. */
  readonly finish: 'complete' | 'length' | 'refused'
  /** `undefined` where the server does not say. */
  readonly usage: ModelUsage | undefined
}

/** Tokens as the provider counted them. */
export interface ModelUsage {
  /** Those from a cache included. */
  readonly inputTokens: number
  /** Of these, read from the provider's cache. */
  readonly cachedInputTokens?: number
  /** Of these, written to the provider's cache, where that costs more. */
  readonly cacheWriteTokens?: number
  readonly outputTokens: number
}
