import { configInvalid } from './config-invalid.ts'
import { settingCalled } from './setting-called.ts'
import type { ModelSettings } from './settings.ts'

/** The settings that name a model of a provider. */
export type ModelPart = 'llm' | 'embedder'

const providers = ['openai', 'azure', 'anthropic', 'ollama'] as const
type Provider = (typeof providers)[number]

/** A model of a provider, and what is said beside it. */
export interface ProviderModel {
  readonly provider: Provider
  readonly model: string
  readonly key: string | undefined
  readonly url: string | undefined
}

/** The provider and the model that a setting names, or `undefined` where it names something else: `local:`, a folder, an adapter. */
export function providerModel(part: ModelPart, settings: ModelSettings): ProviderModel | undefined {
  const named = settings[part]
  if (typeof named !== 'string') return undefined
  const [, scheme = '', model = ''] = /^([a-z]+):(.*)$/i.exec(named) ?? []
  const provider = providers.find((each) => each === scheme.toLowerCase())
  if (provider === undefined) return undefined
  if (model === '') throw configInvalid(part, `${settingCalled(part)} names no model after \`${provider}:\``)
  const { llmKey, llmUrl, embedderKey, embedderUrl } = settings
  return part === 'llm' ? { provider, model, key: llmKey, url: llmUrl } : { provider, model, key: embedderKey, url: embedderUrl }
}
