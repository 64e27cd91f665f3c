import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { signToken } from '@graphmem/server'
import { startServerProgram } from '../start-child.ts'

const secret = 'a secret of the bench, of thirty-two bytes or more'
const issuer = 'https://issuer.example'
const audience = 'graphmem'

/** The server as it is shipped, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly tokenOf: (userId: string) => Promise<string>
}

/**
 * Starts it on one libSQL file, with tokens of HS256, the audit trail and the log, and else with the settings that it has by itself. Whoever reads
 * the log throws it away.
 */
export async function serverProcess(folder: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = startServerProgram({
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{
        GRAPHMEM_SERVER_PORT: '0',
        GRAPHMEM_SERVER_JWT_SECRET: secret,
        GRAPHMEM_SERVER_ISSUER: issuer,
        GRAPHMEM_SERVER_AUDIENCE: audience,
      },
      ...{ GRAPHMEM_SERVER_AUDIT: join(folder, 'audit.db'), GRAPHMEM_SERVER_AUDIT_SECRET: secret },
      ...env,
    },
  })
  const { stdout } = child
  if (stdout === null) throw new Error('The server has no output.')
  const ended = once(child, 'exit')
  for await (const line of createInterface(stdout)) {
    const { msg, url } = JSON.parse(line)
    if (msg !== 'serving') continue
    stdout.resume()
    return {
      url,
      tokenOf: (userId) =>
        signToken(userId, {
          ...{ secret: new TextEncoder().encode(secret), issuer, audience },
          ...{ permissions: ['memory:admin'], expiresInSeconds: 3_600 },
        }),
      async [Symbol.asyncDispose]() {
        child.kill('SIGTERM')
        await ended
      },
    }
  }
  throw new Error('The server ended before it served.')
}
