import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openAuditLog } from '../src/audit/audit-log.ts'
import { served } from './served.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { waitingReasoner } from './waiting-reasoner.ts'

const long = { GRAPHMEM_SERVER_DRAIN_MS: '3600000' }

test('a server that is told to stop holds no connection for what may come on it', async () => {
  const { ask, close } = await served({ env: { ...long, GRAPHMEM_SERVER_QUOTA_REQUESTS: '1000000' } })
  const statuses: number[] = []
  const asking = Array.from({ length: 8 }, async () => {
    for (;;) {
      // Refused, once nobody listens any more.
      const told = await ask('alice', '/v1/memories').catch(() => undefined)
      if (told === undefined) return
      statuses.push(told.status)
    }
  })
  while (statuses.length < 20) await new Promise(setImmediate)
  await close()
  await Promise.all(asking)
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('a server that is told to stop ends the ingest under way before', async () => {
  const { reasoner, begun, letGo } = waitingReasoner()
  const { ask, close } = await served({ env: long, options: { reasoner } })
  const asked = ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  await begun
  const closing = close()
  letGo()
  const told = await asked
  expect(told).toMatchObject({ status: 200, body: { added: 1 } })
  expect(told.headers.get('connection')).toBe('close')
  await closing
})

test('who waits for a job longer than a server that is told to stop may take is told of the job, which is done', async () => {
  const { reasoner, begun, letGo } = waitingReasoner()
  const { ask, close, graphMem } = await served({ env: { GRAPHMEM_SERVER_DRAIN_MS: '5000' }, options: { reasoner } })
  const asked = ask('alice', '/v1/ingest', { body: { text: 'I live in Lisbon.' } })
  await begun
  const closing = close()
  expect(await asked).toMatchObject({ status: 202, body: { status: 'active' } })
  letGo()
  await closing
  expect(await graphMem.memory({ userId: 'alice', memoryId: 'default' }).facts()).toHaveLength(1)
})

test('what is under way when its time is over is in the audit trail all the same', async () => {
  const [path, secret] = [join(temporaryFolder(), 'audit.db'), 'a secret of thirty-two bytes, or more']
  const { reasoner, begun, letGo } = waitingReasoner({ at: ['answer'] })
  const env = { GRAPHMEM_SERVER_DRAIN_MS: '0', GRAPHMEM_SERVER_AUDIT: path, GRAPHMEM_SERVER_AUDIT_SECRET: secret }
  const { ask, close, graphMem } = await served({ env, options: { reasoner } })
  await graphMem.memory({ userId: 'alice', memoryId: 'default' }).ingest('I live in Lisbon.')
  const cut = ask('alice', '/v1/query', { body: { question: 'Where do I live?' } }).catch(() => 'cut')
  await begun
  const closing = close()
  expect(await cut).toBe('cut')
  letGo()
  await closing
  const log = openAuditLog(path, new TextEncoder().encode(secret))
  onTestFinished(() => log.close())
  expect(log.ofUser('alice', { limit: 2 })).toMatchObject([{ action: 'query' }])
})
