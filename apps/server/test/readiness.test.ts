import { once } from 'node:events'
import { createServer as httpServer } from 'node:http'
import { type AddressInfo, type Socket, createServer as tcpServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { regional } from '@graphmem/core'
import { startLibsqlDouble } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import { expect, onTestFinished, test } from 'vitest'
import { served } from './served.ts'

const ok = { status: 200, body: { status: 'ok' } }
const failing = { status: 503, body: { status: 'failing' } }

async function portOf(server: { address(): unknown; close(): unknown }): Promise<number> {
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('a server whose store goes away is not ready until it is back, and alive all the time', async () => {
  const libsql = await startLibsqlDouble()
  onTestFinished(() => libsql[Symbol.asyncDispose]())
  const { ask } = await served({ store: tursoStore(libsqlAccess(libsql.url)) })
  expect(await ask('anyone', '/readyz')).toMatchObject(ok)
  await libsql.kill()
  while ((await ask('anyone', '/readyz')).status === 200) await wait(100)
  expect(await ask('anyone', '/readyz')).toMatchObject(failing)
  expect(await ask('anyone', '/healthz')).toMatchObject(ok)
  await libsql.restart()
  while ((await ask('anyone', '/readyz')).status !== 200) await wait(100)
})

test('a store that takes a connection and says nothing does not answer', async () => {
  const connections: Socket[] = []
  const mute = tcpServer((socket) => void connections.push(socket)).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const { ask } = await served({ store: tursoStore({ url: `http://127.0.0.1:${await portOf(mute)}` }) })
  // Before the store is closed, which would wait for an answer.
  onTestFinished(() => {
    for (const socket of connections) socket.destroy()
  })
  expect(await ask('anyone', '/readyz')).toMatchObject(failing)
})

test('many who ask at once cost the store one request', async () => {
  let requests = 0
  const overloaded = httpServer((_, response) => {
    requests += 1
    response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(overloaded, 'listening')
  const { ask } = await served({ store: tursoStore({ url: `http://127.0.0.1:${await portOf(overloaded)}` }) })
  for (const told of await Promise.all(Array.from({ length: 50 }, () => ask('anyone', '/readyz')))) expect(told).toMatchObject(failing)
  expect(requests).toBe(1)
})

test('a store that has no place for nobody answers all the same', async () => {
  const store = regional({ eu: memoryStore() }, () => {
    throw new Error('This user has no home.')
  })
  const { ask } = await served({ store })
  expect(await ask('anyone', '/readyz')).toMatchObject(ok)
})
