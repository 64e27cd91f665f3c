import type OpenAI from 'openai'
import type { OpenAIModelOptions } from './openai-options.ts'

/** What a request to a model may, or has to, hold. */
export interface ModelRules {
  readonly limit: 'max_tokens' | 'max_completion_tokens'
  /** A model that reasons refuses a temperature. */
  readonly takesTemperature: boolean
  /** OpenAI keeps answers where it is not told not to. */
  readonly takesStore: boolean
  readonly reasoningEffort: OpenAI.ReasoningEffort | undefined
}

/** OpenAI's models that do not reason. Others are taken for such as do, so that one that is newer than this list is asked for nothing it refuses. */
const plain = /^(ft:)?(gpt-3\.5|gpt-35|gpt-4|chatgpt-4o)(?!.*search)/

export function rulesOf({ model, baseURL, azure, reasoningEffort }: OpenAIModelOptions): ModelRules {
  if (baseURL !== undefined) return { limit: 'max_tokens', takesTemperature: true, takesStore: false, reasoningEffort }
  const takesTemperature = plain.test(model)
  // Older versions of Azure's API know the newer name for models that reason only.
  const limit = azure !== undefined && takesTemperature ? 'max_tokens' : 'max_completion_tokens'
  return { limit, takesTemperature, takesStore: azure === undefined, reasoningEffort }
}
