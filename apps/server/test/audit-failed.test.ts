import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { verifyAudit } from '../src/audit/verify-audit.ts'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secret = 'a secret of thirty-two bytes, or more'
const body = { question: 'Where do I live?' }
const failed = { status: 503, body: { type: 'urn:graphmem:problem:audit-failed' } }

test('nobody is told what came of a request that could not be recorded', async () => {
  const path = join(temporaryFolder(), 'audit.db')
  const { ask } = await served({ env: { GRAPHMEM_SERVER_AUDIT: path, GRAPHMEM_SERVER_AUDIT_SECRET: secret } })
  await ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  // The file is written by another connection as well, and takes no entry any more: as a full disk would have it, but by its own rule.
  const file = new DatabaseSync(path)
  onTestFinished(() => file.close())
  file.exec("CREATE TRIGGER refuse BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'I live in Lisbon.'); END")
  const refused = [
    await ask('alice', '/v1/query', { body }),
    await ask('alice', '/v1/query', { body, headers: { accept: 'text/event-stream' } }),
    await ask('alice', '/v1/audit'),
    await ask('alice', '/v1/query', { body: { Lisbon: 1 } }),
  ]
  expect(refused[0]).toMatchObject(failed)
  expect(refused[1]?.body).toMatch(/event: problem\ndata: .*urn:graphmem:problem:audit-failed/)
  expect(refused[2]).toMatchObject(failed)
  expect(refused[3]).toMatchObject(failed)
  for (const told of refused) expect(JSON.stringify(told.body)).not.toContain('Lisbon')
  file.exec('DROP TRIGGER refuse')
  expect(await ask('alice', '/v1/query', { body })).toMatchObject({ status: 200, body: { answer: 'Lisbon' } })
  expect(verifyAudit(path, new TextEncoder().encode(secret))).toEqual({ entries: 2, faults: [] })
})
