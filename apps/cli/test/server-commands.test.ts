import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const env = {
  GRAPHMEM_SERVER_JWT_SECRET: 'a secret of thirty-two bytes, or more',
  GRAPHMEM_SERVER_ISSUER: 'https://issuer.example',
  GRAPHMEM_SERVER_AUDIENCE: 'graphmem',
  GRAPHMEM_SERVER_PORT: '0',
  GRAPHMEM_SERVER_AUDIT_SECRET: 'another secret of thirty-two bytes',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'graphmem-serve-'))
}, 120_000)
afterEach(() => rmSync(folder, { recursive: true }))

function start(...args: readonly string[]) {
  const audit = args[0] === 'serve' ? { GRAPHMEM_SERVER_AUDIT: join(folder, 'audit.db'), GRAPHMEM_SERVER_KEYS: join(folder, 'keys') } : {}
  return spawn(process.execPath, ['--conditions=graphmem-source', '--no-warnings', 'apps/cli/src/main.ts', ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env, ...audit },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const program = start(...args)
  const [out, [code]] = await Promise.all([program.stdout.setEncoding('utf8').reduce((all, part) => all + part, ''), once(program, 'exit')])
  return { code, out: out.trim() }
}

test('a server that the command line starts takes the tokens and keys that it makes, and its trail verifies until it is changed', async () => {
  const key = (await run('token', '--user', 'bob', '--key', join(folder, 'keys'))).out
  expect(readFileSync(join(folder, 'keys'), 'utf8')).not.toContain(key.split('_').at(-1))
  const server = start('serve', '--store', `file:${join(folder, 'memory.db')}`)
  const logged: string[] = []
  let url = ''
  for await (const line of createInterface({ input: server.stdout })) {
    logged.push(line)
    url = JSON.parse(line).url ?? ''
    if (url !== '') break
  }
  const ask = async (token: string, text: string) =>
    (
      await fetch(`${url}/v1/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
        body: text,
      })
    ).status
  expect(await ask((await run('token', '--user', 'alice')).out, 'I live in Lisbon.')).toBe(200)
  expect(await ask((await run('token', '--user', 'alice', '--scope', 'memory:read')).out, 'I live in Lisbon.')).toBe(403)
  expect(await ask(key, 'I live in Porto.')).toBe(200)
  expect(await ask(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, 'I live in Porto.')).toBe(401)
  server.kill('SIGTERM')
  expect((await once(server, 'exit'))[0]).toBe(0)
  const file = join(folder, 'audit.db')
  expect(await run('audit', 'verify', file)).toEqual({ code: 0, out: '3 entries: nothing was changed' })
  const database = new DatabaseSync(file)
  database.exec('DELETE FROM entries WHERE number = 2')
  database.close()
  expect(await run('audit', 'verify', file)).toMatchObject({ code: 4, out: expect.stringContaining('entry 2 is missing') })
}, 120_000)

test('a key has no name, and a token the region where the server looks for it', async () => {
  expect(await run('token', '--user', 'bob', '--key', join(folder, 'keys'), '--name', 'Bob')).toEqual({ code: 2, out: '' })
  expect(existsSync(join(folder, 'keys'))).toBe(false)
  vi.stubEnv('GRAPHMEM_SERVER_REGION_CLAIM', 'home')
  const { out: token } = await run('token', '--user', 'alice', '--region', 'eu')
  vi.unstubAllEnvs()
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: 'alice', home: 'eu' })
}, 120_000)
