import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLibsqlDouble } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { afterAll, describe, expect, test } from 'vitest'
import { printedWith } from './one-variable.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphmem-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the example with one variable', { timeout: 60_000 }, () => {
  test('answers each user from their own memory', async () => {
    expect((await printedWith({ GRAPHMEM_STORE: 'memory:' })).split('\n')).toEqual([
      expect.stringMatching(/^alice: Where do I work\? Google, 0\.\d{4}, cited 1$/),
      'alice: What does Bob do? No information found, 0.0000, cited 0',
      expect.stringMatching(/^alice: Where does Alice work\? Google, 0\.\d{4}, cited 1$/),
      expect.stringMatching(/^bob: Where do I work\? Mayo Clinic, 0\.\d{4}, cited 1$/),
      expect.stringMatching(/^bob: What does Bob do\? .*doctor, 0\.\d{4}, cited 1$/),
      'bob: Where does Alice work? No information found, 0.0000, cited 0',
      expect.stringMatching(/^erased 1 memory of alice, [1-9]\d* facts$/),
      'bob: Where do I work? Mayo Clinic',
      '',
    ])
  })

  test.each(['all.db', '{userId}.db'])('prints the same on a libSQL file %s', async (name) => {
    const onFile = await printedWith({ GRAPHMEM_STORE: `file:${join(folder, name)}` })
    expect(onFile).toBe(await printedWith({ GRAPHMEM_STORE: 'memory:' }))
  })

  test('prints the same on a libSQL server (a double)', async () => {
    await using server = await startLibsqlDouble()
    const { url, authToken } = libsqlAccess(server.url)
    const onServer = await printedWith({ GRAPHMEM_STORE: url, GRAPHMEM_STORE_TOKEN: authToken })
    expect(onServer).toBe(await printedWith({ GRAPHMEM_STORE: 'memory:' }))
  })
})
