import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Reasoner } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'
import { expect, test } from 'vitest'
import { openAuditLog } from '../src/audit/audit-log.ts'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { tokenOf } from './token.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

const events = { accept: 'text/event-stream' }
const body = { question: 'Where do I live?' }

test('a question whose answer is streamed keeps its place until the answer', async () => {
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['answer'] })
  const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_AT_ONCE: '1', GRAPHMEM_SERVER_MOST_AT_ONCE: '1' }, options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const asked = ask('alice', '/v1/query', { body, headers: events })
  await begun
  expect(await ask('alice', '/v1/query', { body, headers: events })).toMatchObject({ status: 429 })
  expect(await ask('bob', '/v1/memories')).toMatchObject({ status: 503 })
  letGo()
  expect((await asked).body).toContain('Lisbon')
  expect((await ask('alice', '/v1/query', { body, headers: events })).status).toBe(200)
})

test('who waits for a job keeps a place of their own, and none of the others', async () => {
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['extract'] })
  const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_AT_ONCE: '1', GRAPHMEM_SERVER_MOST_AT_ONCE: '1' }, options: { reasoner } })
  const { body: job } = await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers: { prefer: 'respond-async' } })
  await begun
  const watched = ask('alice', `/v1/jobs/${job.id}`, { headers: events })
  while ((await ask('alice', '/v1/memories')).status === 200) await wait(5)
  expect(await ask('alice', '/v1/memories')).toMatchObject({ status: 429 })
  expect(await ask('bob', '/v1/memories')).toMatchObject({ status: 200 })
  letGo()
  expect((await watched).body).toContain('"status":"done"')
  expect(await ask('alice', '/v1/memories')).toMatchObject({ status: 200 })
})

test('who asks for the head of a stream takes no place', async () => {
  const { ask, url } = await served({ env: { GRAPHMEM_SERVER_QUOTA_AT_ONCE: '1' } })
  const { body: job } = await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers: { prefer: 'respond-async' } })
  await ask('alice', `/v1/jobs/${job.id}`, { headers: events })
  for (const [path, type] of [
    [`/v1/jobs/${job.id}`, 'text/event-stream'],
    ['/v1/export', 'application/x-ndjson'],
  ] as const) {
    const told = await fetch(`${url}${path}`, { method: 'HEAD', headers: { ...events, authorization: `Bearer ${await tokenOf('alice')}` } })
    expect(told.status).toBe(200)
    expect(told.headers.get('content-type')).toBe(type)
  }
  expect(await ask('alice', '/v1/memories')).toMatchObject({ status: 200 })
})

test('an export that nobody reads ends', async () => {
  const env = { GRAPHMEM_SERVER_QUOTA_AT_ONCE: '1', GRAPHMEM_SERVER_TIMEOUT_MS: '1000' }
  const { ask, graphMem, url } = await served({ env })
  // More than sockets hold.
  const metadata = Object.fromEntries(Array.from({ length: 10 }, (_, place) => [`m${place}`, 'x'.repeat(10_000)]))
  const documents = Array.from({ length: 200 }, (_, place) => ({ id: `d${place}`, text: `Note ${place}.`, metadata }))
  await graphMem.memory({ userId: 'alice', memoryId: 'default' }).ingest({ documents })
  const asked = request(`${url}/v1/export`, { headers: { authorization: `Bearer ${await tokenOf('alice')}` } })
  asked.on('error', () => undefined).end()
  const [answer] = await once(asked, 'response')
  answer.on('error', () => undefined).pause()
  expect(await ask('alice', '/v1/memories')).toMatchObject({ status: 429 })
  while ((await ask('alice', '/v1/memories')).status !== 200) await wait(50)
})

test('a question whose stream is cut by the end of a server is recorded', async () => {
  const path = join(temporaryFolder(), 'audit.db')
  const auditSecret = 'a secret of thirty-two bytes, or more'
  const { reasoner, begun } = waitingReasoner({ at: ['answer'], calledOff: (reason) => reason })
  const env = { GRAPHMEM_SERVER_DRAIN_MS: '100', GRAPHMEM_SERVER_AUDIT: path, GRAPHMEM_SERVER_AUDIT_SECRET: auditSecret }
  const { ask, close } = await served({ env, options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const asked = ask('alice', '/v1/query', { body, headers: events }).catch(() => undefined)
  await begun
  await close()
  await asked
  const log = openAuditLog(path, new TextEncoder().encode(auditSecret))
  expect(log.ofUser('alice', { limit: 1 })).toMatchObject([{ action: 'query', status: 499 }])
  await log.close()
})

test('who waits for an event is told meanwhile that the connection is in use', async () => {
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['answer'] })
  const { ask } = await served({ env: { GRAPHMEM_SERVER_TIMEOUT_MS: '400' }, options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const asked = ask('alice', '/v1/query', { body, headers: events })
  await begun
  await wait(300)
  letGo()
  expect((await asked).body).toMatch(/^:$/m)
})

test('no proxy may keep an answer, whatever its form', async () => {
  const failing: Reasoner = { ...localReasoner(), answer: () => Promise.reject(new Error()) }
  const { ask } = await served({ options: { reasoner: failing } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const told = [
    await ask('alice', '/v1/memories/default/facts'),
    await ask('alice', '/v1/memories/else/facts'),
    await ask('alice', '/v1/export'),
    await ask('alice', '/v1/query', { body }),
    await ask('alice', '/v1/query', { body, headers: events }),
    await ask('alice', '/v1/memories', { token: 'x' }),
    await ask('alice', '/v1/memories', { method: 'PUT' }),
  ]
  expect(told.map(({ status }) => status)).toEqual([200, 404, 200, 500, 200, 401, 405])
  expect(told.map(({ headers }) => headers.get('cache-control'))).toEqual(told.map(() => 'no-store'))
})
