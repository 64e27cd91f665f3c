import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serverSettings } from '../src/server-settings.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secret = 'a secret of thirty-two bytes, or more'
const who = { GRAPHMEM_SERVER_ISSUER: 'https://issuer.example', GRAPHMEM_SERVER_AUDIENCE: 'graphmem' }
const tokens = { GRAPHMEM_SERVER_JWT_SECRET: secret, ...who }
const off = { GRAPHMEM_SERVER_AUTH: 'off', GRAPHMEM_SERVER_USER: 'alice' }

type Row = readonly [field: string, what: string, env: Readonly<Record<string, string>>]

describe('the settings of a server', () => {
  test.each<Row>([
    ['GRAPHMEM_SERVER_AUTH', 'nobody is let in', {}],
    ['GRAPHMEM_SERVER_AUTH', 'it is no way to come in', { ...tokens, GRAPHMEM_SERVER_AUTH: 'Off' }],
    ['GRAPHMEM_SERVER_AUTH', 'it is off beside a secret of tokens', { ...tokens, ...off }],
    [
      'GRAPHMEM_SERVER_AUTH',
      'it is off beside keys of tokens',
      { ...who, ...off, GRAPHMEM_SERVER_JWKS_URL: 'https://issuer.example/keys' },
    ],
    ['GRAPHMEM_SERVER_USER', 'nobody is named while tokens are not asked for', { GRAPHMEM_SERVER_AUTH: 'off' }],
    ['GRAPHMEM_SERVER_USER', 'the name is empty', { ...off, GRAPHMEM_SERVER_USER: '' }],
    ['GRAPHMEM_SERVER_USER', 'somebody is named, and tokens say who comes', { ...tokens, GRAPHMEM_SERVER_USER: 'alice' }],
    ['GRAPHMEM_SERVER_SHARE', 'it is nothing', { ...tokens, GRAPHMEM_SERVER_SHARE: '0' }],
    ['GRAPHMEM_SERVER_SHARE', 'it is under a thousandth', { ...tokens, GRAPHMEM_SERVER_SHARE: '0.0009' }],
    ['GRAPHMEM_SERVER_SHARE', 'it is more than there is', { ...tokens, GRAPHMEM_SERVER_SHARE: '1.1' }],
    ['GRAPHMEM_SERVER_SHARE', 'it is no number', { ...tokens, GRAPHMEM_SERVER_SHARE: 'half' }],
    ['GRAPHMEM_SERVER_MOST_AT_ONCE', 'it is none', { ...tokens, GRAPHMEM_SERVER_MOST_AT_ONCE: '0' }],
    ['GRAPHMEM_SERVER_MOST_AT_ONCE', 'it is one and a half', { ...tokens, GRAPHMEM_SERVER_MOST_AT_ONCE: '1.5' }],
    ['GRAPHMEM_SERVER_MOST_AT_ONCE', 'it is too many', { ...tokens, GRAPHMEM_SERVER_MOST_AT_ONCE: '100001' }],
    ['GRAPHMEM_SERVER_MOST_AT_ONCE', 'it is no number', { ...tokens, GRAPHMEM_SERVER_MOST_AT_ONCE: 'many' }],
    ['GRAPHMEM_SERVER_WEIGHTS_CLAIM', 'there is no such setting', { ...tokens, GRAPHMEM_SERVER_WEIGHTS_CLAIM: 'tier' }],
    ['GRAPHMEM_SERVER_JWKS_URL', 'a secret is set as well', { ...tokens, GRAPHMEM_SERVER_JWKS_URL: 'https://issuer.example/keys' }],
    ['GRAPHMEM_SERVER_JWKS_URL', 'it is of a file', { ...who, GRAPHMEM_SERVER_JWKS_URL: 'file:///keys.json' }],
    ['GRAPHMEM_SERVER_JWT_SECRET', 'it is short', { ...tokens, GRAPHMEM_SERVER_JWT_SECRET: secret.slice(0, 31) }],
    ['GRAPHMEM_SERVER_ISSUER', 'it is empty', { ...tokens, GRAPHMEM_SERVER_ISSUER: '' }],
    ['GRAPHMEM_SERVER_AUDIENCE', 'it is empty', { ...tokens, GRAPHMEM_SERVER_AUDIENCE: '' }],
    ['GRAPHMEM_SERVER_REGIONS', 'a claim names regions, and there are none', { ...tokens, GRAPHMEM_SERVER_REGION_CLAIM: 'home' }],
    ['GRAPHMEM_SERVER_REGIONS', 'a table names regions, and there are none', { ...tokens, GRAPHMEM_SERVER_HOMES: 'homes.ndjson' }],
    ['GRAPHMEM_SERVER_REGIONS', 'one is named twice', { ...tokens, GRAPHMEM_SERVER_REGIONS: 'eu=eu.env,eu=us.env' }],
    [
      'GRAPHMEM_SERVER_HOMES',
      'a claim says so as well',
      { ...tokens, GRAPHMEM_SERVER_REGIONS: 'eu=eu.env', GRAPHMEM_SERVER_REGION_CLAIM: 'home', GRAPHMEM_SERVER_HOMES: 'homes.ndjson' },
    ],
    ['GRAPHMEM_SERVER_KEYS', 'its file is not there', { GRAPHMEM_SERVER_KEYS: 'no/such/keys.ndjson' }],
  ])('name %s where %s', async (field, _, env) => {
    await expect(serverSettings(env)).rejects.toMatchObject({ code: 'CONFIG_INVALID', field, message: expect.stringContaining(field) })
  })

  test('name GRAPHMEM_SERVER_AUTH where it is off beside API keys', async () => {
    const keys = join(temporaryFolder(), 'keys.ndjson')
    writeFileSync(keys, '')
    await expect(serverSettings({ ...off, GRAPHMEM_SERVER_KEYS: keys })).rejects.toMatchObject({ field: 'GRAPHMEM_SERVER_AUTH' })
  })

  test.each(['0.0.0.0', '::', '192.0.2.1', 'memories.example', '127.memories.example', '::ffff:192.0.2.1'])(
    'name GRAPHMEM_SERVER_HOST where tokens are not asked for and it is %s',
    async (host) => {
      const refused = { code: 'CONFIG_INVALID', field: 'GRAPHMEM_SERVER_HOST' }
      await expect(serverSettings({ ...off, GRAPHMEM_SERVER_HOST: host })).rejects.toMatchObject(refused)
      expect(await serverSettings({ ...tokens, GRAPHMEM_SERVER_HOST: host })).toMatchObject({ host, singleUser: undefined })
    },
  )

  test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('act for one user on %s, where tokens are not asked for', async (host) => {
    const settings = await serverSettings({ ...off, GRAPHMEM_SERVER_HOST: host })
    expect(settings).toMatchObject({ host, singleUser: 'alice', jwt: undefined, apiKeys: [] })
  })

  test('are what the environment says, and what is empty there is not said', async () => {
    const limits = { GRAPHMEM_SERVER_SHARE: '0.001', GRAPHMEM_SERVER_MOST_AT_ONCE: '1', GRAPHMEM_SERVER_WEIGHT_CLAIM: 'tier' }
    const said = await serverSettings({ ...tokens, ...limits })
    expect([said.share, said.atOnce.all, said.jwt?.weightClaim]).toEqual([0.001, 1, 'tier'])
    const empty = Object.fromEntries(Object.keys(limits).map((name) => [name, '']))
    const unsaid = await serverSettings({ ...tokens, ...empty })
    expect([unsaid.share, unsaid.atOnce.all, unsaid.jwt?.weightClaim]).toEqual([0.03, 512, undefined])
  })

  test('say nothing of a value that is wrong', async () => {
    const refused = serverSettings({ ...tokens, GRAPHMEM_SERVER_JWT_SECRET: 'hunter2' })
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('hunter2') })
  })
})
