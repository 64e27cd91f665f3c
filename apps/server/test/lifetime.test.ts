import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { served } from './served.ts'
import { tokenOf } from './token.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

/** What a server says on a connection until it ends it. */
async function said(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'close')
  return text
}

function connected(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  return socket
}

/** Does not answer until it is called off. */
const silentReasoner = () => waitingReasoner({ at: ['answer'], calledOff: (reason) => reason })

describe('a client that is slow', () => {
  const quick = { GRAPHMEM_SERVER_TIMEOUT_MS: '2000' }

  test('with its headers is not waited for, and holds up nobody', async () => {
    const { url, ask } = await served({ env: quick })
    const socket = connected(url)
    socket.write('GET /v1/memories HTTP/1.1\r\nhost: here\r\nx-a: ')
    const answer = said(socket)
    expect((await ask('alice', '/v1/memories')).status).toBe(200)
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('with its body is not waited for, and nothing of it is remembered', async () => {
    const { url, ask } = await served({ env: quick })
    const socket = connected(url)
    const head = ['POST /v1/ingest HTTP/1.1', 'host: here', 'content-type: application/json', 'content-length: 1000']
    socket.write(`${head.join('\r\n')}\r\nauthorization: Bearer ${await tokenOf('alice')}\r\n\r\n{"text":"I live in`)
    expect(await said(socket)).toMatch(/^(HTTP\/1\.1 (408|504) |$)/)
    expect((await ask('alice', '/v1/memories')).body.memories).toEqual([])
  })
})

describe('a request', () => {
  test('that takes too long is called off, in a stream too', async () => {
    const { reasoner } = silentReasoner()
    const { ask } = await served({ env: { GRAPHMEM_SERVER_TIMEOUT_MS: '4000' }, options: { reasoner } })
    await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
    const body = { question: 'Where do I live?' }
    expect(await ask('alice', '/v1/query', { body })).toMatchObject({ status: 504, body: { type: 'urn:graphmem:problem:timeout' } })
    const streamed = await ask('alice', '/v1/query', { body, headers: { accept: 'text/event-stream' } })
    expect(streamed.body).toMatch(/event: problem\ndata: .*urn:graphmem:problem:timeout/)
  })

  test('whose body is too large is refused, whether it says so or not', async () => {
    const { url, ask } = await served({ env: { GRAPHMEM_SERVER_MAX_BODY_BYTES: '1000' } })
    const tooLarge = { status: 413, body: { type: 'urn:graphmem:problem:too-large' } }
    expect(await ask('alice', '/v1/ingest', { body: { text: 'a'.repeat(1_000) } })).toMatchObject(tooLarge)
    const chunks = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('a'.repeat(600)))
      },
    })
    const headers = { authorization: `Bearer ${await tokenOf('alice')}`, 'content-type': 'text/plain' }
    const response = await fetch(`${url}/v1/ingest`, { method: 'POST', headers, body: chunks, duplex: 'half' } as RequestInit)
    expect(response.status).toBe(413)
  })

  test('gets headers that a browser heeds, and no page of another origin is let in', async () => {
    const { url, ask } = await served()
    for (const path of ['/v1/memories', '/healthz', '/nowhere', '/openapi.json']) {
      const { headers } = await ask('alice', path, { headers: { origin: 'https://app.example' } })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
    expect((await fetch(`${url}/v1/query`, { method: 'OPTIONS', headers: { origin: 'https://app.example' } })).status).not.toBe(204)
  })

  test('of a page is let in where its origin is named, and no other', async () => {
    const { url, ask } = await served({ env: { GRAPHMEM_SERVER_CORS_ORIGINS: 'https://app.example,https://other.example' } })
    const asked = (origin: string) => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    const before = await fetch(`${url}/v1/query`, asked('https://other.example'))
    expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([204, 'https://other.example'])
    expect(before.headers.get('access-control-allow-credentials')).toBeNull()
    expect((await fetch(`${url}/v1/query`, asked('https://evil.example'))).headers.get('access-control-allow-origin')).toBeNull()
    const { headers } = await ask('alice', '/v1/memories', { headers: { origin: 'https://app.example' } })
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
  })
})

