import { type CallOptions, type Diagnosis, GraphMemError } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
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
  const { store, storeToken, storeUser = '', storePassword = '', storeDatabase } = settings
  if (typeof store !== 'string') throw configInvalid('store', `${settingCalled('store')} is no URL: a doctor needs one`)
  if (/^memory:/i.test(store)) {
    throw new GraphMemError({
      code: 'UNSUPPORTED',
      field: 'store',
      message: 'Cannot examine the database: a store in the process has none.',
    })
  }
  if (/^(neo4j|bolt)/i.test(store)) {
    const { neo4jDoctor } = await importAdapter('store', '@graphmem/store-neo4j', () => import('@graphmem/store-neo4j/doctor'))
    return neo4jDoctor(
      { url: store, username: storeUser, password: storePassword, ...withoutUndefined({ database: storeDatabase }) },
      options,
    )
  }
  const { tursoDoctor } = await importAdapter('store', '@graphmem/store-turso', () => import('@graphmem/store-turso/doctor'))
  if (store.includes('{userId}')) return tursoDoctor({ urlTemplate: store }, options)
  return tursoDoctor({ url: store, ...(/^file:/i.test(store) ? {} : withoutUndefined({ authToken: storeToken })) }, options)
}
