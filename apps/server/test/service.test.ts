import type { Scope } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { served } from './served.ts'
import { tokenOf } from './token.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

describe('the service', () => {
  test('remembers for each user apart, and answers in the shapes of the page', async () => {
    const { ask } = await served()
    expect(await ask('alice', '/v1/ingest', { body: { text: 'I work at Google as a senior engineer' } })).toMatchObject({
      status: 200,
      body: { status: 'success', entities: 1 },
    })
    await ask('bob', '/v1/ingest', { body: { text: "I'm a doctor at Mayo Clinic" } })
    expect((await ask('alice', '/v1/query', { body: { question: 'Where do I work?' } })).body).toMatchObject({
      answer: 'Google',
      confidence: expect.any(Number),
    })
    expect((await ask('alice', '/v1/query', { body: { question: 'What does Bob do?' } })).body).toEqual({
      ...{ answer: 'No information found', found: false, confidence: 0, citations: [], facts: expect.any(Array), version: 1 },
    })
  })

  test('takes the memory from the header or the path, and default by default', async () => {
    const { ask } = await served()
    for (const [memoryId, text] of [
      ['chat', 'I live in Lisbon.'],
      ['notes: a/b %', 'I live in Berlin.'],
    ] as const) {
      await ask('alice', '/v1/ingest', { body: { text }, headers: { 'memory-id': encodeURIComponent(memoryId) } })
    }
    expect((await ask('alice', '/v1/memories')).body).toEqual({ memories: [{ id: 'chat' }, { id: 'notes: a/b %' }] })
    const facts = (await ask('alice', `/v1/memories/${encodeURIComponent('notes: a/b %')}/facts`)).body.facts
    expect(facts).toMatchObject([{ predicate: 'lives_in', object: { name: 'Berlin' } }])
    expect((await ask('alice', '/v1/query', { body: { question: 'Where do I live?' } })).body.found).toBe(false)
  })

  test('takes documents, turns, NDJSON and plain text', async () => {
    const { ask } = await served()
    const bodies: readonly (readonly [type: string, body: unknown])[] = [
      ['application/json', { documents: [{ id: 'd1', title: 'Ada', text: 'Ada Lovelace lived in London.' }] }],
      ['application/json', { session: 's1', turns: [{ content: 'I like tea.' }, { role: 'assistant', content: 'Noted.' }] }],
      [
        'application/x-ndjson',
        '{"id":"n1","text":"Grace Hopper worked at Harvard."}\n\n{"id":"n2","text":"Alan Turing worked at Bletchley Park."}\n',
      ],
      ['text/plain; charset=utf-8', 'I play chess.'],
    ]
    for (const [type, body] of bodies)
      expect(await ask('alice', '/v1/ingest', { body, headers: { 'content-type': type } })).toMatchObject({ status: 200 })
    expect((await ask('alice', '/v1/memories/default/episodes')).body.episodes).toHaveLength(6)
  })

  test('gives lists in pages of one version', async () => {
    const { ask } = await served()
    const documents = Array.from({ length: 5 }, (_, place) => ({ id: `d${place}`, text: `Person Number${place} lives in Lisbon.` }))
    await ask('alice', '/v1/ingest', { body: { documents } })
    for (const list of ['episodes', 'facts', 'graph']) {
      const seen: string[] = []
      let cursor = ''
      do {
        const { body } = await ask('alice', `/v1/memories/default/${list}?limit=2${cursor}`)
        seen.push(...(body.episodes ?? body.entities ?? body.facts).map(({ id }: { readonly id: string }) => id))
        cursor = body.next === undefined ? '' : `&cursor=${body.next}`
      } while (cursor !== '')
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(5)
    }
    const { next } = (await ask('alice', '/v1/memories/default/facts?limit=2')).body
    await ask('alice', '/v1/ingest', { body: { text: 'I live in Porto.' } })
    expect(await ask('alice', `/v1/memories/default/facts?limit=2&cursor=${next}`)).toMatchObject({ status: 409 })
  })

  test('takes a memory along, and erases', async () => {
    const { ask } = await served()
    await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
    const { body } = await ask('alice', '/v1/export')
    const arrived = await ask('alice', '/v1/import', { body, headers: { 'content-type': 'application/x-ndjson', 'memory-id': 'copy' } })
    expect(arrived.status).toBe(200)
    const [{ id }] = (await ask('alice', '/v1/memories/copy/episodes')).body.episodes
    expect(await ask('alice', `/v1/memories/copy/episodes/${id}`, { method: 'DELETE' })).toMatchObject({ body: { episodes: 1 } })
    expect(await ask('alice', '/v1/memories/default', { method: 'DELETE' })).toMatchObject({ body: { memories: 1, unverified: [] } })
    expect(await ask('alice', '/v1/me', { method: 'DELETE' })).toMatchObject({ status: 200 })
    expect((await ask('alice', '/v1/memories')).body).toEqual({ memories: [] })
  })

  test('erases a memory whose first text still waits, with that text', async () => {
    const { reasoner, begun, letGo } = waitingReasoner()
    const { ask } = await served({ options: { reasoner }, env: { GRAPHMEM_SERVER_INGESTS: '1' } })
    const submit = (memoryId: string) =>
      ask('alice', '/v1/ingest', {
        body: { text: 'I live in Lisbon.' },
        headers: { prefer: 'respond-async', 'memory-id': memoryId },
      })
    await submit('first')
    await begun
    await submit('second')
    expect(await ask('alice', '/v1/memories/second', { method: 'DELETE' })).toMatchObject({ status: 200 })
    expect(await ask('alice', '/v1/memories/second', { method: 'DELETE' })).toMatchObject({ status: 404 })
    letGo()
    const { jobs } = (await ask('alice', '/v1/jobs')).body
    expect(jobs.map(({ memoryId }: { readonly memoryId: string }) => memoryId)).toEqual(['first'])
  })

  test('takes a thousand documents at once, and no more', async () => {
    const { ask } = await served()
    const documents = Array.from({ length: 1_001 }, (_, place) => ({ id: `d${place}`, text: `Note ${place}.` }))
    const lines = documents.map((each) => JSON.stringify(each)).join('\n')
    const ndjson = { headers: { 'content-type': 'application/x-ndjson' } }
    expect(await ask('alice', '/v1/ingest', { body: { documents } })).toMatchObject({ status: 400, body: { field: 'documents' } })
    expect(await ask('alice', '/v1/ingest', { body: lines, ...ndjson })).toMatchObject({ status: 400 })
    const [, ...rest] = documents
    expect(await ask('alice', '/v1/ingest', { body: { documents: rest } })).toMatchObject({ status: 200, body: { added: 1_000 } })
  })

  test('streams the answer when it is asked to', async () => {
    const { ask } = await served()
    await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
    const { body } = await ask('alice', '/v1/query', { body: { question: 'Where do I live?' }, headers: { accept: 'text/event-stream' } })
    expect(body).toMatch(/^event: stage\n.*\n\nevent: stage\n.*\n\nevent: answer\ndata: \{"answer":"Lisbon"/)
  })

  test.each([
    ['a field that is not known', '/v1/ingest', { body: { text: 'x', user_id: 'bob' } }, 400],
    ['a user in the query', '/v1/memories?user_id=bob', {}, 400],
    ['no body', '/v1/ingest', { method: 'POST' }, 415],
    ['broken JSON', '/v1/query', { body: '{' }, 400],
    ['an empty question', '/v1/query', { body: { question: '' } }, 400],
    ['broken NDJSON', '/v1/ingest', { body: '{"text":1}', headers: { 'content-type': 'application/x-ndjson' } }, 400],
    ['a header that is no id', '/v1/query', { body: { question: 'x' }, headers: { 'memory-id': '100%' } }, 400],
    [
      'a header beyond ASCII, which is read otherwise than written',
      '/v1/query',
      { body: { question: 'x' }, headers: { 'memory-id': 'Zoë' } },
      400,
    ],
    ['a cursor that is none', '/v1/memories/default/facts?cursor=x', {}, 400],
    ['a user in the query of what has a body', '/v1/ingest?user_id=bob', { body: { text: 'x' } }, 400],
    ['a blank text', '/v1/ingest', { body: { text: ' \n' } }, 400],
    ['a path that is none', '/v1/else', {}, 404],
    ['an import that is none', '/v1/import', { body: '{}', headers: { 'content-type': 'application/x-ndjson' } }, 400],
  ])('tells of %s in the form of RFC 9457', async (_, path, asked, status) => {
    const { ask } = await served()
    const told = await ask('alice', path, asked)
    expect(told).toMatchObject({
      status,
      body: { status, title: expect.any(String), type: expect.stringMatching(/^urn:graphmem:problem:/) },
    })
    expect(told.headers.get('content-type')).toBe('application/problem+json')
  })

  test('says of an answer that breaks off what it was, and no text, in the log alone', async () => {
    const memories = memoryStore()
    const open = (scope: Scope) => {
      const graph = memories.open(scope)
      // biome-ignore lint/correctness/useYield: it breaks off at once
      const scan = async function* () {
        throw new Error('I live in Lisbon.')
      }
      return { ...graph, scan }
    }
    const console = vi.spyOn(globalThis.console, 'error')
    onTestFinished(() => console.mockRestore())
    const { ask, logged } = await served({ store: { ...memories, open } })
    await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
    expect(await ask('alice', '/v1/export')).toMatchObject({ status: 200 })
    const lines = logged().filter(({ level }) => level >= 50)
    expect(lines).toMatchObject([{ msg: 'answer broken off', route: '/v1/export', error: 'STORE_FAILED' }])
    expect(JSON.stringify(logged())).not.toContain('Lisbon')
    expect(console).not.toHaveBeenCalled()
  })

  test('says what a token lacks', async () => {
    const { ask } = await served()
    const token = await tokenOf('alice', 'memory:read')
    const told = await ask('alice', '/v1/ingest', { body: { text: 'x' }, token })
    expect(told).toMatchObject({ status: 403, body: { detail: 'It needs the scope memory:write.' } })
  })
})
