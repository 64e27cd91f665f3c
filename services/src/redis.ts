import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childServer } from './child-server.ts'
import { hasCommand, installDebianPackage } from './debian-package.ts'
import { freePort } from './free-port.ts'
import { type Service, ServiceMissing } from './service.ts'

const variable = 'GRAPHMEM_TEST_REDIS_URL'

/** A Redis of our own that keeps nothing on disk, or the one that `GRAPHMEM_TEST_REDIS_URL` names. @throws ServiceMissing */
export async function startRedis(): Promise<Service> {
  const named = process.env[variable]
  if (named !== undefined) return { name: `Redis at ${variable}`, url: named, [Symbol.asyncDispose]: async () => {} }
  if (!hasCommand('redis-server') && !installDebianPackage('redis-server'))
    throw new ServiceMissing('Redis', `install redis-server, or name a running one in ${variable}`)
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-redis-'))
  const port = await freePort()
  const { stop } = await childServer({
    command: 'redis-server',
    args: redisArguments(port, folder),
    readyWhen: /Ready to accept connections/,
    timeoutMs: 20_000,
    asGroup: true,
  })
  return {
    name: 'Redis',
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function redisArguments(port: number, folder: string): readonly string[] {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no', '--dir', folder],
    ...['--loglevel', 'notice'],
  ]
}
