import { describe, expect, inject, it } from 'vitest'
import { printedWith } from '../one-variable.ts'

const { protocol, host, username, password } = new URL(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')

describe.skipIf(inject('neo4jUrl') === '')('the example with one variable, on a Neo4j', () => {
  it('prints the same as in the process', async () => {
    const onServer = await printedWith({
      GRAPHMEM_STORE: `${protocol}//${host}`,
      GRAPHMEM_STORE_USER: decodeURIComponent(username),
      GRAPHMEM_STORE_PASSWORD: decodeURIComponent(password),
    })
    expect(onServer).toBe(await printedWith({ GRAPHMEM_STORE: 'memory:' }))
  })
})
