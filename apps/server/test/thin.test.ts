import { GraphMem } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { expect, test } from 'vitest'
import { serverApp } from '../src/server-app.ts'
import { jwtAuthenticator } from '../src/who/jwt-authenticator.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

test('what Alice says is remembered for Alice alone', async () => {
  const graphMem = new GraphMem({ store: memoryStore(), reasoner: localReasoner(), embedder: await localEmbedder() })
  const app = serverApp({
    graphMem,
    authenticator: jwtAuthenticator({ secret, issuer, audience }),
    maxBodyBytes: 1_000_000,
    readiness: async () => 'ok',
  })
  const ask = async (user: string, path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(user)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return [response.status, await response.json()] as const
  }
  console.log(await ask('alice', '/v1/ingest', { text: 'I work at Google as a senior engineer.' }))
  console.log(await ask('alice', '/v1/query', { question: 'Where do I work?' }))
  console.log(JSON.stringify(await ask('bob', '/v1/query', { question: 'Where does Alice work?' })))
  console.log(JSON.stringify(await ask('alice', '/v1/memories')))
  console.log(JSON.stringify(await ask('alice', '/v1/memories/default/facts')))
  console.log(JSON.stringify(await ask('alice', '/v1/memories/default/graph')))
  console.log(JSON.stringify(await ask('alice', '/v1/memories/default/episodes?limit=1')))
  console.log(JSON.stringify(await ask('alice', '/v1/memories/default/episodes?user_id=bob')))
  console.log(JSON.stringify(await ask('bob', '/v1/memories/default/episodes')))
  console.log(JSON.stringify(await ask('alice', '/v1/ingest', { text: 'x', user_id: 'bob' })))
  console.log(JSON.stringify(await ask('alice', '/v1/memories/default', undefined, 'DELETE')))
  const [, doc] = await ask('alice', '/openapi.json')
  console.log(Object.keys(doc.paths))
  expect(1).toBe(1)
})
