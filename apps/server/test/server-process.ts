import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { asking, type Served } from './served.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

export interface ServerProcess extends Pick<Served, 'ask' | 'url'> {
  readonly child: ChildProcess
}

/** A server in a process of its own, on the sources, which ends with the test. */
export async function serverProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const started = await startServerProcess(env)
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

/** The same, which ends when it is disposed of, and whose users have the tokens of an issuer that `env` names. */
export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  tokenFor: (user: string) => Promise<string> = tokenOf,
): Promise<ServerProcess & AsyncDisposable> {
  const program = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, ['--conditions=graphmem-source', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{ PATH: process.env['PATH'], GRAPHMEM_SERVER_PORT: '0', GRAPHMEM_SERVER_JWT_SECRET: new TextDecoder().decode(secret) },
      ...{ GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience },
      ...env,
    },
  })
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line)
    if (msg !== 'serving') continue
    child.stdout.resume()
    return { child, url, ask: asking(url, tokenFor), [Symbol.asyncDispose]: () => ended(child) }
  }
  throw new Error('The server ended before it served.')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
