import { type GraphMemSettings, readSettings, type StoreSettings } from '@graphmem/config'

/**
 * The settings of the store that something goes to. Its credentials are in variables of its own: no password and no token of the store that it comes
 * from is sent there.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function destinationSettings(url: string): Promise<GraphMemSettings> {
  const { settings } = await readSettings({ given: { store: url, ...ownDetails() }, givesAnotherStore: true })
  return settings
}

function ownDetails(): StoreSettings {
  const { env } = process
  const given = {
    storeUser: env['GRAPHMEM_TO_STORE_USER'],
    storePassword: env['GRAPHMEM_TO_STORE_PASSWORD'],
    storeDatabase: env['GRAPHMEM_TO_STORE_DATABASE'],
    storeToken: env['GRAPHMEM_TO_STORE_TOKEN'],
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
}
