import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { served } from './served.ts'
import { serverProcess } from './server-process.ts'
import { tokenOf } from './token.ts'

test('a server that cannot listen says which setting to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  await expect(served({ env: { GRAPHMEM_SERVER_PORT: String(port) } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    field: 'GRAPHMEM_SERVER_PORT',
  })
})

test.each(['no/such/folder/audit.db', 'text.db'])('a server whose audit trail is %s says so', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'graphmem-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'text.db'),
    'This is no database, but a text of more than a hundred bytes, which SQLite reads the head of.'.repeat(9),
  )
  const env = { GRAPHMEM_SERVER_AUDIT: join(folder, name), GRAPHMEM_SERVER_AUDIT_SECRET: 'a secret of thirty-two bytes, or more' }
  await expect(served({ env })).rejects.toMatchObject({ code: 'CONFIG_INVALID', field: 'GRAPHMEM_SERVER_AUDIT' })
})

test('a setting that does not exist is refused, and not passed over', async () => {
  await expect(served({ env: { GRAPHMEM_SERVER_QUOTA_REQEUSTS: '10' } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    field: 'GRAPHMEM_SERVER_QUOTA_REQEUSTS',
  })
})

test('a server that gives notice says that no requests should come, and answers those that do', async () => {
  const { ask, child } = await serverProcess({ GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_NOTICE_MS: '5000' })
  expect(await ask('anyone', '/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  for await (const line of createInterface(child.stdout)) if (JSON.parse(line).msg === 'stopping') break
  expect(await ask('anyone', '/readyz')).toMatchObject({ status: 503, body: { status: 'draining' } })
  expect(await ask('alice', '/v1/memories')).toMatchObject({ status: 200 })
  expect((await exited)[0]).toBe(0)
})

test('a server that is told to stop answers what is under way, and lets nobody send more on that connection', async () => {
  const { url, child } = await serverProcess({ GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_DRAIN_MS: '3600000' })
  const body = JSON.stringify({ text: 'I live in Lisbon.' })
  const asked = request(`${url}/v1/ingest`, {
    method: 'POST',
    agent: new Agent({ keepAlive: true }),
    headers: { authorization: `Bearer ${await tokenOf('alice')}`, 'content-type': 'application/json', 'content-length': body.length },
  })
  const answered = once(asked, 'response')
  asked.write(body.slice(0, 5))
  // It is under way once the server answers another.
  await fetch(`${url}/healthz`)
  child.kill('SIGTERM')
  const exited = once(child, 'exit')
  for await (const line of createInterface(child.stdout)) if (JSON.parse(line).msg === 'stopping') break
  asked.end(body.slice(5))
  const [response] = (await answered) as [IncomingMessage]
  expect([response.statusCode, response.headers.connection]).toEqual([200, 'close'])
  response.resume()
  expect((await exited)[0]).toBe(0)
})
