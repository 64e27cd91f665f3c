import { configInvalid } from './config-invalid.ts'
import type { NamedSetting } from './named-setting.ts'

/** How the Python library names providers and a model, and what it means by a provider alone. */
interface Named {
  readonly name: 'llm' | 'embedder'
  readonly prefix: 'GRAPHMEM_LLM' | 'GRAPHMEM_EMBEDDING'
  readonly providers: Readonly<Record<string, string>>
  readonly usual: string
}

const parts: readonly Named[] = [
  {
    name: 'llm',
    prefix: 'GRAPHMEM_LLM',
    providers: { openai: 'openai', azure_openai: 'azure', openai_compatible: 'openai', anthropic: 'anthropic', ollama: 'ollama' },
    usual: 'gpt-4o-mini',
  },
  {
    name: 'embedder',
    prefix: 'GRAPHMEM_EMBEDDING',
    providers: { openai: 'openai', azure_openai: 'azure', openai_compatible: 'openai', local: 'local' },
    usual: 'text-embedding-3-small',
  },
]

/**
 * The models that variables of GraphMem for Python name by a provider and a model.
 *
 * @throws GraphMemError `CONFIG_INVALID` where they name none that there is
 */
export function pythonModels(variables: ReadonlyMap<string, string>): {
  readonly settings: readonly NamedSetting[]
  readonly understood: readonly string[]
} {
  return {
    settings: parts.flatMap((part) => named(part, variables)),
    understood: parts.flatMap(({ prefix }) => [`${prefix}_PROVIDER`, `${prefix}_MODEL`]),
  }
}

function named({ name, prefix, providers, usual }: Named, variables: ReadonlyMap<string, string>): readonly NamedSetting[] {
  const [providerVariable, modelVariable] = [`${prefix}_PROVIDER`, `${prefix}_MODEL`]
  const [given, model] = [variables.get(providerVariable), variables.get(modelVariable)]
  if (given === undefined && model === undefined) return []
  const provider = providers[given ?? 'openai']
  if (provider === undefined) throw configInvalid(providerVariable, `${providerVariable} is none of ${Object.keys(providers).join(', ')}`)
  const variable = given === undefined ? modelVariable : providerVariable
  if (provider === 'local') {
    if (model === undefined) return [{ variable, name, value: 'local:' }]
    throw configInvalid(
      modelVariable,
      `${modelVariable} names a model that is not \`local:\`. Set GRAPHMEM_EMBEDDER=onnx:/folder, where its files are`,
    )
  }
  if (given === 'openai_compatible' && !variables.has(`${prefix}_API_BASE`))
    throw configInvalid(`${prefix}_API_BASE`, `${providerVariable} is openai_compatible, and ${prefix}_API_BASE does not say where`)
  if (model === undefined && !['openai', 'azure_openai'].includes(given ?? ''))
    throw configInvalid(modelVariable, `${modelVariable} is missing: which model of ${given}?`)
  return [{ variable, name, value: `${provider}:${model ?? usual}` }]
}