test('a server that is told to stop ends what is under way, and takes nothing more', async () => {
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['answer'] })
  const { ask, close, url } = await served({ options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const answer = ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })
  await begun
  const closed = close()
  // What has come already is still taken.
  const isTaken = () => fetch(`${url}/healthz`).then(Boolean, () => false)
  while (await isTaken()) await wait(20)
  letGo()
  const told = await answer
  expect(told).toMatchObject({ status: 200, body: { answer: 'Lisbon' } })
  // Nor anything on a connection that is kept alive.
  expect(told.headers.get('connection')).toBe('close')
  await closed
})

test('a server that gives notice says that no requests should come, and answers those that do', async () => {
  const { ask, close } = await served({ env: { GRAPHMEM_SERVER_NOTICE_MS: '2000' } })
  expect(await ask('anyone', '/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  const closed = close()
  expect(await ask('anyone', '/readyz')).toMatchObject({ status: 503, body: { status: 'draining' } })
  expect((await ask('alice', '/v1/memories')).status).toBe(200)
  await closed
  await expect(ask('alice', '/v1/memories')).rejects.toThrow()
})

test('a server whose time to stop is over leaves what is under way', async () => {
  const { begun, reasoner } = silentReasoner()
  const { ask, close } = await served({ env: { GRAPHMEM_SERVER_DRAIN_MS: '200' }, options: { reasoner } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  const answer = ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })
  const failed = expect(answer).rejects.toThrow()
  await begun
  await close()
  await failed
})

describe('what is told of requests', () => {
  const marks = ['quillfeather', 'Zanzibar', 'Marrowby', 'diary']

  test('to a log and to metrics has no text, no user and no memory in it', async () => {
    const { ask, logged, url } = await served({ env: { GRAPHMEM_SERVER_MAX_BODY_BYTES: '1000' } })
    const headers = { 'memory-id': 'diary' }
    await ask('quillfeather', '/v1/ingest', { body: { text: 'Zanzibar is under Marrowby Bridge.' }, headers })
    await ask('quillfeather', '/v1/query', { body: { question: 'Where is Zanzibar?' }, headers })
    await ask('quillfeather', '/v1/query', { body: { Zanzibar: 1 }, headers })
    await ask('quillfeather', '/v1/ingest', { body: { text: 'Zanzibar '.repeat(200) }, headers })
    await ask('quillfeather', '/v1/memories/diary/facts?about=Zanzibar')
    await ask('quillfeather', '/v1/memories/diary/episodes/Zanzibar', { method: 'DELETE' })
    await ask('quillfeather', '/nowhere/Zanzibar?Marrowby')
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toMatch(/graphmem_requests_total\{method="GET",route="\/v1\/memories\/:memoryId\/facts",status="200"\} 1/)
    const lines = logged().filter(({ msg }) => msg === 'request')
    expect(lines.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      'POST /v1/ingest 200',
      'POST /v1/query 200',
      'POST /v1/query 400',
      'POST /v1/ingest 413',
      'GET /v1/memories/:memoryId/facts 200',
      'DELETE /v1/memories/:memoryId/episodes/:episodeId 404',
      'GET none 404',
      'GET /metrics 200',
    ])
    for (const mark of marks) for (const told of [metrics, JSON.stringify(logged())]) expect(told).not.toContain(mark)
  })

  test('to a tracer, where there is one, is a span a request, with its route', async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    provider.register()
    onTestFinished(() => provider.shutdown())
    const { ask } = await served()
    await ask('quillfeather', '/v1/ingest', { body: { text: 'Zanzibar is under Marrowby Bridge.' }, headers: { 'memory-id': 'diary' } })
    await ask('quillfeather', '/v1/memories/diary/facts')
    await wait(0)
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ name }) => name)).toEqual(['POST /v1/ingest', 'GET /v1/memories/:memoryId/facts'])
    expect(spans[1]?.attributes).toEqual({
      ...{ 'http.request.method': 'GET', 'http.route': '/v1/memories/:memoryId/facts', 'http.response.status_code': 200 },
    })
    const told = JSON.stringify(spans.map(({ name, attributes, events }) => ({ name, attributes, events })))
    for (const mark of marks) expect(told).not.toContain(mark)
  })
})
