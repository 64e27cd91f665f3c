import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../src/audit/verify-audit.ts'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secret = 'a secret of thirty-two bytes, or more'

test('who was erased is told nothing of before, and the trail that says no longer who it was still verifies', async () => {
  const path = join(temporaryFolder(), 'audit.db')
  const { ask } = await served({ env: { GRAPHMEM_SERVER_AUDIT: path, GRAPHMEM_SERVER_AUDIT_SECRET: secret } })
  const actions = async (user: string) => (await ask(user, '/v1/audit')).body.entries.map(({ action }: { action: string }) => action)
  for (const user of ['alice', 'bob']) await ask(user, '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  expect(await actions('alice')).toEqual(['ingest'])
  expect((await ask('alice', '/v1/me', { method: 'DELETE' })).status).toBe(200)
  expect(await actions('alice')).toEqual([])
  expect(await actions('alice')).toEqual(['read-audit'])
  expect(await actions('bob')).toEqual(['ingest'])
  expect(verifyAudit(path, new TextEncoder().encode(secret))).toEqual({ entries: 7, faults: [] })
})
