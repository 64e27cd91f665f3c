import { fileName, hostLabel, type UserId } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import { type AuthToken, isToken } from './auth-token.ts'
import { filePath } from './file-url.ts'
import { invalid, unsupported } from './option-error.ts'
import { remoteTemplate, remoteUrl, withName } from './remote-url.ts'

/** One database for all users, one a user, or a client that the caller opened. Exactly one of `url`, `urlTemplate` and `client`. */
export type TursoStoreOptions =
  | {
      /** A file, as `file:./graphmem.db`, which is made by the first write; or a server, as `libsql://host`, `https://…`, `http://…`. */
      readonly url: string
      /** With a server only, or with `syncUrl`. */
      readonly authToken?: AuthToken | undefined
      /** How long a request to a server may take. Default 30,000. */
      readonly timeoutMs?: number | undefined
      /** The server of which the file is a copy: reads are the file's, writes the server's. */
      readonly syncUrl?: string | undefined
      /** How often the copy is brought up to date besides, when another process may have written. Not at all if not given. */
      readonly syncIntervalMs?: number | undefined
    }
  | {
      /**
       * A file a user, as `file:./memories/{userId}.db`, which is made by the user's first write; or a database a user on a server, as
       * `libsql://{userId}-org.turso.io` or `https://host/{userId}`, which has to be there: see {@link databaseName}.
       */
      readonly urlTemplate: string
      /** With files only: how many are open at most. Default 64. */
      readonly maxOpenFiles?: number | undefined
      /** With a server only. */
      readonly authToken?: AuthToken | undefined
      /** How long a request to a server may take. Default 30,000. */
      readonly timeoutMs?: number | undefined
    }
  | {
      /** An open client on a local file. The caller closes it, after the store. */
      readonly client: Client
    }

/** Where the databases are, as the options say it. */
export type Placement = ClientPlacement | FilePlacement | ServerPlacement | ReplicaPlacement

interface ClientPlacement {
  readonly kind: 'client'
  readonly client: Client
}

interface FilePlacement {
  readonly kind: 'files'
  readonly pathOf: (userId: UserId) => string
  readonly oneFileEach: boolean
  readonly maxOpenFiles: number
}

export interface ServerPlacement {
  readonly kind: 'server'
  readonly urlOf: (userId: UserId) => string
  readonly oneDatabaseEach: boolean
  readonly authToken: AuthToken | undefined
  readonly timeoutMs: number
}

export interface ReplicaPlacement {
  readonly kind: 'replica'
  readonly path: string
  readonly syncUrl: string
  readonly authToken: AuthToken | undefined
  readonly syncIntervalMs: number | undefined
}

const defaultMaxOpenFiles = 64
const defaultTimeoutMs = 30_000
const names = ['url', 'urlTemplate', 'client', 'authToken', 'timeoutMs', 'syncUrl', 'syncIntervalMs', 'maxOpenFiles'] as const
type Given = Readonly<Partial<Record<(typeof names)[number], unknown>>>

/** @throws GraphMemError `CONFIG_INVALID` or `UNSUPPORTED` */
export function placementOf(options: TursoStoreOptions): Placement {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'they are missing. Give `url`, `urlTemplate` or `client`')
  const unknownName = Object.keys(options).find((name) => !names.some((known) => known === name))
  if (unknownName !== undefined) throw invalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const given: Given = { ...options }
  const { url, urlTemplate, client } = given
  if ([url, urlTemplate, client].filter((value) => value !== undefined).length !== 1) {
    throw invalid('url', 'exactly one of `url`, `urlTemplate` and `client` is needed')
  }
  if (url !== undefined) return atUrl(given)
  if (urlTemplate !== undefined) return atTemplate(given)
  return atClient(given)
}

/**
 * What `{userId}` stands for in the URL of a server: the user's id where that is plain lower-case letters and digits, at most 32 of them;
 * else `id` and the start of its SHA-256 in base32.
 */
export function databaseName(userId: string): string {
  return hostLabel(userId)
}

function atUrl(given: Given): Placement {
  const text = textOf('url', given.url)
  if (isOfFile('url', text)) {
    const path = filePath('url', text)
    refusePlaceholders('url', path)
    if (given.syncUrl !== undefined) return replica(given, path)
    allow(given, ['url'])
    return { kind: 'files', pathOf: () => path, oneFileEach: false, maxOpenFiles: 1 }
  }
  allow(given, ['url', 'authToken', 'timeoutMs'])
  refusePlaceholders('url', text)
  const url = remoteUrl('url', text)
  return { kind: 'server', urlOf: () => url, oneDatabaseEach: false, ...requestOptions(given) }
}

