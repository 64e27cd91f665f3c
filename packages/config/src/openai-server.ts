import type { OpenAIServerOptions } from '@graphmem/llm-openai'
import { configInvalid } from './config-invalid.ts'
import type { ModelPart, ProviderModel } from './provider-model.ts'
import { settingCalled } from './setting-called.ts'
import { withoutUndefined } from './without-undefined.ts'

/** Where a model of OpenAI, or of Azure, is. `azure:gpt-4o-mini/our-deployment` names the deployment; otherwise it is called as its model. */
export function openaiServer(part: ModelPart, { provider, model, key, url }: ProviderModel): OpenAIServerOptions {
  if (provider !== 'azure') return { model, ...withoutUndefined({ apiKey: key, baseURL: url }) }
  const urlName = part === 'llm' ? 'llmUrl' : 'embedderUrl'
  if (url === undefined) throw configInvalid(urlName, `${settingCalled(urlName)} is missing: where is the resource at Azure?`)
  const [name = '', deployment = name] = model.split('/')
  return { model: name, ...withoutUndefined({ apiKey: key }), azure: { endpoint: url, deployment } }
}
