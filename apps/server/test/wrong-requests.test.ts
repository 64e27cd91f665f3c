import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { served } from './served.ts'
import { audience, issuer, secret } from './token.ts'

const ndjson = { headers: { 'content-type': 'application/x-ndjson' } }

test.each([
  ['a field that there is not', '/v1/query', { body: { question: 'Where?', top_k: 5 } }, 'top_k', 'top_k: There is no such field.'],
  ['one in a form among several', '/v1/ingest', { body: { text: 'x', user: 'bob' } }, 'user', 'user: There is no such field.'],
  ['one in a part', '/v1/query', { body: { question: 'x', where: { tag: 'a' } } }, 'where.tag', 'where.tag: There is no such field.'],
  ['one in the query', '/v1/memories?limit=1', {}, 'query.limit', 'query.limit: There is no such field.'],
  ['a field of another type', '/v1/query', { body: { question: 5 } }, 'question', /^question: Invalid input: expected string/],
  ['one of several turns', '/v1/ingest', { body: { turns: [{ content: 'x' }, { content: 5 }, {}] } }, 'turns.1.content', /expected string/],
  ['a number out of range', '/v1/query', { body: { question: 'x', limit: 0 } }, 'limit', /^limit: Too small: .*>=1\.$/],
  ['a blank text', '/v1/ingest', { body: { text: ' ' } }, 'text', 'text: It is empty, or holds a NUL.'],
  [
    'a moment that is none',
    '/v1/ingest',
    { body: { text: 'x', at: 'yesterday' } },
    'at',
    /^at: Give a moment such as 2024-03-02T10:00:00Z/,
  ],
  ['another form', '/v1/ingest', { body: { content: 'x' } }, 'text', /^text: Invalid input: expected string/],
  ['a body of another type', '/v1/ingest', { body: '5' }, undefined, 'Invalid input.'],
  ['a line that is no JSON', '/v1/ingest', { body: '{"text":"x"}\nx', ...ndjson }, 'line 2', 'line 2: It is no JSON.'],
  ['a line of another form', '/v1/ingest', { body: '{"text":"x","a":1}', ...ndjson }, 'line 1.a', 'line 1.a: There is no such field.'],
  [
    'turns beside documents',
    '/v1/ingest',
    { body: '{"text":"x"}\n{"content":"x"}', ...ndjson },
    undefined,
    'There are turns beside documents. Send them apart.',
  ],
])('tells of %s where it is and what is wrong', async (_, path, asked, field, detail) => {
  const { ask } = await served()
  const { status, body } = await ask('alice', path, asked)
  expect(status).toBe(400)
  expect(body.type).toBe('urn:graphmem:problem:input-invalid')
  expect(body.field).toBe(field)
  if (typeof detail === 'string') expect(body.detail).toBe(detail)
  else expect(body.detail).toMatch(detail)
})

test('tells of broken JSON, and of a type that is not taken', async () => {
  const { ask } = await served()
  expect(await ask('alice', '/v1/query', { body: '{' })).toMatchObject({ status: 400, body: { type: 'urn:graphmem:problem:json-invalid' } })
  for (const path of ['/v1/ingest', '/v1/query']) {
    const told = await ask('alice', path, { body: 'text=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(told).toMatchObject({ status: 415, body: { type: 'urn:graphmem:problem:unsupported-media-type', field: 'content-type' } })
  }
})

test('repeats nothing of what was sent', async () => {
  const { ask, logged } = await served()
  const said = 'hunter2'
  const bodies = [{ text: 5, at: said }, { text: 'x', at: said }, { text: 'x', importance: said }, { turns: said }, said]
  for (const body of bodies) {
    const told = await ask('alice', '/v1/ingest', { body })
    expect(told.status).toBe(400)
    expect(JSON.stringify(told.body)).not.toContain(said)
  }
  expect(JSON.stringify(logged())).not.toContain(said)
})

test('takes a day for a moment', async () => {
  const { ask } = await served()
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.', at: '2020-03-02' } })
  expect((await ask('alice', '/v1/memories/default/episodes')).body.episodes).toMatchObject([{ at: '2020-03-02T00:00:00.000Z' }])
  expect((await ask('alice', '/v1/query', { body: { question: 'Where do I live?', asOf: '2021-01-01' } })).body.answer).toBe('Lisbon')
})

test('supersedes an episode when it is asked to, and says how to ask', async () => {
  const { ask } = await served()
  const ingest = (text: string, query = '') => ask('alice', `/v1/ingest${query}`, { body: { id: 'home', text } })
  await ingest('I live in Lisbon.')
  expect(await ingest('I live in Porto.')).toMatchObject({
    status: 409,
    body: { type: 'urn:graphmem:problem:episode-changed', detail: 'Give another id, or ?replace=true to supersede it.' },
  })
  expect(await ingest('I live in Porto.', '?replace=true')).toMatchObject({ status: 200, body: { replaced: 1 } })
  expect(await ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })).toMatchObject({ body: { answer: 'Porto' } })
})

test('says in the log alone why a token was not taken', async () => {
  const { ask, logged } = await served()
  const good = { sub: 'alice', iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 3_600 }
  const signed = (claims: Readonly<Record<string, unknown>>) =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(secret)
  const bodies: unknown[] = []
  for (const token of ['x', await signed({ aud: 'https://else.example' }), await signed({ exp: 1 }), await signed({ exp: undefined })]) {
    const { status, body } = await ask('alice', '/v1/memories', { token })
    expect(status).toBe(401)
    bodies.push(body)
  }
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(logged().flatMap(({ refused }) => (refused === undefined ? [] : [refused]))).toEqual([
    'ERR_JWS_INVALID',
    'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
    'ERR_JWT_EXPIRED',
    'ERR_JWT_CLAIM_VALIDATION_FAILED exp',
  ])
})
