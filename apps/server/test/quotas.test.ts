import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, test } from 'vitest'
import { modelId, payingReasoner } from './paying-reasoner.ts'
import { served, type Told } from './served.ts'

const live = { text: 'I live in Lisbon.' }

/** Money is known for this model. */
const paying = () => ({ reasoner: payingReasoner(), prices: { [modelId]: { input: 1_000, output: 1_000 } } })

function expectRefused(told: Told, field?: string): void {
  expect(told).toMatchObject({
    status: 429,
    body: { type: 'urn:graphmem:problem:quota-exceeded', ...(field === undefined ? {} : { field }) },
  })
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
}

describe('a quota', () => {
  test('of requests refuses the noisy with Retry-After, and the quiet never', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_REQUESTS: '5' } })
    const noisy = await Promise.all(Array.from({ length: 50 }, () => ask('noisy', '/v1/memories')))
    expect(noisy.filter(({ status }) => status === 200)).toHaveLength(5)
    for (const told of noisy.filter(({ status }) => status !== 200)) expectRefused(told, 'requests')
    for (let turn = 0; turn < 5; turn++) expect((await ask('quiet', '/v1/memories')).status).toBe(200)
  })

  test('of requests at once refuses the noisy alone', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_AT_ONCE: '2' } })
    const noisy = await Promise.all(
      Array.from({ length: 20 }, (_, place) => ask('noisy', '/v1/ingest', { body: { text: `I like ${place}.` } })),
    )
    const refused = noisy.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const told of refused) expectRefused(told)
    expect((await ask('quiet', '/v1/memories')).status).toBe(200)
  })

  test('of tokens lets nobody spend more, and holds nobody else', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_TOKENS: '300' }, options: paying() })
    const told: Told[] = []
    for (let turn = 0; turn < 6; turn++) told.push(await ask('noisy', '/v1/ingest', { body: { text: `Ada likes number ${turn}.` } }))
    expect(told[0]).toMatchObject({ status: 200, body: { status: 'success' } })
    expectRefused(told[5] as Told, 'budget')
    const { tokens } = (await ask('noisy', '/v1/usage')).body
    expect(tokens).toEqual({ used: 50 * told.filter(({ status }) => status === 200).length, limit: 300, resetsAt: expect.any(String) })
    expect((await ask('noisy', '/v1/memories')).status).toBe(200)
    expect(await ask('quiet', '/v1/ingest', { body: live })).toMatchObject({ status: 200, body: { status: 'success' } })
  })

  test('of tokens that are used up refuses questions as well', async () => {
    const options = paying()
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_TOKENS: '200' }, options })
    for (let turn = 0; turn < 4; turn++) await ask('noisy', '/v1/ingest', { body: { text: `Ada likes number ${turn}.` } })
    const asked = options.reasoner.model.requests.length
    expectRefused(await ask('noisy', '/v1/query', { body: { question: 'What does Ada like?' } }), 'budget')
    expect(options.reasoner.model.requests).toHaveLength(asked)
  })

  test('counts what a job took that was called off', async () => {
    const options = paying()
    const { ask } = await served({ options })
    let reached: () => void = () => undefined
    const isReading = new Promise<void>((resolve) => {
      reached = resolve
    })
    options.reasoner.model.before = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
        reached()
      })
    const { body } = await ask('alice', '/v1/ingest', { body: live, headers: { prefer: 'respond-async' } })
    await isReading
    await ask('alice', `/v1/jobs/${body.id}`, { method: 'DELETE' })
    expect((await ask('alice', `/v1/jobs/${body.id}`, { headers: { accept: 'text/event-stream' } })).body).toContain('"status":"cancelled"')
    const { tokens, usd } = (await ask('alice', '/v1/usage')).body
    expect(tokens.used).toBeGreaterThanOrEqual(50)
    expect(usd.used).toBeGreaterThanOrEqual(0.05)
  })

  test('of money holds within a request: what could go beyond is not asked of the model', async () => {
    const options = paying()
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_USD: '0.2' }, options })
    const documents = Array.from({ length: 20 }, (_, place) => ({ text: `Person Number${place} lives in Lisbon.` }))
    const { body } = await ask('noisy', '/v1/ingest', { body: { documents } })
    expect(body.added).toBeLessThan(5)
    expect(body.failed).toBe(20 - body.added)
    const { usd } = (await ask('noisy', '/v1/usage')).body
    expect(usd).toMatchObject({ used: 0.05 * body.added, limit: 0.2 })
    expect(options.reasoner.model.requests).toHaveLength(body.added)
  })

  test('of stored bytes refuses what is more, until something is erased', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_BYTES: '1000' } })
    const text = 'Ada Lovelace lived in London. '.repeat(40)
    expect((await ask('noisy', '/v1/ingest', { body: { text } })).status).toBe(200)
    expect((await ask('noisy', '/v1/usage')).body.storedBytes.used).toBeGreaterThan(1000)
    const { body: exported } = await ask('noisy', '/v1/export')
    expectRefused(await ask('noisy', '/v1/ingest', { body: live }), 'storedBytes')
    const headers = { 'content-type': 'application/x-ndjson', 'memory-id': 'copy' }
    expectRefused(await ask('noisy', '/v1/import', { body: exported, headers }), 'storedBytes')
    expect((await ask('quiet', '/v1/ingest', { body: live })).status).toBe(200)
    await ask('noisy', '/v1/memories/default', { method: 'DELETE' })
    expect((await ask('noisy', '/v1/usage')).body.storedBytes).toEqual({ used: 0, limit: 1000 })
    expect((await ask('noisy', '/v1/ingest', { body: live })).status).toBe(200)
  })

  test('of bytes holds for what was let in before it was reached', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_QUOTA_BYTES: '3000', GRAPHMEM_SERVER_INGESTS: '1' } })
    const jobs = await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        ask('noisy', '/v1/ingest', {
          body: { text: `Number ${place}. ${'I like tea. '.repeat(40)}` },
          headers: { prefer: 'respond-async' },
        }),
      ),
    )
    for (const { body } of jobs) await ask('noisy', `/v1/jobs/${body.id}`, { headers: { accept: 'text/event-stream' } })
    const ended = (await ask('noisy', '/v1/jobs')).body.jobs
    expect(ended.filter(({ status }: { readonly status: string }) => status === 'done').length).toBeLessThan(10)
    expect(ended[0]).toMatchObject({ status: 'failed', problem: { status: 429, field: 'storedBytes' } })
    expectRefused(await ask('noisy', '/v1/ingest', { body: live }), 'storedBytes')
  })

  test('of stored bytes knows what was there before the server was', async () => {
    const store = memoryStore()
    const { ask, graphMem } = await served({ store, env: { GRAPHMEM_SERVER_QUOTA_BYTES: '1000' } })
    await graphMem.memory({ userId: 'noisy', memoryId: 'old' }).ingest('Ada Lovelace lived in London. '.repeat(40))
    expectRefused(await ask('noisy', '/v1/ingest', { body: live }), 'storedBytes')
  })

  test('of all users says that the server has too much to do, when each keeps to the own', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_MOST_REQUESTS: '3' } })
    for (const user of ['alice', 'bob', 'carol']) expect((await ask(user, '/v1/memories')).status).toBe(200)
    const told = await ask('dave', '/v1/memories')
    expect(told).toMatchObject({ status: 503, body: { type: 'urn:graphmem:problem:overloaded' } })
    expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('dave', '/healthz')).status).toBe(200)
  })

  test('of all users is not used up by what one is refused', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_MOST_REQUESTS: '4', GRAPHMEM_SERVER_QUOTA_REQUESTS: '2' } })
    for (let turn = 0; turn < 10; turn++) await ask('noisy', '/v1/memories')
    for (let turn = 0; turn < 2; turn++) expect((await ask('quiet', '/v1/memories')).status).toBe(200)
  })
})

describe('usage', () => {
  test("is the user's own, and 0 for who did nothing", async () => {
    const { ask } = await served({ options: paying() })
    await ask('alice', '/v1/ingest', { body: live })
    const { body } = await ask('alice', '/v1/usage')
    expect(body).toMatchObject({ requests: { used: 2, limit: 1000 }, tokens: { used: 50 }, usd: { used: 0.05 } })
    expect(body.tokens).not.toHaveProperty('limit')
    expect(body.storedBytes.used).toBeGreaterThan(0)
    expect((await ask('bob', '/v1/usage')).body).toEqual({
      requests: { used: 1, limit: 1000, resetsAt: expect.any(String) },
      ...{ tokens: { used: 0 }, usd: { used: 0 }, storedBytes: { used: 0 } },
    })
  })
})
