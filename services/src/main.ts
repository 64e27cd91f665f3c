import { startLibsql } from './libsql.ts'
import { startNeo4j } from './neo4j.ts'
import { startRedis } from './redis.ts'
import { startRedisCluster } from './redis-cluster.ts'
import { type Service, ServiceMissing } from './service.ts'

// Starts what the tests talk to, prints where it is, and stops it on Ctrl-C.
const starters = [startRedis, startRedisCluster, startLibsql, startNeo4j]
const started: Service[] = []
for (const start of starters) {
  try {
    const service = await start()
    started.push(service)
    console.log(`${service.name}  ${service.url}`)
  } catch (error) {
    if (!(error instanceof ServiceMissing)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
await new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
})
for (const service of started.toReversed()) await service[Symbol.asyncDispose]()
process.exit()
