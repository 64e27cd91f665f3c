import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { neo4jStore } from '@graphmem/store-neo4j'
import { describe, inject, it } from 'vitest'
import { checkSameRanking } from '../check-same-ranking.ts'

const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')

describe.skipIf(inject('neo4jUrl') === '')('a ranking on a Neo4j', () => {
  it('is the same to the last bit as in memory, whatever the order and the batches, alone or beside a neighbour', async () => {
    await checkSameRanking([() => neo4jStore(server)], 8)
  })
})
