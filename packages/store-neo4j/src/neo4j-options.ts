import { GraphMemError } from '@graphmem/core/spec'
import type { Driver } from 'neo4j-driver'

/** A server that the store connects to, or a driver that the caller made. Exactly one of `url` and `driver`. */
export type Neo4jStoreOptions =
  | {
      /** As `neo4j://host:7687`, `bolt://…`, or with certificates `neo4j+s://…`, `bolt+s://…`. Without credentials in it. */
      readonly url: string
      readonly username: string
      readonly password: string
      /** The server's default database if not given. */
      readonly database?: string | undefined
    }
  | {
      /** A driver with your own settings. The caller closes it, after the store. */
      readonly driver: Driver
      /** The user's default database if not given. */
      readonly database?: string | undefined
    }

const names = ['url', 'username', 'password', 'database', 'driver']
const schemes = ['neo4j', 'neo4j+s', 'neo4j+ssc', 'bolt', 'bolt+s', 'bolt+ssc']

/** The options, checked by value. @throws GraphMemError `CONFIG_INVALID` */
export function checkedOptions(options: Neo4jStoreOptions): Neo4jStoreOptions {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'they are missing. Give `url` or `driver`')
  const given: Readonly<Record<string, unknown>> = { ...options }
  const unknownName = Object.keys(given).find((name) => !names.includes(name))
  if (unknownName !== undefined) throw invalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { url, driver, username, password, database } = given
  if ((url === undefined) === (driver === undefined)) throw invalid('url', 'exactly one of `url` and `driver` is needed')
  if (database !== undefined && (typeof database !== 'string' || database === '')) throw invalid('database', 'it is no name of a database')
  if (url !== undefined) checkUrl(url)
  for (const [field, value] of Object.entries({ username, password })) {
    if (url === undefined && value !== undefined) throw invalid(field, 'it goes with `url`; a driver has its own')
    if (url !== undefined && (typeof value !== 'string' || value === '')) throw invalid(field, 'it is missing')
  }
  if (driver !== undefined && (typeof driver !== 'object' || driver === null || !('session' in driver))) {
    throw invalid('driver', 'it is no driver. Give what `neo4j.driver` of `neo4j-driver` returns')
  }
  return options
}

function checkUrl(url: unknown): void {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined) throw invalid('url', 'it is no URL. Give one as `neo4j://localhost:7687`')
  if (!schemes.includes(parsed.protocol.slice(0, -1))) throw invalid('url', `its scheme is none of ${schemes.join(', ')}`)
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid('url', 'it has credentials in it, where logs may show them. Give `username` and `password`')
  }
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a neo4j store: ${field}: ${problem}.` })
}
