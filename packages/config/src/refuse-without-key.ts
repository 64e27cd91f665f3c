import { configInvalid } from './config-invalid.ts'
import type { ModelPart, ProviderModel } from './provider-model.ts'
import { providerKeyVariable } from './provider-variables.ts'
import { settingCalled } from './setting-called.ts'

/** A server of one's own may want no key; the provider's always does. @throws GraphMemError `CONFIG_INVALID` */
export function refuseWithoutKey(part: ModelPart, { provider, key, url }: ProviderModel): void {
  const variable = providerKeyVariable(provider)
  if (variable === undefined || key !== undefined || (provider === 'openai' && url !== undefined)) return
  const [name, urlName] = part === 'llm' ? (['llmKey', 'llmUrl'] as const) : (['embedderKey', 'embedderUrl'] as const)
  const instead = `In the environment it may be ${variable}, where ${settingCalled(urlName)} is not set`
  throw configInvalid(name, `${settingCalled(name)} is missing: \`${provider}:\` needs a key. ${instead}`)
}
