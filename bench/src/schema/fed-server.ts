import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { GraphMem } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { ModelCalls, regionSettings, type ServerSettings, startServer } from '@graphmem/server'
import { tursoStore } from '@graphmem/store-turso'
import { pino } from 'pino'
import { type Issuer, tokenOf } from '../authorisation/forged-tokens.ts'

/** A real server on a libSQL file, with an audit trail, and two users who have something there. */
export interface FedServer extends AsyncDisposable {
  readonly url: string
  /** By name: what they send as `Authorization`. */
  readonly users: Readonly<Record<string, string>>
  /** Somebody else, who has nothing. */
  readonly visitor: string
  /** What stands in each memory of the users. */
  readonly memories: Readonly<Record<string, { readonly body: unknown; readonly episodeId: string }>>
  /** The lines of one of them. */
  readonly export: readonly unknown[]
}

const bodies = {
  default: {
    documents: [
      {
        id: 'd1',
        title: 'Ada',
        text: 'Ada Lovelace worked at Google in London. Carol moved from Paris to Berlin in 2019.',
        tags: ['work'],
      },
    ],
  },
  chat: { session: 's1', turns: [{ id: 't1', content: 'I work at Siemens and I like tea.' }] },
}

/** @param folder where its files are */
export async function startFedServer(folder: string): Promise<FedServer> {
  const issuer: Issuer = { issuer: 'https://issuer.example', audience: 'graphmem', key: randomBytes(48), algorithm: 'HS256' }
  const bearer = async (sub: string) => `Bearer ${await tokenOf(issuer, { sub })}`
  const store = tursoStore({ url: `file:${join(folder, 'memories.db')}` })
  const modelCalls = new ModelCalls()
  const observer = modelCalls.observer()
  const graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: await localEmbedder(), observer })
  const region = regionSettings({
    GRAPHMEM_SERVER_AUDIT: join(folder, 'audit.db'),
    GRAPHMEM_SERVER_AUDIT_SECRET: randomBytes(32).toString('hex'),
    // Whoever tries everything makes many requests, and is not to be stopped by their number.
    ...{
      GRAPHMEM_SERVER_QUOTA_REQUESTS: '1000000',
      GRAPHMEM_SERVER_MOST_WAITING: '1000000',
      GRAPHMEM_SERVER_MOST_WAITING_BYTES: '1000000000',
    },
  })
  const server = await startServer([{ graphMem, modelCalls, settings: region }], settings(issuer), pino({ enabled: false }))
  const users = { alice: await bearer('alice'), bob: await bearer('bob') }
  const memories: Record<string, { body: unknown; episodeId: string }> = {}
  for (const authorization of Object.values(users)) {
    for (const [memoryId, body] of Object.entries(bodies)) {
      const response = await fetch(`${server.url}/v1/ingest`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'memory-id': memoryId },
        body: JSON.stringify(body),
      })
      const { episodes } = (await response.json()) as { readonly episodes: readonly [{ readonly id: string }] }
      memories[memoryId] = { body, episodeId: episodes[0].id }
    }
  }
  const exported = await (await fetch(`${server.url}/v1/export`, { headers: { authorization: users.alice } })).text()
  return {
    ...{ url: server.url, users, visitor: await bearer('carol'), memories },
    export: exported
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    async [Symbol.asyncDispose]() {
      await server.close()
      await graphMem.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

function settings({ issuer, audience, key }: Issuer): ServerSettings {
  return {
    ...{ host: '127.0.0.1', port: 0, jwt: { issuer, audience, secret: key as Uint8Array }, apiKeys: [], singleUser: undefined },
    ...{ regions: undefined, homes: undefined, origins: [], maxBodyBytes: 1_000_000, timeoutMs: 60_000, noticeMs: 0, drainMs: 1_000 },
    share: 1,
    atOnce: { perUser: 1_000, all: 1_000 },
  }
}
