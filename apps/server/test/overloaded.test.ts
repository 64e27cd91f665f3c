import { expect, test } from 'vitest'
import { served } from './served.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

test('a server that is at all it may do at once refuses what comes beside it, and takes it afterwards', async () => {
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['answer'] })
  const { ask } = await served({ env: { GRAPHMEM_SERVER_MOST_AT_ONCE: '1' }, options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const asked = ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })
  await begun
  const [refused, health] = [await ask('bob', '/v1/memories'), await ask('anyone', '/healthz')]
  letGo()
  expect(refused).toMatchObject({ status: 503, body: { type: 'urn:graphmem:problem:overloaded' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(health.status).toBe(200)
  expect(await asked).toMatchObject({ status: 200, body: { answer: 'Lisbon' } })
  expect((await ask('bob', '/v1/memories')).status).toBe(200)
})
