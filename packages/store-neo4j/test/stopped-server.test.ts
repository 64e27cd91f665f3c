import { startNeo4j } from '@graphmem/services/neo4j'
import { build, numberedIds } from '@graphmem/testkit'
import { describe, expect, inject, test } from 'vitest'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { memoryOf, write } from './write.ts'

const isOurs = inject('neo4jUrl') !== '' && process.env['GRAPHMEM_TEST_NEO4J_URL'] === undefined

describe.skipIf(!isOurs)('a server that stops (on a Neo4j of its own)', () => {
  test('in the midst of an apply fails it and all calls after it as retryable', { timeout: 240_000 }, async () => {
    const service = await startNeo4j()
    const { host, username, password } = new URL(service.url)
    const graph = memoryOf(openStore({ url: `bolt://${host}`, username, password }), 'alice')
    const { head } = await write(graph, {})
    const put = { chunks: numberedIds(20_000).map((id) => build.chunks(id)) }
    const applying = failureOf(() => graph.apply({ put }, { applyId: 'large', expect: head, generation: 'g1' }))
    await service[Symbol.asyncDispose]()
    expect(await applying).toMatchObject({ retryable: true })
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_FAILED', retryable: true })
  })
})
