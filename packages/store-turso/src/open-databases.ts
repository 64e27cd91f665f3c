import { unlessAborted } from '@graphmem/core/spec'
import type { Connection } from './connection.ts'
import type { LendOptions } from './connections.ts'
import { breaksConnection } from './errors.ts'

/** Which databases on servers have been opened, so that each is opened once. */
export interface OpenDatabases {
  /** Lends the database of a URL to `work`, after `open` where that is needed; `undefined` where there is nothing to open. */
  use<T>(
    url: string,
    options: LendOptions,
    open: () => Promise<Connection | undefined>,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T | undefined>
  /** Resolves when no call is under way. */
  idle(): Promise<void>
}

/** What is remembered of a database takes little, and to forget it costs two requests. */
const mostRemembered = 10_000

export function openDatabases(): OpenDatabases {
  /** In the order of use. */
  const opened = new Map<string, Connection>()
  const opening = new Map<string, Promise<Connection | undefined>>()
  const running = new Set<Promise<unknown>>()

  function connectionTo(
    url: string,
    { create, fresh = false }: LendOptions,
    open: () => Promise<Connection | undefined>,
  ): Connection | Promise<Connection | undefined> {
    const known = opened.get(url)
    if (known) return remembered(url, known)
    const key = `${create} ${fresh} ${url}`
    const underWay =
      opening.get(key) ??
      open()
        .then((connection) => connection && remembered(url, connection))
        .finally(() => opening.delete(key))
    opening.set(key, underWay)
    return underWay
  }

  function remembered(url: string, connection: Connection): Connection {
    opened.delete(url)
    opened.set(url, connection)
    for (const oldest of opened.keys()) {
      if (opened.size <= mostRemembered) break
      opened.delete(oldest)
    }
    return connection
  }

  return {
    use(url, options, open, work) {
      const run = async () => {
        try {
          const connection = await connectionTo(url, options, open)
          return connection && (await work(connection))
        } catch (error) {
          // Whatever is wrong, the database may have been replaced: the next call looks at it anew.
          if (breaksConnection(error)) opened.delete(url)
          throw error
        }
      }
      const call = run()
      running.add(call)
      const ended = () => void running.delete(call)
      call.then(ended, ended)
      return unlessAborted(call, options.signal)
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
