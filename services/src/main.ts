import { startLibsql } from './libsql.ts'
import { startLlamaServer } from './llama-server.ts'
import type { ModelServerAccess } from './model-server.ts'
import { startNeo4j } from './neo4j.ts'
import { startOllama } from './ollama.ts'
import { startRedis } from './redis.ts'
import { startRedisCluster } from './redis-cluster.ts'
import { type Service, ServiceMissing } from './service.ts'

// Starts what the tests talk to, prints where it is, and stops it on Ctrl-C. `models` as argument: what the tests on models talk to.
const ofModels = process.argv[2] === 'models'
const starters: readonly (() => Promise<Service & Partial<ModelServerAccess>>)[] = ofModels
  ? [startLlamaServer, startOllama]
  : [startRedis, startRedisCluster, startLibsql, startNeo4j]
const started: Service[] = []
for (const start of starters) {
  try {
    const service = await start()
    started.push(service)
    console.log(`${service.name}  ${service.url}`)
    if (ofModels) console.log(`  key "${service.apiKey}", models ${service.model}, ${service.embeddingModel}`)
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
