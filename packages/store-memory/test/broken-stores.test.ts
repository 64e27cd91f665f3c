import { memoryStore } from '@graphmem/store-memory'
import { type BrokenStore, brokenStores, graphStoreCases, type RunMode, runStoreCase, type StoreCase } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'

const broken = brokenStores(() => ({ store: memoryStore(), reopen: memoryStore }))

describe.each(broken)('a store that $does ($name)', (store) => {
  test('fails exactly the cases it names', async () => {
    expect(await failures(store, graphStoreCases, 'alone')).toEqual(inOrder(store.fails))
  })

  test('fails them beside a noisy neighbour too, and more where one tenant reaches another', async () => {
    const named = inOrder([...store.fails, ...(store.failsBeside ?? [])])
    const cases = graphStoreCases.filter(({ id }) => named.includes(id))
    expect(await failures(store, cases, 'beside')).toEqual(named)
  })
})

test('every case can fail: some broken store names it', () => {
  const named = new Set(broken.flatMap(({ fails }) => fails))
  expect(graphStoreCases.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([])
})

test('names and ids are used once, and only cases that exist are named', () => {
  const ids = graphStoreCases.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(broken.map(({ name }) => name)).size).toBe(broken.length)
  const named = broken.flatMap(({ fails, failsBeside = [] }) => [...fails, ...failsBeside])
  expect(named.filter((id) => !ids.includes(id))).toEqual([])
})

async function failures({ create }: BrokenStore, cases: readonly StoreCase[], mode: RunMode): Promise<readonly string[]> {
  const failed: string[] = []
  for (const each of cases) await runStoreCase(each, create, mode).catch(() => failed.push(each.id))
  return failed
}

/** In the order of the cases. */
function inOrder(ids: readonly string[]): readonly string[] {
  return graphStoreCases.map(({ id }) => id).filter((id) => ids.includes(id))
}
