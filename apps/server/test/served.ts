import { GraphMem, type GraphMemOptions, type GraphStore } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { ModelCalls } from '../src/quotas/model-calls.ts'
import { regionSettings } from '../src/regions/region-settings.ts'
import { serverSettings } from '../src/server-settings.ts'
import { startServer } from '../src/start-server.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

export interface Told {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what a server says is looked at by each test in its own way
  readonly body: any
}

export interface Served {
  readonly url: string
  readonly graphMem: GraphMem
  /** A request of a user, with all permissions. */
  ask(user: string, path: string, options?: Asked): Promise<Told>
  /** Tells it to stop, before the test ends. */
  close(): Promise<void>
}

interface Asked {
  readonly method?: string
  /** Sent as JSON; GET without it, POST with it, where no method is given. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string
}

/** A real server on loopback, which ends with the test. */
export async function served({
  store = memoryStore(),
  env = {},
  options = {},
}: {
  store?: GraphStore
  env?: Record<string, string>
  options?: Partial<GraphMemOptions>
} = {}): Promise<Served> {
  const modelCalls = new ModelCalls()
  const observer = modelCalls.observer()
  const graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: localEmbedder(), observer, ...options })
  const variables = {
    ...{ GRAPHMEM_SERVER_PORT: '0', GRAPHMEM_SERVER_JWT_SECRET: new TextDecoder().decode(secret) },
    ...{ GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience },
    ...env,
  }
  const server = await startServer(
    [{ graphMem, modelCalls, settings: regionSettings(variables) }],
    await serverSettings(variables),
    pino({ level: 'error' }),
  )
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= server.close()
    return closed
  }
  onTestFinished(async () => {
    await close()
    await graphMem.close()
    await store[Symbol.asyncDispose]()
  })
  return {
    url: server.url,
    graphMem,
    ask: asking(server.url),
    close,
  }
}

/** Asks a server, as the users whom the tests' issuer knows. */
export function asking(url: string): Served['ask'] {
  return async (user, path, { body, method = body === undefined ? 'GET' : 'POST', headers, token } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token ?? (await tokenOf(user))}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /\bjson$/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}
