import { resolve } from 'node:path'

const defaultPorts: Readonly<Record<string, string>> = { redis: '6379', rediss: '6379', neo4j: '7687', bolt: '7687', http: '80' }

/**
 * Where a setting leads to, however it is written: the path of a file, or the host and port of a server. Two databases of one server are in one place.
 *
 * @param setting a URL, or a path
 */
export function serverOf(setting: string): string {
  const [, scheme = 'file', rest = setting] = /^([a-z0-9]+(?:\+[a-z]+)?):(.*)$/is.exec(setting) ?? []
  const kind = scheme.toLowerCase().split('+')[0] ?? ''
  if (kind === 'file') return resolve(rest.replace(/^\/\/(?:localhost)?(?=\/)/i, '').replace(/\?.*$/s, ''))
  // Not by URL: a template of a database a user has braces in its host.
  const host = rest
    .replace(/^\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .toLowerCase()
  return /:\d+$/.test(host) ? host : `${host}:${defaultPorts[kind] ?? '443'}`
}
