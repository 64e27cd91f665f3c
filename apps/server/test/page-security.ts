import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../src/audit/verify-audit.ts'
import { forgedTokens, issued } from './issuers.ts'
import { type ServedPage, tokenIdOf } from './served-page.ts'

/** What the page asks of whoever builds a service, as tests, one for each: here the server does it. */
export function describeSecurity(page: () => ServedPage): void {
  test('Always require authentication', async () => {
    const served = page()
    const { paths } = (await served.ask('alice', '/openapi.json')).body
    const routes = Object.entries<object>(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => [method, path] as const))
    const guarded = routes.filter(([, path]) => path.startsWith('/v1/'))
    expect(guarded.length).toBeGreaterThan(10)
    for (const [method, path] of guarded) {
      const { status } = await fetch(`${served.url}${path.replaceAll(/\{\w+\}/g, 'chat')}`, { method: method.toUpperCase() })
      expect([path, status]).toEqual([path, 401])
    }
  })

  test('Never trust a user id from the client', async () => {
    const served = page()
    await served.tellBoth('trusting')
    const send = async (token: string, headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(`${served.url}/v1/query`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'memory-id': 'trusting', authorization: `Bearer ${token}` },
          ...headers,
        },
        body: JSON.stringify({ question: 'Where do I work?' }),
      })
      return [response.status, await response.text()] as const
    }
    for (const [forgery, token] of Object.entries(await forgedTokens(served.issuer, 'alice'))) {
      const [status, text] = await send(token)
      expect([forgery, status, text.includes('Google')]).toEqual([forgery, 401, false])
    }
    const ofBobs = await issued(served.issuer, 'bob')
    for (const header of ['user-id', 'user_id', 'x-user-id', 'x-forwarded-user', 'sub']) {
      const [status, text] = await send(ofBobs, { [header]: 'alice' })
      expect([header, status, JSON.parse(text).answer, text.includes('Google')]).toEqual([header, 200, 'Mayo Clinic', false])
    }
    const body = { question: 'Where do I work?' }
    for (const field of ['user_id', 'userId', 'sub']) {
      expect(await served.ask('bob', '/v1/query', { body: { ...body, [field]: 'alice' } })).toMatchObject({ status: 400 })
      expect(await served.ask('bob', '/v1/ingest', { body: { text: 'x', [field]: 'alice' } })).toMatchObject({ status: 400 })
      expect(await served.ask('bob', `/v1/memories?${field}=alice`)).toMatchObject({ status: 400 })
    }
  })

  test('Audit access patterns', async () => {
    const served = page()
    const { path, secret } = served.audit
    const before = verifyAudit(path, secret)
    expect(before.faults).toEqual([])
    await served.tell('kim', 'watched', 'I live in Porto.')
    await served.asked('kim', 'watched', 'Where do I live?')
    await served.asked('lou', 'watched', 'Where does Kim live?')
    const of = async (user: string) => (await served.ask(user, '/v1/audit')).body.entries
    const [kims, lous] = [await of('kim'), await of('lou')]
    const entry = (user: string, action: string) => ({ action, credentialId: tokenIdOf(user), status: 200, from: '127.0.0.1' })
    expect(kims).toMatchObject([entry('kim', 'query'), entry('kim', 'ingest')])
    expect(lous).toMatchObject([entry('lou', 'query')])
    // One's own can be found again, and nobody can tell that two users asked of memories of one name.
    expect([kims[0].memory, kims[0].memory === lous[0].memory]).toEqual([kims[1].memory, false])
    // Those who were let in, and they alone.
    await fetch(`${served.url}/v1/memories`)
    expect(verifyAudit(path, secret)).toEqual({ entries: before.entries + 5, faults: [] })
    const trail = readdirSync(served.folder).filter((file) => file.startsWith('audit.db'))
    const bytes = Buffer.concat(trail.map((file) => readFileSync(join(served.folder, file))))
    expect([bytes.includes('"action":"query"'), bytes.includes('Porto'), bytes.includes('watched')]).toEqual([true, false, false])
  })
}
