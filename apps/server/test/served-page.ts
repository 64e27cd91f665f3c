import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect } from 'vitest'
import { type Issuer, issued, keysIssuer, secretIssuer } from './issuers.ts'
import type { Served, Told } from './served.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** What the page has the two say. */
export const ofAlice = 'I work at Google as a senior engineer'
export const ofBob = "I'm a doctor at Mayo Clinic"

/** How a server is set up: by variables alone, as whoever deploys it does. */
export interface PageSetup {
  /** By a secret, or by keys that are served on loopback. */
  readonly algorithm: Issuer['algorithm']
  /** Where memories are kept. @param folder is there, and empty */
  readonly store: (folder: string) => Readonly<Record<`GRAPHMEM_STORE${string}`, string>>
  /** In which file of the folder a user's memories are, where they are in files. */
  readonly files?: (user: string) => string
  /** For what the users asked, their counts, and what waits. Default: the process. */
  readonly redisUrl?: string
}

export interface ServedPage extends ServerProcess, AsyncDisposable {
  /** Has a user's memory remember a text, or what else a request may hold. */
  tell(user: string, memoryId: string, given: string | Readonly<Record<string, unknown>>): Promise<Told>
  /** Alice and Bob each say the page's sentence. */
  tellBoth(memoryId: string): Promise<void>
  /** What a user's memory answers. @param more of the request */
  asked(user: string, memoryId: string, question: string, more?: Readonly<Record<string, unknown>>): Promise<Told['body']>
  /** Where the store was put, where it is one of files. */
  readonly folder: string
  readonly issuer: Issuer
  readonly audit: { readonly path: string; readonly secret: Uint8Array }
  /** Where there is a Redis: how the keys of the cache begin, and those that processes share; and a client to look at them. */
  readonly redis?: { readonly client: Redis; readonly cachePrefix: string; readonly serverPrefix: string }
}

let number = 0

/** A server in a process of its own, with a cache and an audit trail; its users have real tokens, which say their names. */
export async function servePage({ algorithm, store, redisUrl }: PageSetup): Promise<ServedPage> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'graphmem-page-'))
    stack.defer(() => rm(folder, { recursive: true }))
    const issuer = algorithm === 'HS256' ? secretIssuer : stack.use(await keysIssuer())
    const audit = { path: join(folder, 'audit.db'), secret: new TextEncoder().encode('another secret, of thirty-two bytes or more') }
    const redis = redisUrl === undefined ? undefined : redisOf(redisUrl, stack)
    const server = stack.use(
      await startServerProcess(
        {
          ...{ ...store(folder), ...issuer.env, ...redis?.env },
          GRAPHMEM_CACHE: redisUrl ?? 'memory:',
          // A cache that is late is passed by: on a machine that is busy, too.
          GRAPHMEM_CACHE_TIMEOUT_MS: '10000',
          GRAPHMEM_SERVER_AUDIT: audit.path,
          GRAPHMEM_SERVER_AUDIT_SECRET: new TextDecoder().decode(audit.secret),
        },
        (user) => issued(issuer, user, { name: nameOf(user), credentialId: tokenIdOf(user) }),
      ),
    )
    const owned = stack.move()
    return {
      ...server,
      ...talkingBy(server.ask),
      folder,
      issuer,
      audit,
      ...(redis === undefined ? {} : { redis: redis.seen }),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

/** Prefixes of our own on a Redis that others use too, and a client to look at what is under them. */
function redisOf(url: string, stack: AsyncDisposableStack) {
  const prefix = `page-${process.pid}-${++number}`
  const seen = { client: new Redis(url), cachePrefix: `${prefix}-cache`, serverPrefix: `${prefix}-server` }
  stack.defer(() => seen.client.disconnect())
  const env = { GRAPHMEM_CACHE_PREFIX: seen.cachePrefix, GRAPHMEM_SERVER_REDIS: url, GRAPHMEM_SERVER_REDIS_PREFIX: seen.serverPrefix }
  return { env, seen }
}

function talkingBy(ask: Served['ask']): Pick<ServedPage, 'tell' | 'tellBoth' | 'asked'> {
  const tell: ServedPage['tell'] = async (user, memoryId, given) => {
    const body = typeof given === 'string' ? { text: given } : given
    const told = await ask(user, '/v1/ingest', { body, headers: { 'memory-id': memoryId } })
    expect(told).toMatchObject({ status: 200, body: { status: 'success' } })
    return told
  }
  return {
    tell,
    async tellBoth(memoryId) {
      await tell('alice', memoryId, ofAlice)
      await tell('bob', memoryId, ofBob)
    },
    async asked(user, memoryId, question, more = {}) {
      const told = await ask(user, '/v1/query', { body: { question, ...more }, headers: { 'memory-id': memoryId } })
      expect(told.status).toBe(200)
      return told.body
    },
  }
}

/** `Alice` of alice. */
function nameOf(user: string): string {
  return `${user.charAt(0).toUpperCase()}${user.slice(1)}`
}

/** What the audit trail calls a user's token. */
export function tokenIdOf(user: string): string {
  return `token-of-${user}`
}
