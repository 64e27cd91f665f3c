import type { GraphStore } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { inSettings } from './in-settings.ts'
import { settingCalled } from './setting-called.ts'
import { details, type StoreDetail, type StoreSettings } from './settings.ts'
import { withoutUndefined } from './without-undefined.ts'

/** How the URLs of one kind of store look, what may be said beside them, and how it is opened. */
interface StoreKind {
  readonly schemes: readonly string[]
  readonly takes: readonly StoreDetail[]
  open(url: string, settings: StoreSettings): Promise<GraphStore>
}

interface TursoDetails {
  readonly authToken?: string | undefined
  readonly syncUrl?: string | undefined
  readonly syncIntervalMs?: number | undefined
  readonly timeoutMs?: number | undefined
  readonly maxOpenFiles?: number | undefined
}

const kinds: readonly StoreKind[] = [
  { schemes: ['memory'], takes: [], open: inProcess },
  { schemes: ['file'], takes: ['storeMaxOpenFiles', 'storeSyncUrl', 'storeSyncIntervalMs', 'storeToken'], open: inFile },
  { schemes: ['libsql', 'https', 'http'], takes: ['storeToken', 'storeTimeoutMs'], open: onTurso },
  {
    schemes: ['neo4j', 'neo4j+s', 'neo4j+ssc', 'bolt', 'bolt+s', 'bolt+ssc'],
    takes: ['storeUser', 'storePassword', 'storeDatabase'],
    open: onNeo4j,
  },
]
const known =
  'memory:, file:./graphmem.db, file:./memories/{userId}.db, libsql://host, https://host, neo4j://host, neo4j+s://host or bolt://host'

/**
 * Opens the store that settings name, importing its package alone. Does no I/O beside: a store connects when it is first used.
 *
 * @throws GraphMemError `CONFIG_INVALID` when the URL is none, a package is missing, or a setting does not go with the store
 */
export async function openStore(settings: StoreSettings): Promise<GraphStore> {
  const { store } = settings
  if (store === undefined) throw configInvalid('store', `${settingCalled('store')} is missing: where are memories kept? Give ${known}`)
  if (typeof store !== 'string') {
    refuseBeside(settings, [], 'a store that is made already')
    return store
  }
  const { url, kind } = knownKind(store, settings)
  return kind.open(url, settings)
}

/**
 * The kind of store that a URL names, and the URL with its scheme in lower case.
 *
 * @throws GraphMemError `CONFIG_INVALID` when there is no such kind, or a setting does not go with it
 */
export function knownKind(
  store: string,
  settings: StoreSettings,
): { readonly scheme: string; readonly url: string; readonly kind: StoreKind } {
  const scheme = /^([a-z][a-z0-9+]*):/i.exec(store)?.[1]?.toLowerCase() ?? ''
  const kind = kinds.find(({ schemes }) => schemes.includes(scheme))
  if (kind === undefined) throw configInvalid('store', `${settingCalled('store')} is no URL of a known store. Give ${known}`)
  refuseBeside(settings, kind.takes, `\`${scheme}:\``)
  return { scheme, url: `${scheme}${store.slice(scheme.length)}`, kind }
}

function refuseBeside(settings: StoreSettings, takes: readonly StoreDetail[], what: string): void {
  const stray = details.store.find((name) => settings[name] !== undefined && !takes.includes(name))
  if (stray !== undefined)
    throw configInvalid(stray, `${settingCalled(stray)} does not go with ${what}, which ${settingCalled('store')} is`)
}

async function inProcess(url: string): Promise<GraphStore> {
  if (url !== 'memory:') throw configInvalid('store', `${settingCalled('store')}: \`memory:\` has nothing after it`)
  const { memoryStore } = await importAdapter('store', '@graphmem/store-memory', () => import('@graphmem/store-memory'))
  return memoryStore()
}

async function inFile(
  url: string,
  { storeMaxOpenFiles, storeSyncUrl, storeSyncIntervalMs, storeToken }: StoreSettings,
): Promise<GraphStore> {
  if (storeToken !== undefined && storeSyncUrl === undefined) {
    throw configInvalid('storeToken', `${settingCalled('storeToken')} goes with a file only where ${settingCalled('storeSyncUrl')} is set`)
  }
  if (storeSyncUrl !== undefined) checkRemote('storeSyncUrl', storeSyncUrl)
  return turso(url, { maxOpenFiles: storeMaxOpenFiles, syncUrl: storeSyncUrl, syncIntervalMs: storeSyncIntervalMs, authToken: storeToken })
}

async function onTurso(url: string, { storeToken, storeTimeoutMs }: StoreSettings): Promise<GraphStore> {
  checkRemote('store', url)
  return turso(url, { authToken: storeToken, timeoutMs: storeTimeoutMs })
}

const tursoSettings = {
  url: 'store',
  urlTemplate: 'store',
  authToken: 'storeToken',
  syncUrl: 'storeSyncUrl',
  syncIntervalMs: 'storeSyncIntervalMs',
  timeoutMs: 'storeTimeoutMs',
  maxOpenFiles: 'storeMaxOpenFiles',
} as const
const neo4jSettings = { url: 'store', username: 'storeUser', password: 'storePassword', database: 'storeDatabase' } as const

async function turso(url: string, options: TursoDetails): Promise<GraphStore> {
  const { tursoStore } = await importAdapter('store', '@graphmem/store-turso', () => import('@graphmem/store-turso'))
  const place = url.includes('{userId}') ? { urlTemplate: url } : { url }
  return inSettings(tursoSettings, () => tursoStore({ ...place, ...withoutUndefined(options) }))
}

async function onNeo4j(url: string, { storeUser = 'neo4j', storePassword, storeDatabase }: StoreSettings): Promise<GraphStore> {
  checkRemote('store', url)
  if (storePassword === undefined) throw configInvalid('storePassword', `${settingCalled('storePassword')} is missing: Neo4j needs it`)
  const { neo4jStore } = await importAdapter('store', '@graphmem/store-neo4j', () => import('@graphmem/store-neo4j'))
  return inSettings(neo4jSettings, () =>
    neo4jStore({ url, username: storeUser, password: storePassword, ...withoutUndefined({ database: storeDatabase }) }),
  )
}

/** A URL is printed and logged: a secret is not in it. */
export function checkRemote(name: 'store' | 'storeSyncUrl', given: string): void {
  const url = URL.parse(given.replaceAll('{userId}', 'user'))
  if (url === null || url.hostname === '') throw configInvalid(name, `${settingCalled(name)} is no URL with a host`)
  if (url.username !== '' || url.password !== '' || url.searchParams.has('authToken')) {
    throw configInvalid(
      name,
      `${settingCalled(name)} has credentials in it, where logs may show them. Give ${settingCalled('storeToken')}, or ${settingCalled('storeUser')} and ${settingCalled('storePassword')}`,
    )
  }
}
