import { brokenCaches, cacheCases, runCacheCase } from '@graphmem/testkit'
import { describe, expect, test } from 'vitest'
import { clockedCache } from './clocked-cache.ts'

const broken = brokenCaches(clockedCache)

describe.each(broken)('a cache that $does ($name)', ({ create, fails }) => {
  test.each(['alone', 'beside'] as const)('fails exactly the cases it names, %s', async (mode) => {
    const failed: string[] = []
    for (const each of cacheCases) await runCacheCase(each, create, mode).catch(() => failed.push(each.id))
    const named = cacheCases.map(({ id }) => id).filter((id) => fails.includes(id))
    // Beside a neighbour, more may fail: what reaches another user is seen there as well.
    if (mode === 'alone') expect(failed).toEqual(named)
    else expect(failed).toEqual(expect.arrayContaining(named))
  })
})

test('every case can fail: some broken cache names it', () => {
  const named = new Set(broken.flatMap(({ fails }) => fails))
  expect(cacheCases.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([])
  expect([...named].filter((id) => !cacheCases.some((each) => each.id === id))).toEqual([])
})
