import { pathToFileURL } from 'node:url'
import { configInvalid } from './config-invalid.ts'
import type { NamedSetting } from './named-setting.ts'
import { pythonModels } from './python-models.ts'
import type { SettingName } from './settings.ts'

/** Variables of the Python library that have a setting of the same meaning. */
const renamed: Readonly<Record<string, SettingName>> = {
  GRAPHMEM_NEO4J_URI: 'store',
  GRAPHMEM_NEO4J_USERNAME: 'storeUser',
  GRAPHMEM_NEO4J_PASSWORD: 'storePassword',
  GRAPHMEM_NEO4J_DATABASE: 'storeDatabase',
  GRAPHMEM_TURSO_DB_PATH: 'store',
  GRAPHMEM_TURSO_URL: 'store',
  GRAPHMEM_TURSO_AUTH_TOKEN: 'storeToken',
  GRAPHMEM_REDIS_URL: 'cache',
  GRAPHMEM_LLM_API_KEY: 'llmKey',
  GRAPHMEM_LLM_API_BASE: 'llmUrl',
  GRAPHMEM_EMBEDDING_API_KEY: 'embedderKey',
  GRAPHMEM_EMBEDDING_API_BASE: 'embedderUrl',
}

/** Those that have none, and what to do instead. */
const refused: Readonly<Record<string, string>> = {
  GRAPHMEM_USER_ID: 'There is no default user: give the user to `memory({ userId })`, or GRAPHMEM_USER to the program `graphmem`',
}

/**
 * What the variables of GraphMem for Python set.
 *
 * @throws GraphMemError `CONFIG_INVALID` for one that means nothing here; the message says what to do instead
 */
export function pythonSettings(variables: ReadonlyMap<string, string>): {
  readonly settings: readonly NamedSetting[]
  readonly understood: ReadonlySet<string>
} {
  for (const [variable, instead] of Object.entries(refused)) {
    if (variables.has(variable)) throw configInvalid(variable, `${variable} is a variable of the Python library. ${instead}`)
  }
  const settings = Object.entries(renamed).flatMap(([variable, name]): readonly NamedSetting[] => {
    const value = variables.get(variable)
    if (value === undefined) return []
    if (variable === 'GRAPHMEM_TURSO_DB_PATH') return [{ variable, name, value: pathToFileURL(value).href }]
    // Beside a path it is what the file is a replica of.
    const isReplicaOf = variable === 'GRAPHMEM_TURSO_URL' && variables.has('GRAPHMEM_TURSO_DB_PATH')
    return [{ variable, name: isReplicaOf ? 'storeSyncUrl' : name, value }]
  })
  const models = pythonModels(variables)
  return { settings: [...settings, ...models.settings], understood: new Set([...Object.keys(renamed), ...models.understood]) }
}
