import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { optionalService } from '@graphmem/services/optional-service'
import { startRedis } from '@graphmem/services/redis'
import { afterAll, describe, inject } from 'vitest'
import { describeThePage } from '../the-page.ts'

const neo4jUrl = inject('neo4jUrl')
const redis = neo4jUrl === '' ? undefined : await optionalService(startRedis)
afterAll(() => redis?.[Symbol.asyncDispose]())

describe.skipIf(redis === undefined)('where both are to be had', () => {
  const { url, username, password } = neo4jAccess(neo4jUrl || 'bolt://none:none@127.0.0.1:1')
  describeThePage('on Neo4j and Redis', {
    algorithm: 'RS256',
    store: () => ({ GRAPHMEM_STORE: url, GRAPHMEM_STORE_USER: username, GRAPHMEM_STORE_PASSWORD: password }),
    redisUrl: redis?.url ?? '',
  })
})
