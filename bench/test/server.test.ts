import { failures } from '@graphmem/bench/gate'
import { serverBench } from '@graphmem/bench/server/server-bench'
import { expect, test } from 'vitest'

test('a server that is asked by many at once, and flooded by one, answers all the others', { timeout: 180_000 }, async () => {
  const rows = await serverBench({ quick: true, note: () => {} })
  expect(rows.length).toBeGreaterThan(10)
  expect(failures(rows)).toEqual([])
})
