import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { asking, type Served } from './served.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

export interface ServerProcess extends Pick<Served, 'ask' | 'url'> {
  readonly child: ChildProcessByStdio<null, Readable, null>
}

const ofSources = ['--conditions=graphmem-source', join(import.meta.dirname, '../src/main.ts')]

/** A server in a process of its own, which ends with the test: that of the sources, or another that Node is told of. */
export async function serverProcess(env: Readonly<Record<string, string>>, program: readonly string[] = ofSources): Promise<ServerProcess> {
  const started = await startServerProcess(env, tokenOf, program)
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

/** The same, which ends when it is disposed of, and whose users have the tokens of an issuer that `env` names. */
export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  tokenFor: (user: string) => Promise<string> = tokenOf,
  program: readonly string[] = ofSources,
): Promise<ServerProcess & AsyncDisposable> {
  const child = spawn(process.execPath, program, {
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
    const here = url.replace('//0.0.0.0:', '//127.0.0.1:')
    return { child, url: here, ask: asking(here, tokenFor), [Symbol.asyncDispose]: () => ended(child) }
  }
  throw new Error('The server ended before it served.')
}

async function ended(child: ServerProcess['child']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
