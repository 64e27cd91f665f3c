import { type GraphMemSettings, readSettings } from '@graphmem/config'
import { defaultStoreUrl } from './default-store-url.ts'
import { note } from './terminal.ts'

/** The option that names a store, of every command that opens one. */
export interface StoreChoice {
  readonly store?: string
}

/**
 * The settings of the config file and the environment, with the store of the command line where one is given. Where it is not, and where the
 * store is one that nobody named, it says which store it is.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function cliSettings({ store }: StoreChoice): Promise<GraphMemSettings> {
  const { settings, storeFrom } = await readSettings({ given: store === undefined ? {} : { store } })
  if (store !== undefined) return settings
  if (storeFrom !== undefined) {
    note(`store: of ${storeFrom}`)
    return settings
  }
  const url = defaultStoreUrl()
  note(`store: ${url}`)
  return { ...settings, store: url }
}
