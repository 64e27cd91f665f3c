import type { Reasoner } from '@graphmem/core'
import { localReasoner } from '@graphmem/llm-local'
import { describe, expect, test } from 'vitest'
import { FairLine } from '../src/jobs/fair-line.ts'
import { hashedUser } from '../src/who/hashed-user.ts'
import { served } from './served.ts'

const later = { prefer: 'respond-async' }

describe('a job', () => {
  test('is told of at once when that is asked for, and can be polled and watched', async () => {
    const { ask } = await served()
    const begun = await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers: later })
    expect(begun).toMatchObject({ status: 202, body: { memoryId: 'default' } })
    const path = begun.headers.get('location') ?? ''
    const { body } = await ask('alice', path, { headers: { accept: 'text/event-stream' } })
    const events = body.split('\n\n').filter((event: string) => event !== '')
    expect(JSON.parse(events.at(-1).split('data: ')[1])).toMatchObject({ status: 'done', result: { status: 'success' } })
    expect((await ask('alice', path)).body).toMatchObject({ status: 'done' })
    expect((await ask('alice', '/v1/jobs')).body.jobs).toHaveLength(1)
  })

  test('is listed in pages, the newest first', async () => {
    const { ask } = await served()
    const ids: string[] = []
    for (const text of ['one', 'two', 'three']) ids.unshift((await ask('alice', '/v1/ingest', { body: { text }, headers: later })).body.id)
    const first = (await ask('alice', '/v1/jobs?limit=2')).body
    expect(first).toMatchObject({ jobs: [{ id: ids[0] }, { id: ids[1] }], next: ids[1] })
    const last = (await ask('alice', `/v1/jobs?limit=2&cursor=${first.next}`)).body
    expect(last.jobs).toMatchObject([{ id: ids[2] }])
    expect(last).not.toHaveProperty('next')
    expect(await ask('bob', `/v1/jobs?cursor=${first.next}`)).toMatchObject({ status: 404 })
  })

  test('whose model was away is done when the same comes again with its key', async () => {
    const local = localReasoner()
    let isAway = true
    const reasoner: Reasoner = { ...local, extract: (...given) => (isAway ? Promise.reject(new Error('away')) : local.extract(...given)) }
    const { ask } = await served({ options: { reasoner } })
    const asked = { body: { text: 'I live in Lisbon.' }, headers: { 'idempotency-key': 'k1' } }
    expect((await ask('alice', '/v1/ingest', asked)).body).toMatchObject({ status: 'failed', failed: 1 })
    isAway = false
    expect((await ask('alice', '/v1/ingest', asked)).body).toMatchObject({ status: 'success', added: 1 })
    expect((await ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })).body.answer).toBe('Lisbon')
  })

  test('of another user is as unknown as one that never was', async () => {
    const { ask } = await served()
    const path = (await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers: later })).headers.get('location') ?? ''
    for (const [method, suffix] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/retry'],
    ] as const) {
      const foreign = await ask('bob', `${path}${suffix}`, { method })
      const unknown = await ask('bob', `/v1/jobs/never${suffix}`, { method })
      expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body])
      expect(foreign.status).toBe(404)
    }
    expect((await ask('bob', '/v1/jobs')).body).toEqual({ jobs: [] })
  })

  test('with the same key is the same job; with the same key and other work it is refused', async () => {
    const { ask } = await served()
    const headers = { 'idempotency-key': 'k1' }
    const first = await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers })
    expect((await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers })).body).toEqual(first.body)
    expect((await ask('alice', '/v1/ingest', { body: { text: 'I live in Porto.' }, headers })).status).toBe(422)
    expect((await ask('bob', '/v1/ingest', { body: { text: 'I live in Porto.' }, headers })).status).toBe(200)
    expect((await ask('alice', '/v1/memories/default/episodes')).body.episodes).toHaveLength(1)
  })

  test('that fails says why, and can be put in the line again', async () => {
    const { ask } = await served()
    await ask('alice', '/v1/ingest', { body: { documents: [{ id: 'd1', text: 'Ada lives in London.' }] } })
    const changed = { documents: [{ id: 'd1', text: 'Ada lives in Paris.' }] }
    expect(await ask('alice', '/v1/ingest', { body: changed })).toMatchObject({
      status: 409,
      body: { type: 'urn:graphmem:problem:episode-changed' },
    })
    const [failed] = (await ask('alice', '/v1/jobs')).body.jobs
    expect(failed).toMatchObject({ status: 'failed', problem: { status: 409 } })
    const [{ id }] = (await ask('alice', '/v1/memories/default/episodes')).body.episodes
    await ask('alice', `/v1/memories/default/episodes/${id}`, { method: 'DELETE' })
    await ask('alice', `/v1/jobs/${failed.id}/retry`, { method: 'POST' })
    const { body } = await ask('alice', `/v1/jobs/${failed.id}`, { headers: { accept: 'text/event-stream' } })
    expect(body).toContain('"status":"done"')
  })

  test('is called off while it waits, and nothing of it is remembered', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_INGESTS: '1' } })
    const documents = Array.from({ length: 300 }, (_, place) => ({ text: `Person Number${place} lives in Lisbon.` }))
    await ask('alice', '/v1/ingest', { body: { documents }, headers: later })
    const waiting = await ask('bob', '/v1/ingest', { body: { text: 'I live in Porto.' }, headers: later })
    expect((await ask('bob', `/v1/jobs/${waiting.body.id}`, { method: 'DELETE' })).body).toMatchObject({ status: 'cancelled' })
    expect((await ask('bob', '/v1/memories')).body).toEqual({ memories: [] })
  })

  test('is refused when too much of its user waits, and only then', async () => {
    const { ask } = await served({ env: { GRAPHMEM_SERVER_INGESTS: '1', GRAPHMEM_SERVER_MOST_WAITING: '2' } })
    const documents = Array.from({ length: 300 }, (_, place) => ({ text: `Person Number${place} lives in Lisbon.` }))
    const statuses: number[] = []
    for (let turn = 0; turn < 4; turn++)
      statuses.push((await ask('alice', '/v1/ingest', { body: { documents: documents.slice(turn) }, headers: later })).status)
    expect(statuses).toEqual([202, 202, 202, 429])
    expect((await ask('bob', '/v1/ingest', { body: { text: 'I live in Porto.' }, headers: later })).status).toBe(202)
  })
})

describe('a fair line', () => {
  test('lets users take turns, however much one of them has waiting', () => {
    const [greedy, quiet] = [hashedUser('greedy'), hashedUser('quiet')]
    const line = new FairLine<string>()
    for (let place = 0; place < 100; place++) line.push(greedy, `greedy ${place}`)
    const taken = Array.from({ length: 10 }, () => line.shift(() => true))
    line.push(quiet, 'quiet 0')
    line.push(quiet, 'quiet 1')
    taken.push(...Array.from({ length: 4 }, () => line.shift(() => true)))
    expect(taken.slice(10)).toEqual(['greedy 10', 'quiet 0', 'greedy 11', 'quiet 1'])
  })
})
