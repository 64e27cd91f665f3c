import { request } from 'node:http'
import { expect, test } from 'vitest'
import { served } from './served.ts'

const off = {
  ...{ GRAPHMEM_SERVER_AUTH: 'off', GRAPHMEM_SERVER_USER: 'alice' },
  ...{ GRAPHMEM_SERVER_JWT_SECRET: '', GRAPHMEM_SERVER_ISSUER: '', GRAPHMEM_SERVER_AUDIENCE: '' },
}

/** A request as a browser sends it: `fetch` sets neither header as it is told. */
async function status(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  request(`${url}/v1/memories`, { headers }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end()
  return promise
}

test('a server without tokens refuses what pages of other sites send by the browser of its machine', async () => {
  const { url } = await served({ env: { ...off, GRAPHMEM_SERVER_CORS_ORIGINS: 'https://app.example' } })
  expect(await status(url, {})).toBe(200)
  expect(await status(url, { host: 'localhost:8080' })).toBe(200)
  expect(await status(url, { host: '[::1]:8080' })).toBe(200)
  expect(await status(url, { origin: 'https://app.example' })).toBe(200)
  expect(await status(url, { origin: 'https://else.example' })).toBe(403)
  expect(await status(url, { origin: 'null' })).toBe(403)
  expect(await status(url, { host: 'rebound.example' })).toBe(403)
  expect(await status(url, { host: '127.0.0.1.rebound.example' })).toBe(403)
})
