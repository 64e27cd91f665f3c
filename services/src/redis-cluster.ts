import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { childServer } from './child-server.ts'
import { hasCommand, installDebianPackage } from './debian-package.ts'
import { freePort } from './free-port.ts'
import { redisArguments } from './redis.ts'
import { type Service, ServiceMissing } from './service.ts'

const run = promisify(execFile)
const variable = 'GRAPHMEM_TEST_REDIS_CLUSTER_URL'

/** A Redis Cluster of three nodes of our own, or the one of which `GRAPHMEM_TEST_REDIS_CLUSTER_URL` names a node. @throws ServiceMissing */
export async function startRedisCluster(): Promise<Service> {
  const named = process.env[variable]
  if (named !== undefined) return { name: `Redis Cluster at ${variable}`, url: named, [Symbol.asyncDispose]: async () => {} }
  if (!hasCommand('redis-server') && !installDebianPackage('redis-server'))
    throw new ServiceMissing('Redis Cluster', `install redis-server, or name a node of a running one in ${variable}`)
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-redis-cluster-'))
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    await Promise.all(stops.map((each) => each()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const ports: number[] = []
    for (let node = 0; node < 3; node += 1) {
      const [port, busPort, own] = [await freePort(), await freePort(), join(folder, String(node))]
      await mkdir(own)
      const server = await childServer({
        command: 'redis-server',
        args: [
          ...redisArguments(port, own),
          '--cluster-enabled',
          'yes',
          '--cluster-port',
          String(busPort),
          '--cluster-node-timeout',
          '5000',
        ],
        readyWhen: /Ready to accept connections/,
        timeoutMs: 20_000,
        asGroup: true,
      })
      stops.push(server.stop)
      ports.push(port)
    }
    await run('redis-cli', ['--cluster', 'create', ...ports.map((port) => `127.0.0.1:${port}`), '--cluster-yes'])
    for (const port of ports) await untilOk(port)
    return { name: 'Redis Cluster', url: `redis://127.0.0.1:${ports[0]}`, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A node takes a moment to hear of the others. */
async function untilOk(port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const { stdout } = await run('redis-cli', ['-p', String(port), 'cluster', 'info'])
    if (stdout.includes('cluster_state:ok')) return
    await setTimeout(25)
  }
  throw new Error('the Redis Cluster did not come together in time')
}
