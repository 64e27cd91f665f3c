import { GraphMemError, unlessAborted } from '@graphmem/core/spec'
import { Cluster, Redis } from 'ioredis'
import { cacheError } from './errors.ts'
import type { Placement } from './redis-options.ts'
import type { ScopedKey } from './scoped-keys.ts'
import type { Script } from './scripts.ts'

/** Redis. The one module that speaks to the driver; it takes scoped keys only. */
export interface Connection {
  /** Runs a script in one round trip; in two when the server does not know it yet. */
  run(script: Script, keys: readonly ScopedKey[], args: readonly (string | Uint8Array)[], signal: AbortSignal | undefined): Promise<unknown>
  close(): void
}

/** Nothing is tried again and nothing waits in a queue: core decides how long an answer waits for a cache. What was lost is connected to by the next call. */
const common = { lazyConnect: true, enableOfflineQueue: false } as const
const ofServer = { maxRetriesPerRequest: 0, connectTimeout: 5_000 } as const

export function connection(placement: Placement): Connection {
  const isOurs = !('client' in placement)
  const client = 'client' in placement ? placement.client : managed(placement)
  let connecting: Promise<void> | undefined
  let isClosed = false

  const connected = async () => {
    if (!isOurs || client.status === 'ready') return
    connecting ??= connect(client).finally(() => {
      connecting = undefined
    })
    await connecting
  }
  const evaluate = async ({ lua, sha1 }: Script, keys: readonly ScopedKey[], args: readonly (string | Uint8Array)[]) => {
    const rest = [keys.length, ...keys, ...args.map((arg) => (typeof arg === 'string' ? arg : Buffer.from(arg)))] as const
    try {
      return await client.callBuffer('EVALSHA', sha1, ...rest)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return await client.callBuffer('EVAL', lua, ...rest)
    }
  }

  return {
    async run(script, keys, args, signal) {
      signal?.throwIfAborted()
      if (isClosed) throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use the redis cache: it was disposed of. Make a new one.' })
      try {
        return await unlessAborted(
          connected().then(() => {
            signal?.throwIfAborted()
            return evaluate(script, keys, args)
          }),
          signal,
        )
      } catch (error) {
        signal?.throwIfAborted()
        throw cacheError(error)
      }
    },
    close() {
      isClosed = true
      if (isOurs) client.disconnect()
    },
  }
}

/** Rejects with what went wrong, which the driver tells as an event. A Cluster that is not ready ends its connection without settling `connect()`. */
function connect(client: Redis | Cluster): Promise<void> {
  return new Promise((resolve, reject) => {
    let problem: unknown
    const noticed = (error: unknown) => {
      problem = error
    }
    const ended = (error?: unknown) => reject(problem ?? error)
    client.on('error', noticed)
    client.once('end', ended)
    client
      .connect()
      .then(() => resolve(), ended)
      .finally(() => client.off('end', ended).off('error', noticed))
  })
}

function managed(placement: Exclude<Placement, { readonly client: unknown }>): Redis | Cluster {
  const client = 'url' in placement ? server(placement.url) : cluster(placement.nodes)
  // Every call says by itself what failed; an event that nobody listens to would end the process.
  client.on('error', () => undefined)
  return client
}

function server(url: URL): Redis {
  return new Redis(url.href, { ...common, ...ofServer, retryStrategy: () => null })
}

function cluster(nodes: readonly [URL, ...URL[]]): Cluster {
  const [{ username, password, protocol }] = nodes
  const startupNodes = nodes.map(({ hostname, port }) => ({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) }))
  return new Cluster(startupNodes, {
    ...common,
    clusterRetryStrategy: () => null,
    slotsRefreshTimeout: ofServer.connectTimeout,
    redisOptions: {
      ...ofServer,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
}