function replica(given: Given, path: string): Placement {
  const { syncIntervalMs } = given
  const text = textOf('syncUrl', given.syncUrl)
  allow(given, ['url', 'syncUrl', 'authToken', 'syncIntervalMs'])
  if (isOfFile('syncUrl', text)) throw invalid('syncUrl', 'it is no server. Give one as `libsql://host`')
  refusePlaceholders('syncUrl', text)
  if (syncIntervalMs !== undefined) checkDuration('syncIntervalMs', syncIntervalMs)
  return { kind: 'replica', path, syncUrl: remoteUrl('syncUrl', text).replace(/\/$/, ''), authToken: authTokenOf(given), syncIntervalMs }
}

function atTemplate(given: Given): Placement {
  const { maxOpenFiles = defaultMaxOpenFiles } = given
  const text = textOf('urlTemplate', given.urlTemplate)
  if (isOfFile('urlTemplate', text)) {
    allow(given, ['urlTemplate', 'maxOpenFiles'])
    const path = filePath('urlTemplate', text)
    checkPlaceholders(path)
    if (typeof maxOpenFiles !== 'number' || !Number.isInteger(maxOpenFiles) || maxOpenFiles < 1) {
      throw invalid('maxOpenFiles', 'it is no whole number from 1 up')
    }
    return { kind: 'files', pathOf: (userId) => withName(path, fileName(userId)), oneFileEach: true, maxOpenFiles }
  }
  allow(given, ['urlTemplate', 'authToken', 'timeoutMs'])
  checkPlaceholders(text)
  const template = remoteTemplate('urlTemplate', text)
  return { kind: 'server', urlOf: (userId) => withName(template, databaseName(userId)), oneDatabaseEach: true, ...requestOptions(given) }
}

function atClient(given: Given): Placement {
  const { client } = given
  allow(given, ['client'])
  if (typeof client !== 'object' || client === null || !('batch' in client) || !('protocol' in client)) {
    throw invalid('client', 'it is no client. Give what `createClient` of `@libsql/client` returns')
  }
  if (client.protocol !== 'file') throw unsupported('client', 'a client of a server', 'Give `url` and `authToken`')
  return { kind: 'client', client: client as Client }
}

function textOf(field: string, url: unknown): string {
  if (typeof url !== 'string' || url === '') throw invalid(field, 'it is no URL. Give one as `file:./graphmem.db` or `libsql://host`')
  return url
}

/** Tells files from servers. */
function isOfFile(field: string, url: string): boolean {
  const scheme = /^([a-z][a-z.+-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (url === ':memory:' || scheme === 'file') return true
  if (scheme === undefined) throw invalid(field, 'it is no URL. Put `file:` before the path')
  if (['libsql', 'https', 'http'].includes(scheme)) return false
  throw unsupported(field, `\`${scheme}:\``, 'Give `file:`, `libsql:`, `https:` or `http:`')
}

/** What each option that not every place takes goes with. */
const goesWith: Readonly<Partial<Record<(typeof names)[number], string>>> = {
  authToken: 'a server, or `syncUrl`, only',
  timeoutMs: 'a server only',
  syncUrl: '`url` of a local file only',
  syncIntervalMs: '`syncUrl` only',
  maxOpenFiles: '`urlTemplate` only, of local files',
}

function allow(given: Given, allowed: readonly string[]): void {
  const extra = names.find((name) => given[name] !== undefined && !allowed.includes(name))
  if (extra !== undefined) throw invalid(extra, `it goes with ${goesWith[extra] ?? 'nothing else'}`)
}

function requestOptions(given: Given): Pick<ServerPlacement, 'authToken' | 'timeoutMs'> {
  const { timeoutMs = defaultTimeoutMs } = given
  checkDuration('timeoutMs', timeoutMs)
  return { authToken: authTokenOf(given), timeoutMs }
}

function authTokenOf({ authToken }: Given): AuthToken | undefined {
  if (authToken === undefined || typeof authToken === 'function') return authToken as AuthToken | undefined
  if (!isToken(authToken)) throw invalid('authToken', 'it is no token')
  return authToken
}

function checkDuration(field: string, milliseconds: unknown): asserts milliseconds is number {
  if (typeof milliseconds !== 'number' || !Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds > 0x7fffffff) {
    throw invalid(field, 'it is no whole number of milliseconds from 1 to 2147483647')
  }
}

function refusePlaceholders(field: string, url: string): void {
  const placeholder = placeholderIn(url)
  if (placeholder !== undefined) throw invalid(field, `a database for all users has no ${placeholder}. Give \`urlTemplate\` for one a user`)
}

function checkPlaceholders(template: string): void {
  if (!template.includes('{userId}'))
    throw invalid('urlTemplate', 'it has no `{userId}`, so that all users would share a database. Give `url` for that')
  const placeholder = placeholderIn(withName(template, ''))
  if (placeholder !== undefined) {
    throw invalid('urlTemplate', `${placeholder} cannot be in it, only \`{userId}\` can. The memories of a user share the user's database`)
  }
}

function placeholderIn(url: string): string | undefined {
  return /\{\w*\}/.exec(url)?.[0]
}
