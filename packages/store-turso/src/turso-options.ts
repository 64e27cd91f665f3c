import { resolve } from 'node:path'
import { fileName, GraphMemError, type UserId } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'

/** One database for all users, one file a user, or a client that the caller opened. Exactly one of `url`, `urlTemplate` and `client`. */
export type TursoStoreOptions =
  | {
      /** A file, as `file:./graphmem.db`. It and its folder are made by the first write. */
      readonly url: string
    }
  | {
      /** A file a user, as `file:./memories/{userId}.db`. It and its folder are made by the user's first write. */
      readonly urlTemplate: string
      /** How many files are open at most. Default 64. */
      readonly maxOpenFiles?: number | undefined
    }
  | {
      /** An open client on a local file. The caller closes it, after the store. */
      readonly client: Client
    }

/** Where the databases are, as the options say it. */
export type Placement =
  | { readonly client: Client }
  | { readonly pathOf: (userId: UserId) => string; readonly oneFileEach: boolean; readonly maxOpenFiles: number }

const defaultMaxOpenFiles = 64
const names = ['url', 'urlTemplate', 'client', 'maxOpenFiles']

/** @throws GraphMemError `CONFIG_INVALID` or `UNSUPPORTED` */
export function placementOf(options: TursoStoreOptions): Placement {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'they are missing. Give `url`, `urlTemplate` or `client`')
  const given: Readonly<Record<string, unknown>> = { ...options }
  const unknownName = Object.keys(given).find((name) => !names.includes(name))
  if (unknownName !== undefined) throw invalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { url, urlTemplate, client, maxOpenFiles } = given
  if ([url, urlTemplate, client].filter((value) => value !== undefined).length !== 1) {
    throw invalid('url', 'exactly one of `url`, `urlTemplate` and `client` is needed')
  }
  if (maxOpenFiles !== undefined && urlTemplate === undefined) throw invalid('maxOpenFiles', 'it goes with `urlTemplate` only')
  if (url !== undefined) return shared(url)
  if (urlTemplate !== undefined) return oneFileEach(urlTemplate, maxOpenFiles ?? defaultMaxOpenFiles)
  return live(client)
}

function shared(url: unknown): Placement {
  const path = filePath('url', url)
  const placeholder = placeholderIn(path)
  if (placeholder !== undefined) throw invalid('url', `a file for all users has no ${placeholder}. Give \`urlTemplate\` for a file a user`)
  return { pathOf: () => path, oneFileEach: false, maxOpenFiles: 1 }
}

function oneFileEach(urlTemplate: unknown, maxOpenFiles: unknown): Placement {
  const path = filePath('urlTemplate', urlTemplate)
  if (!path.includes('{userId}'))
    throw invalid('urlTemplate', 'it has no `{userId}`, so that all users would share a file. Give `url` for that')
  const placeholder = placeholderIn(path.replaceAll('{userId}', ''))
  if (placeholder !== undefined) {
    throw invalid('urlTemplate', `${placeholder} cannot be in it, only \`{userId}\` can. The memories of a user share the user's file`)
  }
  if (typeof maxOpenFiles !== 'number' || !Number.isInteger(maxOpenFiles) || maxOpenFiles < 1) {
    throw invalid('maxOpenFiles', 'it is no whole number from 1 up')
  }
  return { pathOf: (userId) => path.replaceAll('{userId}', fileName(userId)), oneFileEach: true, maxOpenFiles }
}

function live(client: unknown): Placement {
  if (typeof client !== 'object' || client === null || !('batch' in client) || !('protocol' in client)) {
    throw invalid('client', 'it is no client. Give what `createClient` of `@libsql/client` returns')
  }
  if (client.protocol !== 'file') throw unsupported('client', 'a client of a remote server')
  return { client: client as Client }
}

/** The absolute path that a `file:` URL names, with its placeholders as they are. */
export function filePath(field: string, url: unknown): string {
  if (typeof url !== 'string' || url === '') throw invalid(field, 'it is no URL. Give one as `file:./graphmem.db`')
  if (url === ':memory:' || /^file:(\/\/)?:memory:/.test(url)) {
    throw unsupported(field, 'a database in memory', 'Use `memoryStore()` of `@graphmem/store-memory` for what need not last')
  }
  const [, scheme = '', , host = '', path = '', rest = ''] = /^([A-Za-z][A-Za-z.+-]*):(\/\/([^/?#]*))?([^?#]*)(.*)$/s.exec(url) ?? []
  if (scheme === '') throw invalid(field, 'it is no URL. Put `file:` before the path')
  if (scheme.toLowerCase() !== 'file') throw unsupported(field, `\`${scheme}:\``)
  if (rest !== '') throw invalid(field, 'a file URL has no `?` and no `#`. Write them as `%3F` and `%23` in a path')
  if (host !== '' && host.toLowerCase() !== 'localhost')
    throw invalid(field, 'a file URL has no host. Write `file:/path` or `file:///path`')
  if (path === '' || path.endsWith('/')) throw invalid(field, 'it names no file')
  try {
    return resolve(decodeURIComponent(path))
  } catch {
    throw invalid(field, 'a `%` in it is not followed by two hexadecimal digits')
  }
}

function placeholderIn(path: string): string | undefined {
  return /\{\w*\}/.exec(path)?.[0]
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a turso store: ${field}: ${problem}.` })
}

function unsupported(field: string, what: string, instead = 'Give a local file, as `file:./graphmem.db`'): GraphMemError {
  return new GraphMemError({
    code: 'UNSUPPORTED',
    field,
    message: `Cannot make a turso store: ${field}: ${what} is not supported. ${instead}.`,
  })
}
