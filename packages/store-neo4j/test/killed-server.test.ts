import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { ScopedGraph } from '@graphmem/core/spec'
import { neo4jHome, runNeo4j } from '@graphmem/services/neo4j'
import { build, memoryOf, numberedIds, write } from '@graphmem/testkit'
import neo4j from 'neo4j-driver'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'

const isOurs = inject('neo4jUrl') !== '' && process.env['GRAPHMEM_TEST_NEO4J_URL'] === undefined

const size = 10_000

/** A server of our own, where it is, and what starts it again after it was killed. */
async function ownServer() {
  const home = await neo4jHome()
  onTestFinished(() => home[Symbol.asyncDispose]())
  const start = async () => {
    const running = await runNeo4j(home)
    onTestFinished(running.stop)
    return running
  }
  return { options: { url: `bolt://127.0.0.1:${home.port}`, username: 'neo4j', password: home.password }, start }
}

describe.skipIf(!isOurs)('a server that is killed (on a Neo4j of its own)', () => {
  test('in the midst of an apply has all of it or nothing when it is back, and the same apply again is the same write', {
    timeout: 600_000,
  }, async () => {
    const { options, start } = await ownServer()
    const first = await start()
    const graph = memoryOf(openStore(options), 'alice')
    await write(memoryOf(openStore(options), 'bob'), { put: { chunks: [build.chunks('c1')] } })
    const { head } = await write(graph, {})
    const put = { chunks: numberedIds(size).map((id) => build.chunks(id)) }
    const apply = (of: ScopedGraph) => of.apply({ put }, { applyId: 'large', expect: head, generation: 'g1' })
    const applying = failureOf(() => apply(graph))
    await untilWriting(options)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    expect(await applying).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect(await failureOf(() => graph.head())).toMatchObject({ code: 'STORE_FAILED', retryable: true })
    expect(await failureOf(() => write(graph, {}))).toMatchObject({ code: 'STORE_FAILED', retryable: true })

    const second = await start()
    const { version } = await graph.head()
    expect([
      [1, 0],
      [2, size],
    ]).toContainEqual([version, (await graph.count()).chunks])
    const again = await apply(graph)
    expect(again).toMatchObject({ head: { version: 2 }, changed: version === 1 })
    expect(await apply(graph)).toMatchObject({ head: again.head, changed: false })
    expect((await graph.count()).chunks).toBe(size)
    expect((await write(graph, {})).head.version).toBe(3)
    expect((await memoryOf(openStore(options), 'bob').count()).chunks).toBe(1)

    const stopping = failureOf(() =>
      graph.apply(
        { put: { chunks: put.chunks.map(({ id }) => build.chunks(`${id} more`)) } },
        { applyId: 'more', expect: { ...again.head, version: 3 }, generation: 'g1' },
      ),
    )
    await untilWriting(options)
    await second.stop()
    expect(await stopping).toMatchObject({ retryable: true })
  })
})

/** Waits until the server is at work on a statement that puts records. */
async function untilWriting({
  url,
  username,
  password,
}: {
  readonly url: string
  readonly username: string
  readonly password: string
}): Promise<void> {
  const driver = neo4j.driver(url, neo4j.auth.basic(username, password))
  onTestFinished(() => driver.close())
  for (;;) {
    const { records } = await driver.executeQuery(
      "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'MERGE (it:Chunk' AND NOT currentQuery STARTS WITH 'SHOW' RETURN currentQuery",
    )
    if (records.length > 0) break
    await setTimeout(5)
  }
}
