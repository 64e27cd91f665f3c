import { expect, test } from 'vitest'
import { served } from './served.ts'
import { tokenOf } from './token.ts'

/** The variables of tokens, which the servers of these tests else have, are empty. */
const off = {
  ...{ GRAPHMEM_SERVER_AUTH: 'off', GRAPHMEM_SERVER_USER: 'alice' },
  ...{ GRAPHMEM_SERVER_JWT_SECRET: '', GRAPHMEM_SERVER_ISSUER: '', GRAPHMEM_SERVER_AUDIENCE: '' },
}

test('a server that asks for no tokens acts for the one user that is named, whoever the request says it is from', async () => {
  const { url, graphMem } = await served({ env: off })
  const tell = async (text: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${url}/v1/ingest`, { method: 'POST', headers: { 'content-type': 'text/plain', ...headers }, body: text })
    return response.status
  }
  expect(await tell('I live in Lisbon.', {})).toBe(200)
  expect(await tell('I work at Google.', { authorization: `Bearer ${await tokenOf('bob')}` })).toBe(200)
  const remembered = async (userId: string) => (await graphMem.memory({ userId, memoryId: 'default' }).episodes()).length
  expect([await remembered('alice'), await remembered('bob')]).toEqual([2, 0])
})
