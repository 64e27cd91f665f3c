import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { describe, expect, inject, it } from 'vitest'
import { printedWith } from '../one-variable.ts'

const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')

describe.skipIf(inject('neo4jUrl') === '')('the example with one variable, on a Neo4j', () => {
  it('prints the same as in the process', async () => {
    const onServer = await printedWith({
      GRAPHMEM_STORE: server.url,
      GRAPHMEM_STORE_USER: server.username,
      GRAPHMEM_STORE_PASSWORD: server.password,
    })
    expect(onServer).toBe(await printedWith({ GRAPHMEM_STORE: 'memory:' }))
  })
})
