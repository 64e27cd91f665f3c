import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { asking, type Served } from './served.ts'
import { audience, issuer, secret } from './token.ts'

export interface ServerProcess extends Pick<Served, 'ask' | 'url'> {
  readonly child: ChildProcessByStdio<null, Readable, null>
}

const ofSources = ['--conditions=graphmem-source', join(import.meta.dirname, '../src/main.ts')]

/** A server in a process of its own, on the sources unless Node is told of another program, which ends with the test. */
export async function serverProcess(env: Readonly<Record<string, string>>, program: readonly string[] = ofSources): Promise<ServerProcess> {
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{ PATH: process.env['PATH'], GRAPHMEM_SERVER_PORT: '0', GRAPHMEM_SERVER_JWT_SECRET: new TextDecoder().decode(secret) },
      ...{ GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience },
      ...env,
    },
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line)
    if (msg !== 'serving') continue
    child.stdout.resume()
    const here = url.replace('//0.0.0.0:', '//127.0.0.1:')
    return { child, url: here, ask: asking(here) }
  }
  throw new Error('The server ended before it served.')
}
