import type { LanguageModel } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { inSettings } from './in-settings.ts'
import { openaiServer } from './openai-server.ts'
import { providerModel } from './provider-model.ts'
import { refuseStrayDetails } from './refuse-stray-details.ts'
import { refuseWithoutKey } from './refuse-without-key.ts'
import { settingCalled } from './setting-called.ts'
import type { ModelSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

const settingOf = {
  model: 'llm',
  apiKey: 'llmKey',
  baseURL: 'llmUrl',
  url: 'llmUrl',
  'azure.endpoint': 'llmUrl',
  'azure.deployment': 'llm',
} as const

/**
 * Makes the language model that `llm` names, importing its package alone. One that is made already is given back.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function openLanguageModel(settings: ModelSettings): Promise<LanguageModel> {
  if (typeof settings.llm === 'object') {
    refuseStrayDetails('llm', settings, 'a model that is made already')
    return settings.llm
  }
  const named = providerModel('llm', settings)
  if (named === undefined) {
    throw configInvalid(
      'llm',
      `${settingCalled('llm')} is no known model. Give openai:gpt-4o-mini, azure:model/deployment, anthropic:model, ollama:llama3.2 or local`,
    )
  }
  refuseWithoutKey('llm', named)
  const { provider, model, key, url } = named
  if (provider === 'anthropic') {
    const { anthropicModel } = await importAdapter('llm', '@graphmem/llm-anthropic', () => import('@graphmem/llm-anthropic'))
    return inSettings(settingOf, () => anthropicModel({ model, apiKey: key ?? '', ...withoutUndefined({ baseURL: url }) }))
  }
  if (provider === 'ollama') {
    const { ollamaModel } = await importAdapter('llm', '@graphmem/llm-ollama', () => import('@graphmem/llm-ollama'))
    return inSettings(settingOf, () => ollamaModel({ model, ...withoutUndefined({ apiKey: key, url }) }))
  }
  const { openaiModel } = await importAdapter('llm', '@graphmem/llm-openai', () => import('@graphmem/llm-openai'))
  return inSettings(settingOf, () => openaiModel(openaiServer('llm', named)))
}
