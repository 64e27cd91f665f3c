import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Reasoner } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'
import { expect, test } from 'vitest'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { tokenOf } from './token.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

function audited(): Record<string, string> {
  return {
    GRAPHMEM_SERVER_AUDIT: join(temporaryFolder(), 'audit.db'),
    GRAPHMEM_SERVER_AUDIT_SECRET: 'a secret of thirty-two bytes, or more',
  }
}

/** The events of a stream, with their data. */
function eventsIn(text: string): readonly (readonly [event: string, data: unknown])[] {
  return [...text.matchAll(/event: (.*)\ndata: (.*)\n/g)].map(([, event = '', data = '']) => [event, JSON.parse(data)])
}

const events = { accept: 'text/event-stream' }
const body = { question: 'Where do I live?' }

test('a query in a stream tells its stages, then the answer, and is recorded once', async () => {
  const { ask } = await served({ env: audited() })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const told = eventsIn((await ask('alice', '/v1/query', { headers: events, body })).body)
  expect(told).toMatchObject([
    ['stage', { stage: 'recalling' }],
    ['stage', { stage: 'answering', passages: 1, facts: 1 }],
    ['answer', { answer: 'Lisbon' }],
  ])
  const { entries } = (await ask('alice', '/v1/audit')).body
  expect(entries).toMatchObject([
    { action: 'query', status: 200, question: expect.any(String) },
    { action: 'ingest', status: 200 },
  ])
})

test('a query in a stream that fails is recorded as what it was told as', async () => {
  const failing: Reasoner = { ...localReasoner(), answer: () => Promise.reject(new Error('Zanzibar')) }
  const { ask } = await served({ env: audited(), options: { reasoner: failing } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const told = await ask('alice', '/v1/query', { headers: events, body })
  expect(told.status).toBe(200)
  expect(eventsIn(told.body).at(-1)).toMatchObject(['problem', { status: 500, type: 'urn:graphmem:problem:internal' }])
  expect(told.body).not.toContain('Zanzibar')
  expect((await ask('alice', '/v1/audit')).body.entries[0]).toMatchObject({ action: 'query', status: 500 })
})

test.each([events, {}])('who does not wait for an answer is recorded as gone, and no fault of the server: %j', async (headers) => {
  const { reasoner, begun } = waitingReasoner({ at: ['answer'], calledOff: () => new Error('called off') })
  const { ask, url } = await served({ env: audited(), options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const leaving = new AbortController()
  const gone = fetch(`${url}/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf('alice')}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: leaving.signal,
  }).then((response) => response.text())
  await begun
  leaving.abort()
  await expect(gone).rejects.toThrow()
  const latest = async () => (await ask('alice', '/v1/audit')).body.entries.find(({ action }: { action: string }) => action === 'query')
  while ((await latest()) === undefined) await wait(20)
  expect(await latest()).toMatchObject({ status: 499 })
  expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(/graphmem_requests_total\{[^}]*status="5/)
})
