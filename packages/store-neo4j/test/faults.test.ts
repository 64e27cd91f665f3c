import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { userId } from '@graphmem/core/spec'
import { build, memoryOf, numberedIds, withOwn, write } from '@graphmem/testkit'
import type { Driver, Session } from 'neo4j-driver'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { migrate } from '../src/migrations/migrate.ts'
import { failureOf } from './failure-of.ts'
import { openStore } from './open-store.ts'
import { describeOnServer, server, sharedDriver, wipe } from './test-server.ts'

/** Takes the lock of Alice's memory, as another writer does, and keeps it until the test says or ends. */
async function lockedMemory(): Promise<() => Promise<void>> {
  const session = sharedDriver().session()
  const transaction = session.beginTransaction()
  onTestFinished(() => session.close())
  await transaction.run("MATCH (memory:Memory {userId: 'alice', memoryId: 'chat'}) SET memory.applyId = 'elsewhere'")
  return () => transaction.rollback()
}

/** A driver whose transactions the server ends after a time. */
function impatientDriver(driver: Driver, timeout: number): Driver {
  return withOwn(driver, {
    session: (...options: Parameters<Driver['session']>) => {
      const session: Session = driver.session(...options)
      return withOwn(session, { beginTransaction: () => session.beginTransaction({ timeout }) })
    },
  })
}

/** Waits until a statement waits for a lock, and gives the id of its transaction. */
async function waitingTransaction(): Promise<string> {
  for (;;) {
    const { records } = await sharedDriver().executeQuery(
      "SHOW TRANSACTIONS YIELD transactionId, status WHERE status STARTS WITH 'Blocked' RETURN transactionId",
    )
    if (records[0] !== undefined) return String(records[0].get('transactionId'))
  }
}

describeOnServer('a write that waits for another', () => {
  beforeEach(wipe)

  test('rejects with the reason of its signal when it is aborted, and nothing of it is kept', async () => {
    const graph = memoryOf(openStore(server), 'alice')
    const { head } = await write(graph, {})
    const unlock = await lockedMemory()
    const [controller, reason] = [new AbortController(), new Error('enough')]
    const put = { chunks: [build.chunks('c1')] }
    const applying = graph.apply({ put }, { applyId: 'aborted', expect: head, generation: 'g1', signal: controller.signal })
    await waitingTransaction()
    controller.abort(reason)
    await expect(applying).rejects.toBe(reason)
    await unlock()
    expect([await graph.head(), (await graph.count()).chunks]).toEqual([head, 0])
    expect((await graph.apply({ put }, { applyId: 'aborted', expect: head, generation: 'g1' })).changed).toBe(true)
  })

  test('is STORE_BUSY and retryable when its transaction takes too long, and nothing of it is kept', async () => {
    const graph = memoryOf(openStore({ driver: impatientDriver(sharedDriver(), 200) }), 'alice')
    const { head } = await write(memoryOf(openStore(server), 'alice'), {})
    const unlock = await lockedMemory()
    const put = { chunks: [build.chunks('c1')] }
    const apply = () => graph.apply({ put }, { applyId: 'slow', expect: head, generation: 'g1' })
    expect(await failureOf(apply)).toMatchObject({ code: 'STORE_BUSY', retryable: true })
    await unlock()
    expect([await graph.head(), (await graph.count()).chunks]).toEqual([head, 0])
    expect((await memoryOf(openStore(server), 'alice').apply({ put }, { applyId: 'slow', expect: head, generation: 'g1' })).changed).toBe(
      true,
    )
  })

  test('is retryable when an operator ends its transaction, and nothing of it is kept', async () => {
    const graph = memoryOf(openStore(server), 'alice')
    const { head } = await write(graph, {})
    const unlock = await lockedMemory()
    const applying = failureOf(() =>
      graph.apply({ put: { chunks: [build.chunks('c1')] } }, { applyId: 'a', expect: head, generation: 'g1' }),
    )
    await sharedDriver().executeQuery('TERMINATE TRANSACTIONS $id', { id: await waitingTransaction() })
    expect(await applying).toMatchObject({ code: 'STORE_BUSY', retryable: true })
    await unlock()
    expect([await graph.head(), (await graph.count()).chunks]).toEqual([head, 0])
  })

  test('of the same user comes before or after, or is retryable: erasures and writes at once leave no half', async () => {
    const stores = [openStore(server), openStore(server), openStore(server)]
    const memoryIds = numberedIds(6)
    for (let round = 0; round < 4; round += 1) {
      const calls = stores.flatMap((store, number) => [
        ...memoryIds.map((id) =>
          write(memoryOf(store, 'alice', id), { put: { chunks: [build.chunks('c1')] } }, { applyId: `${round} ${number} ${id}` }),
        ),
        store.user(userId('alice')).erase(),
      ])
      for (const result of await Promise.allSettled(calls))
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ retryable: true })
      const listed = await stores[0]?.user(userId('alice')).list()
      for (const id of memoryIds) {
        const graph = memoryOf(openStore(server), 'alice', id)
        const [{ version }, { chunks }] = [await graph.head(), await graph.count()]
        expect([version > 0, chunks]).toEqual([listed?.includes(id), version > 0 ? 1 : 0])
      }
    }
  })
})

