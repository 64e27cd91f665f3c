import { type CallOptions, type Diagnosis, GraphMemError } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { checkRemote, knownKind } from './open-store.ts'
import { settingCalled } from './setting-called.ts'
import type { StoreSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/**
 * Looks for faults in the database that settings name, across all of its users, importing its package alone: for whoever runs the database. A
 * replica is examined as the file that it is.
 *
 * @throws GraphMemError `CONFIG_INVALID`, `UNSUPPORTED` for a store that keeps no database, and what the database fails at
 */
export async function examineStore(settings: StoreSettings, options: CallOptions = {}): Promise<Diagnosis> {
  const { store, storeToken, storeUser = 'neo4j', storePassword, storeDatabase } = settings
  if (typeof store !== 'string') throw configInvalid('store', `${settingCalled('store')} is no URL: a doctor needs one`)
  const { scheme, url } = knownKind(store, settings)
  if (scheme === 'memory') {
    throw new GraphMemError({
      code: 'UNSUPPORTED',
      field: 'store',
      message: 'Cannot examine the database: a store in the process has none.',
    })
  }
  if (scheme !== 'file') checkRemote('store', url)
  if (scheme.startsWith('neo4j') || scheme.startsWith('bolt')) {
    if (storePassword === undefined) throw configInvalid('storePassword', `${settingCalled('storePassword')} is missing: Neo4j needs it`)
    const { neo4jDoctor } = await importAdapter('store', '@graphmem/store-neo4j', () => import('@graphmem/store-neo4j/doctor'))
    return neo4jDoctor({ url, username: storeUser, password: storePassword, ...withoutUndefined({ database: storeDatabase }) }, options)
  }
  const { tursoDoctor } = await importAdapter('store', '@graphmem/store-turso', () => import('@graphmem/store-turso/doctor'))
  if (url.includes('{userId}')) return tursoDoctor({ urlTemplate: url }, options)
  return tursoDoctor({ url, ...(scheme === 'file' ? {} : withoutUndefined({ authToken: storeToken })) }, options)
}
