import { createHash, timingSafeEqual } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { apiKeys, makeApiKey, type StoredKey, storedKey } from '../src/who/api-keys.ts'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'

vi.mock('node:crypto', async (original) => {
  const actual = await original<typeof import('node:crypto')>()
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) }
})

const owner = { userId: 'backup', permissions: ['memory:read'] } satisfies Omit<StoredKey, 'id' | 'hash'>
const secretOf = (key: string) => key.split('_').slice(2).join('_')

describe('an API key', () => {
  test('is kept as a hash, from which it cannot be made', () => {
    const { key, stored } = makeApiKey(owner)
    expect(storedKey.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
    expect(JSON.stringify(stored)).not.toContain(secretOf(key))
    expect(stored.hash).toBe(createHash('sha256').update(secretOf(key)).digest('hex'))
    expect(Buffer.from(secretOf(key), 'base64url')).toHaveLength(32)
  })

  test('is another each time', () => {
    const all = Array.from({ length: 20 }, () => makeApiKey(owner).key)
    expect(new Set(all.map(secretOf)).size).toBe(20)
  })

  test('says who comes, what is allowed and where the data stay', async () => {
    const machine = makeApiKey({ ...owner, region: 'eu' })
    const admin = makeApiKey({ userId: 'ops', permissions: ['memory:read', 'memory:write', 'memory:admin'] })
    const { authenticate } = apiKeys([machine.stored, admin.stored])
    expect(await authenticate(`Bearer ${machine.key}`)).toEqual({
      ...{ userId: 'backup', permissions: new Set(['memory:read']), credentialId: machine.stored.id, region: 'eu' },
    })
    expect(await authenticate(`bearer  ${admin.key}`)).toEqual({
      ...{ userId: 'ops', permissions: new Set(['memory:read', 'memory:write', 'memory:admin']), credentialId: admin.stored.id },
    })
  })

  const { key, stored } = makeApiKey(owner)
  const other = makeApiKey(owner)
  const last = key.at(-1) === 'A' ? 'E' : 'A'
  test.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['the secret alone', `Bearer ${secretOf(key)}`],
    ['the hash', `Bearer gm_${stored.id}_${stored.hash}`],
    ['one without a secret', `Bearer gm_${stored.id}_`],
    ['one that is cut off', `Bearer ${key.slice(0, -1)}`],
    ['one that is longer', `Bearer ${key}A`],
    ['one with another end', `Bearer ${key.slice(0, -1)}${last}`],
    ["the secret of another's", `Bearer gm_${stored.id}_${secretOf(other.key)}`],
    ['one of an id that is not known', `Bearer ${other.key}`],
    ['one with another prefix', `Bearer sk_${stored.id}_${secretOf(key)}`],
    ['one with its id in capitals', `Bearer gm_${stored.id.toUpperCase()}x_${secretOf(key)}`],
    ['one behind a space', `Bearer x ${key}`],
    ['one in another scheme', `Basic ${key}`],
    ['one without a scheme', key],
  ])('is refused when it is %s', async (_, authorization) => {
    expect(await apiKeys([stored]).authenticate(authorization)).toBeUndefined()
  })

  test('is compared in a time that does not depend on how much of it is right', async () => {
    vi.mocked(timingSafeEqual).mockClear()
    await apiKeys([stored]).authenticate(`Bearer gm_${stored.id}_${secretOf(other.key)}`)
    expect(vi.mocked(timingSafeEqual).mock.calls).toEqual([
      [createHash('sha256').update(secretOf(other.key)).digest(), Buffer.from(stored.hash, 'hex')],
    ])
  })

  test('ends when it is said to', async () => {
    const ending = makeApiKey({ ...owner, expiresAt: '2026-01-01T00:00:00+02:00' })
    const end = Date.parse('2025-12-31T22:00:00Z')
    for (const [now, isTaken] of [
      [end - 1, true],
      [end, false],
      [end + 1, false],
    ] as const)
      expect((await apiKeys([ending.stored], () => now).authenticate(`Bearer ${ending.key}`)) !== undefined).toBe(isTaken)
  })
})

describe('a server with a file of keys', () => {
  function keysFile(lines: readonly string[]): string {
    const path = join(temporaryFolder(), 'keys.ndjson')
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }

  test('takes them beside tokens, and allows what they allow', async () => {
    const { key, stored } = makeApiKey(owner)
    const { ask } = await served({ env: { GRAPHMEM_SERVER_KEYS: keysFile(['', JSON.stringify(stored)]) } })
    expect((await ask('backup', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })).status).toBe(200)
    expect((await ask('', '/v1/memories', { token: key })).body).toEqual({ memories: [{ id: 'default' }] })
    expect((await ask('', '/v1/ingest', { body: { text: 'x' }, token: key })).status).toBe(403)
    expect((await ask('', '/v1/memories', { token: makeApiKey(owner).key })).status).toBe(401)
  })

  test.each([
    ['no JSON', 'gm_0123'],
    ['a key itself', JSON.stringify({ key: 'gm_0123456789abcdef_secret', userId: 'backup', permissions: [] })],
    ['a permission that there is not', JSON.stringify({ ...makeApiKey(owner).stored, permissions: ['memory:all'] })],
  ])('does not start with a line that is %s, and says which it is', async (_, line) => {
    const path = keysFile([JSON.stringify(makeApiKey(owner).stored), line])
    const starting = served({ env: { GRAPHMEM_SERVER_KEYS: path } })
    await expect(starting).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      field: 'GRAPHMEM_SERVER_KEYS',
      message: expect.stringContaining('line 2'),
    })
    expect(String(await starting.catch((error: unknown) => error))).not.toContain('gm_0123')
  })
})
