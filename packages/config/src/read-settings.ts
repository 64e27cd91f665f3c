import { findConfigFile } from './find-config-file.ts'
import { loadConfigFile } from './load-config-file.ts'
import { checkedSettings, details, type GraphMemSettings } from './settings.ts'
import { settingsFromEnvironment } from './settings-from-environment.ts'

export interface ReadSettingsOptions {
  /** Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where the search for a config file begins. Default: the folder the process is in. */
  readonly folder?: string
  /** Settings that win over both, such as those of a command line. */
  readonly given?: GraphMemSettings
}

export interface ReadSettings {
  readonly settings: GraphMemSettings
  /** What named the store: a variable, the path of the config file, or `given`. */
  readonly storeFrom: string | undefined
}

/**
 * Reads the config file, and over it the environment, and over both what is given. A layer that names another store takes nothing that a layer
 * below says of its own store, so that no password goes to a server it is not for; the same for a cache.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function readSettings({
  env = process.env,
  folder = process.cwd(),
  given = {},
}: ReadSettingsOptions = {}): Promise<ReadSettings> {
  const environment = settingsFromEnvironment(env)
  const path = findConfigFile(folder)
  const file = path === undefined ? {} : await loadConfigFile(path)
  const layers = [
    { from: path, settings: file },
    { from: environment.storeVariable, settings: environment.settings },
    { from: 'given', settings: checkedSettings(given, 'the settings given') },
  ]
  return {
    settings: layers.map((layer) => layer.settings).reduce(laidOver),
    storeFrom: layers.findLast(({ settings }) => settings.store !== undefined)?.from,
  }
}

function laidOver(below: GraphMemSettings, above: GraphMemSettings): GraphMemSettings {
  const dropped = (['store', 'cache'] as const)
    .filter((name) => below[name] !== undefined && above[name] !== undefined)
    .flatMap((name): readonly string[] => details[name])
  const kept = Object.entries(below).filter(([name]) => !dropped.includes(name))
  return { ...Object.fromEntries(kept), ...above }
}
