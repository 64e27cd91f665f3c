import { GraphMemError } from '@graphmem/core/spec'
import type { Cluster, Redis } from 'ioredis'

/** Where Redis is: a server, nodes of a Cluster, or a client that the caller opened. Exactly one of `url`, `nodes` and `client`. */
export type RedisCacheOptions = {
  /** How the name of every key begins, in letters, digits, `.`, `_`, `-` and `:`. Default `graphmem`. */
  readonly prefix?: string
} & (
  | {
      /** One server, as `redis://localhost:6379` or `rediss://user:password@host:6379/0`. */
      readonly url: string
    }
  | {
      /** Some nodes of a Cluster, as URLs; the others are found by them. They share user, password and the scheme of the first. */
      readonly nodes: readonly string[]
    }
  | {
      /** A client of ioredis. The caller closes it, after the cache. Give it `enableOfflineQueue: false`, or calls wait while it is not connected. */
      readonly client: Redis | Cluster
    }
)

export type Placement = { readonly url: URL } | { readonly nodes: readonly [URL, ...URL[]] } | { readonly client: Redis | Cluster }

const names = ['prefix', 'url', 'nodes', 'client']

/** @throws GraphMemError `CONFIG_INVALID` */
export function placementOf(options: RedisCacheOptions): { readonly prefix: string; readonly placement: Placement } {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'they are missing. Give `url`, `nodes` or `client`')
  const given: Readonly<Record<string, unknown>> = { ...options }
  const unknownName = Object.keys(given).find((name) => !names.includes(name))
  if (unknownName !== undefined) throw invalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { prefix = 'graphmem', url, nodes, client } = given
  if ([url, nodes, client].filter((value) => value !== undefined).length !== 1)
    throw invalid('url', 'exactly one of `url`, `nodes` and `client` is needed')
  // A brace would be taken for the start of the hash tag.
  if (typeof prefix !== 'string' || !/^[A-Za-z0-9._:-]{1,100}$/.test(prefix))
    throw invalid('prefix', 'it is not 1 to 100 letters, digits, `.`, `_`, `-` or `:`')
  if (url !== undefined) return { prefix, placement: { url: redisUrl('url', url) } }
  if (nodes !== undefined) {
    const urls = Array.isArray(nodes) ? nodes.map((node) => redisUrl('nodes', node)) : []
    const [first, ...rest] = urls
    if (first === undefined) throw invalid('nodes', 'it is no list of URLs')
    return { prefix, placement: { nodes: [first, ...rest] } }
  }
  if (typeof client !== 'object' || client === null || !('callBuffer' in client) || !('status' in client))
    throw invalid('client', 'it is no client. Give a `Redis` or `Cluster` of `ioredis`')
  return { prefix, placement: { client: client as Redis | Cluster } }
}

function redisUrl(field: string, given: unknown): URL {
  const url = typeof given === 'string' ? URL.parse(given) : null
  // What is not a URL may still hold a password: it is not repeated.
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw invalid(field, 'it is no URL as `redis://localhost:6379` or `rediss://user:password@host:6379`')
  return url
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a redis cache: ${field}: ${problem}.` })
}
