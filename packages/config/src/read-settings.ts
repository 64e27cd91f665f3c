import { findConfigFile } from './find-config-file.ts'
import { loadConfigFile } from './load-config-file.ts'
import { withProviderVariables } from './provider-variables.ts'
import { checkedSettings, details, type GraphMemSettings } from './settings.ts'
import { settingsFromEnvironment } from './settings-from-environment.ts'

export interface ReadSettingsOptions {
  /** Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where the search for a config file begins; `null`: none is looked for. Default: the folder the process is in. */
  readonly folder?: string | null
  /** Settings that win over both, such as those of a command line. */
  readonly given?: GraphMemSettings
  /** What is given names a store beside the one of the settings: nothing that the environment and the file say of a store is for it. Default `false`. */
  readonly givesAnotherStore?: boolean
}

export interface ReadSettings {
  readonly settings: GraphMemSettings
  /** What named the store: a variable, the path of the config file, or `given`. */
  readonly storeFrom: string | undefined
}

/**
 * Reads the config file, and over it the environment, and over both what is given. A layer that names another store takes nothing that a layer
 * below says of its own store, so that no password goes to a server it is not for; the same for a cache, a language model and an embedder. Where
 * neither the key nor the URL of a model is set, they are what the provider's own variables say, such as `OPENAI_API_KEY`.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function readSettings({
  env = process.env,
  folder = process.cwd(),
  given = {},
  givesAnotherStore = false,
}: ReadSettingsOptions = {}): Promise<ReadSettings> {
  const environment = settingsFromEnvironment(env)
  const path = folder === null ? undefined : findConfigFile(folder)
  const file = path === undefined ? {} : await loadConfigFile(path)
  const shared = (settings: GraphMemSettings) => (givesAnotherStore ? without(settings, ['store', ...details.store]) : settings)
  const layers = [
    { from: path, settings: shared(file) },
    { from: environment.storeVariable, settings: shared(environment.settings) },
    { from: 'given', settings: checkedSettings(given, 'the settings given') },
  ]
  return {
    settings: withProviderVariables(layers.map((layer) => layer.settings).reduce(laidOver), env),
    storeFrom: layers.findLast(({ settings }) => settings.store !== undefined)?.from,
  }
}

function laidOver(below: GraphMemSettings, above: GraphMemSettings): GraphMemSettings {
  const dropped = (['store', 'cache', 'llm', 'embedder'] as const)
    .filter((name) => below[name] !== undefined && above[name] !== undefined)
    .flatMap((name): readonly string[] => details[name])
  return { ...without(below, [...dropped, ...otherReader(above)]), ...above }
}

/** A language model and a reasoner are each in the other's place. */
function otherReader({ llm, reasoner }: GraphMemSettings): readonly string[] {
  if (llm !== undefined) return ['reasoner']
  return reasoner === undefined ? [] : ['llm', ...details.llm]
}

function without(settings: GraphMemSettings, names: readonly string[]): GraphMemSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))
}