describeOnServer('a memory that is erased', () => {
  beforeEach(wipe)

  test('can be written anew while that goes on, and has all that is written then', async () => {
    const put = { chunks: numberedIds(500).map((id) => build.chunks(id)) }
    const [graph, another] = [memoryOf(openStore(server), 'alice'), memoryOf(openStore(server), 'alice')]
    await write(graph, { put })
    for (let round = 0; round < 4; round += 1) {
      const erasing = graph.erase()
      await untilDone(() => another.apply({ put }, { applyId: crypto.randomUUID(), expect: { version: 0 }, generation: 'g1' }))
      await erasing
      expect([(await graph.head()).version, (await graph.count()).chunks]).toEqual([1, 500])
    }
  })
})

/** Calls again for as long as the error is retryable. */
async function untilDone(call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await call()
      return
    } catch (error) {
      expect(error).toMatchObject({ retryable: true })
    }
  }
}

/** The URL of a server that is none. It ends with the test. */
async function urlOf(other: Server): Promise<string> {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  return `bolt://127.0.0.1:${(other.address() as AddressInfo).port}`
}

describe('a server that is none of ours', () => {
  const login = { username: 'neo4j', password: 'secret' }

  test('is CONFIG_INVALID where it speaks HTTP', async () => {
    const url = await urlOf(createHttpServer((_, response) => response.end()))
    expect(await failureOf(() => memoryOf(openStore({ ...login, url }), 'alice').head())).toMatchObject({
      code: 'CONFIG_INVALID',
      field: 'url',
    })
  })

  test('is UNSUPPORTED where it knows no version of the protocol that the driver knows', async () => {
    const url = await urlOf(createServer((socket) => socket.once('data', () => socket.end(Buffer.alloc(4)))))
    expect(await failureOf(() => memoryOf(openStore({ ...login, url }), 'alice').head())).toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('is STORE_FAILED and retryable where it hangs up', async () => {
    const url = await urlOf(createServer((socket) => socket.end()))
    expect(await failureOf(() => memoryOf(openStore({ ...login, url }), 'alice').head())).toMatchObject({
      code: 'STORE_FAILED',
      retryable: true,
    })
  })

  test.each(['Neo4j/4.4.40', 'Neo4j/5.25.1'])('is UNSUPPORTED as %s, and nothing is done there', async (agent) => {
    const run = () => expect.unreachable()
    expect(await failureOf(() => migrate({ server: async () => agent, run }))).toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining(agent),
    })
  })
})
