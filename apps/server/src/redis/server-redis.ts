import { GraphMemError } from '@graphmem/core'
import { Redis } from 'ioredis'
import { ProblemError } from '../http/problem.ts'

/** The Redis that several processes of the server share. */
export interface ServerRedis extends AsyncDisposable {
  /** How every key begins. */
  readonly prefix: string
  readonly commands: Redis
  /** Another connection, which waits as long as it takes: for what blocks, or listens. Whoever asks for it ends it. */
  connect(): Redis
}

/** @throws GraphMemError `CONFIG_INVALID` when it does not answer */
export async function connectRedis(url: string, prefix: string): Promise<ServerRedis> {
  const commands = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000, commandTimeout: 5_000 })
  // Every call says by itself what failed; an event that nobody listens to would end the process.
  commands.on('error', () => undefined)
  try {
    await commands.ping()
  } catch {
    commands.disconnect()
    throw new GraphMemError({
      code: 'CONFIG_INVALID',
      field: 'GRAPHMEM_SERVER_REDIS',
      message: 'Cannot start the server: GRAPHMEM_SERVER_REDIS: no Redis answers there, or it does not let us in.',
    })
  }
  return {
    prefix,
    commands,
    connect() {
      const another = new Redis(url, { maxRetriesPerRequest: null })
      another.on('error', () => undefined)
      return another
    },
    async [Symbol.asyncDispose]() {
      commands.disconnect()
    },
  }
}

/** The code of the problem that a request is told when Redis fails. */
export const redisFailed = 'redis-failed'

/** What work on Redis gives. @throws ProblemError 503 where Redis fails; what it says, which may hold what was sent, stays inside */
export async function unlessRedisFails<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError || GraphMemError.is(error)) throw error
    throw new ProblemError({
      status: 503,
      code: redisFailed,
      title: 'A part of the server is not there',
      headers: { 'retry-after': '2' },
    })
  }
}
