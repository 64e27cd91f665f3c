import { providerModel } from './provider-model.ts'
import type { GraphMemSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/** The variables in which providers' own programs look for a key and for where to go. */
const variables = {
  openai: { key: 'OPENAI_API_KEY', url: 'OPENAI_BASE_URL' },
  azure: { key: 'AZURE_OPENAI_API_KEY', url: 'AZURE_OPENAI_ENDPOINT' },
  anthropic: { key: 'ANTHROPIC_API_KEY', url: 'ANTHROPIC_BASE_URL' },
  ollama: { key: undefined, url: 'OLLAMA_HOST' },
} as const

/** How the variables are called that a setting falls back to, for messages. */
export function providerKeyVariable(provider: keyof typeof variables): string | undefined {
  return variables[provider].key
}

/**
 * The settings, with what the provider's own variables say where neither the key nor the URL is set: both or none, so that no key goes to a server
 * it is not for.
 */
export function withProviderVariables(settings: GraphMemSettings, env: Readonly<Record<string, string | undefined>>): GraphMemSettings {
  const said = (variable: string | undefined) => (variable === undefined ? undefined : env[variable] || undefined)
  const told = (part: 'llm' | 'embedder') => {
    const model = providerModel(part, settings)
    if (model === undefined || model.key !== undefined || model.url !== undefined) return { key: undefined, url: undefined }
    const { key, url } = variables[model.provider]
    return { key: said(key), url: model.provider === 'ollama' ? ollamaUrl(said(url)) : said(url) }
  }
  const llm = told('llm')
  const embedder = told('embedder')
  return { ...settings, ...withoutUndefined({ llmKey: llm.key, llmUrl: llm.url, embedderKey: embedder.key, embedderUrl: embedder.url }) }
}

/** `OLLAMA_HOST` is where a server listens, too: it may lack a scheme or a port, or be every address of the machine. */
function ollamaUrl(host: string | undefined): string | undefined {
  if (host === undefined || /^https?:/i.test(host)) return host
  const [, name = '', port = ':11434'] = /^(.*?)(:\d+)?$/.exec(host) ?? []
  return `http://${name === '' || name === '0.0.0.0' ? '127.0.0.1' : name}${port}`
}
