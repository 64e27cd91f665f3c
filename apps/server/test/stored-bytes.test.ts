import { GraphMem } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { expect, onTestFinished, test } from 'vitest'
import { processMeasures } from '../src/quotas/measures.ts'
import { StoredBytes } from '../src/quotas/stored-bytes.ts'
import { hashedUser } from '../src/who/hashed-user.ts'

const minute = 60_000

/** Alice's one memory, and how much of it is counted, on a clock that stands still until it is moved. */
async function opened() {
  const graphMem = new GraphMem({ store: memoryStore(), reasoner: localReasoner(), embedder: localEmbedder() })
  onTestFinished(() => graphMem.close())
  let now = Date.now()
  const stored = new StoredBytes(graphMem, processMeasures(), () => now)
  const memory = graphMem.memory({ userId: 'alice', memoryId: 'default' })
  await memory.ingest('Ada Lovelace lived in London.')
  return {
    memory,
    total: () => stored.total('alice'),
    add: (bytes: number) => stored.add(hashedUser('alice'), 'default', bytes),
    pass: (ms: number) => {
      now += ms
    },
  }
}

test('a memory that changed is measured again after ten minutes; until then the text taken in is added', async () => {
  const { total, add, pass } = await opened()
  const measured = await total()
  expect(measured).toBeGreaterThan(0)
  await add(1_000_000)
  pass(10 * minute - 1)
  expect(await total()).toBe(measured + 1_000_000)
  pass(1)
  expect(await total()).toBe(measured)
})

test('a memory of which no change is told is not measured again', async () => {
  const { memory, total, pass } = await opened()
  const measured = await total()
  await memory.ingest('Charles Babbage lived in London as well.')
  pass(60 * minute)
  expect(await total()).toBe(measured)
})
