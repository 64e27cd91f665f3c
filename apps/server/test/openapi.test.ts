import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type Served, served } from './served.ts'

// biome-ignore lint/suspicious/noExplicitAny: each test looks at another place of the document
const documentOf = async ({ url }: Served): Promise<any> => (await fetch(`${url}/openapi.json`)).json()

describe("the service's document", () => {
  test('tells of each receipt all that is in it', async () => {
    const server = await served()
    const { components } = await documentOf(server)
    for (const [name, path] of [
      ['ErasureReceipt', '/v1/memories/default'],
      ['UserErasureReceipt', '/v1/me'],
    ] as const) {
      await server.ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
      const { body } = await server.ask('alice', path, { method: 'DELETE' })
      expect(Object.keys(components.schemas[name].properties)).toEqual(expect.arrayContaining(Object.keys(body)))
    }
  })

  test('asks for a body where one has to be, and tells what stands in streams', async () => {
    const { paths } = await documentOf(await served())
    const { requestBody, responses } = paths['/v1/ingest'].post
    expect(requestBody.required).toBe(true)
    expect(requestBody.content['application/x-ndjson'].schema.anyOf).toHaveLength(2)
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['202', '415', '422']))
    expect(responses['202'].headers.location.required).toBe(true)
    const events = paths['/v1/query'].post.responses['200'].content['text/event-stream'].schema.oneOf
    expect(events.map((event: { properties: { event: { const: string } } }) => event.properties.event.const)).toEqual([
      'stage',
      'answer',
      'problem',
    ])
  })

  test('tells what an id, a name and a text may be', async () => {
    const { components, paths } = await documentOf(await served())
    const [memoryId] = paths['/v1/memories/{memoryId}/facts'].get.parameters
    for (const schema of [memoryId.schema, components.schemas.Text.properties.source]) {
      expect('notes: a/b').toMatch(new RegExp(schema.pattern))
      expect('a\u0007b').not.toMatch(new RegExp(schema.pattern))
    }
    expect(' a\n').toMatch(new RegExp(components.schemas.Text.properties.text.pattern))
    for (const none of ['', ' \n', 'a\0']) expect(none).not.toMatch(new RegExp(components.schemas.Text.properties.text.pattern))
  })
})

describe('what no route takes', () => {
  test.each([
    ['/v1/ingest', 'GET', 'POST'],
    ['/v1/memories/default', 'PUT', 'DELETE'],
    ['/v1/jobs/j1', 'OPTIONS', 'GET, DELETE, HEAD'],
    ['/openapi.json', 'POST', 'GET, HEAD'],
  ])('%s by %s is told with what it takes', async (path, method, allow) => {
    const { ask } = await served()
    const told = await ask('alice', path, { method })
    expect(told).toMatchObject({ status: 405, body: { type: 'urn:graphmem:problem:method-not-allowed' } })
    expect(told.headers.get('allow')).toBe(allow)
  })

  test('is told to nobody without a token', async () => {
    const { url } = await served()
    expect((await fetch(`${url}/v1/ingest`)).status).toBe(401)
  })

  test('headers that are too large are refused in the form of RFC 9457; 2,000 characters of any script are not', async () => {
    const server = await served()
    await server.ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
    const about = encodeURIComponent('記'.repeat(2_000))
    expect((await server.ask('alice', `/v1/memories/default/facts?about=${about}`)).status).toBe(200)
    const refused = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request(`${server.url}/v1/me`, { headers: { 'x-large': 'x'.repeat(70_000) } }, resolve)
        .on('error', reject)
        .end()
    })
    expect(refused.statusCode).toBe(431)
    expect(refused.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(await text(refused))).toMatchObject({ status: 431, type: 'urn:graphmem:problem:headers-too-large' })
  })
})
