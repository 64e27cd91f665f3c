import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { algorithms, jwksIssuer } from './jwks-issuer.ts'
import { served } from './served.ts'
import { tokenOf } from './token.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

/** The clock goes on, and nothing else. */
function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

const halfAMinute = 30_000
const tenMinutes = 600_000

/** A server that takes the tokens of an issuer. */
async function servedFor(issuer: Awaited<ReturnType<typeof jwksIssuer>>) {
  const { ask } = await served({ env: issuer.env })
  const asked = async (token: string) => ask('alice', '/v1/memories', { token })
  return { asked, statusOf: async (token: string) => (await asked(token)).status }
}

describe.each(algorithms)('an issuer of %s', (algorithm) => {
  test('may sign with a new key: it is taken half a minute after the keys were read last', async () => {
    const issuer = await jwksIssuer()
    const first = await (await issuer.add(algorithm)).tokenOf('alice')
    const { statusOf } = await servedFor(issuer)
    expect(await statusOf(first)).toBe(200)
    const second = await (await issuer.add(algorithm)).tokenOf('alice')
    expect(await statusOf(second)).toBe(401)
    later(halfAMinute)
    expect(await statusOf(second)).toBe(200)
    expect(await statusOf(first)).toBe(200)
    expect(issuer.reads()).toBe(2)
  })

  test('may withdraw a key: ten minutes after it is taken no more', async () => {
    const issuer = await jwksIssuer()
    const withdrawn = await issuer.add(algorithm)
    const [old, kept] = [await withdrawn.tokenOf('alice'), await (await issuer.add(algorithm)).tokenOf('alice')]
    const { statusOf } = await servedFor(issuer)
    expect(await statusOf(old)).toBe(200)
    issuer.withdraw(withdrawn)
    later(tenMinutes - 1)
    expect(await statusOf(old)).toBe(200)
    later(1)
    expect(await statusOf(old)).toBe(401)
    expect(await statusOf(kept)).toBe(200)
  })
})

test('a token of a key that nobody knows makes the keys be read once in half a minute, however often it comes', async () => {
  const issuer = await jwksIssuer()
  const other = await (await jwksIssuer()).add('ES256')
  const good = await (await issuer.add('ES256')).tokenOf('alice')
  const { statusOf } = await servedFor(issuer)
  expect(await statusOf(good)).toBe(200)
  const forged = await other.tokenOf('alice')
  for (let minute = 0; minute < 2; minute++) {
    later(halfAMinute)
    for (let turn = 0; turn < 10; turn++) expect(await statusOf(forged)).toBe(401)
  }
  expect(issuer.reads()).toBe(3)
})

describe.each([
  ['nothing', 'nothing'],
  ['that it failed', { status: 500, body: '{"keys":[]}' }],
  ['no JSON', { status: 200, body: 'Welcome' }],
  ['no keys', { status: 200, body: '{"error":"gone"}' }],
] as const)('an issuer that answers %s', (_, answer) => {
  test('is trusted for ten minutes; then its tokens are neither taken nor refused until it is back', async () => {
    const issuer = await jwksIssuer()
    const token = await (await issuer.add('ES256')).tokenOf('alice')
    const { asked, statusOf } = await servedFor(issuer)
    issuer.answer(answer)
    expect(await statusOf(token)).toBe(503)
    issuer.answer()
    expect(await statusOf(token)).toBe(200)
    issuer.answer(answer)
    later(tenMinutes - 1)
    expect(await statusOf(token)).toBe(200)
    later(1)
    const told = await asked(token)
    expect(told).toMatchObject({ status: 503, body: { type: 'urn:graphmem:problem:keys-unavailable', status: 503 } })
    expect(told.headers.get('retry-after')).toBe('5')
    // What could be no token of the issuer is refused without its keys.
    expect(await statusOf(await tokenOf('alice'))).toBe(401)
    issuer.answer()
    expect(await statusOf(token)).toBe(200)
  })
})
